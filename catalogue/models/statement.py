"""Statements: what somebody asserts. The thing that no other catalogue has as its centre.

``Statement`` is a small real table that the concrete kinds extend, so that evidence has one true
foreign key. Standing, certainty and all constraints live on the concrete tables; only concrete
rows are saved, and history is registered on them alone.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.fields import Prose
from catalogue.models.identifier import mint
from catalogue.models.visibility import PublicQuerySet, Publishable, visible


class Standing(models.TextChoices):
    """How this catalogue regards the statement."""

    PROPOSED = "proposed", _("proposed")
    PREFERRED = "preferred", _("preferred")
    NORMAL = "normal", _("normal")
    DEPRECATED = "deprecated", _("deprecated")
    SUPERSEDED = "superseded", _("superseded")


class Certainty(models.TextChoices):
    """How sure we are that it is so. (That somebody says so is the matter of its evidence.)"""

    CERTAIN = "certain", _("certain")
    PROBABLE = "probable", _("probable")
    POSSIBLE = "possible", _("possible")
    DOUBTFUL = "doubtful", _("doubtful")
    UNKNOWN = "unknown", _("not assessed")


class Statement(models.Model):
    """The root of all statements: its identifier, which kind it is, what we note on it."""

    identifier = models.CharField(
        _("permanent identifier"), max_length=16, unique=True, default=mint, editable=False
    )
    kind = models.CharField(_("kind of statement"), max_length=30, editable=False)
    note = Prose(_("note"), blank=True, help_text=_("Our remark on the statement, for everyone."))
    staff_note = Prose(_("staff note"), blank=True, help_text=_("Never shown to the public."))
    question = models.ForeignKey(
        "catalogue.Question",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("question"),
        help_text=_("The question in dispute that this statement answers, if there is one."),
    )

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return f"{self.kind} {self.identifier}"

    def concrete(self) -> Assertion:
        """The row of its own kind."""
        row: Assertion = getattr(self, self.kind)
        return row


class StatementQuerySet(PublicQuerySet):
    def public(self) -> Self:
        """Public statements, both of whose ends are public; never what is only proposed."""
        model: type[Assertion] = self.model
        conditions = [~Q(standing=Standing.PROPOSED), *map(visible, model.ends)]
        for end in model.ends:
            related: Any = model._meta.get_field(end).related_model
            if issubclass(related, Assertion):  # a name is public only if its own ends are
                absent = Q(**{f"{end}__isnull": True})
                conditions.append(absent | Q(**{f"{end}__in": related.objects.public()}))
        return super().public().filter(*conditions)

    def preferred(self) -> Self:
        return self.filter(standing=Standing.PREFERRED)


class Assertion(Publishable, Statement):
    """A concrete kind of statement. ``ends`` names the foreign keys to the records it speaks of."""

    ends: ClassVar[tuple[str, ...]] = ()

    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing.choices, default=Standing.NORMAL
    )
    certainty = models.CharField(
        _("certainty"), max_length=10, choices=Certainty.choices, default=Certainty.CERTAIN
    )
    superseded_by = models.ForeignKey(
        Statement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("superseded by"),
    )

    objects = StatementQuerySet.as_manager()  # type: ignore[misc]  # narrows the inherited manager

    class Meta:
        abstract = True

    def derive(self) -> None:
        super().derive()
        self.kind = self._meta.model_name or ""

    @property
    def is_public(self) -> bool:
        return bool(
            self.standing != Standing.PROPOSED
            and super().is_public
            and all(end is None or end.is_public for end in map(self.__getattribute__, self.ends))
        )


def standing_constraint() -> models.CheckConstraint:
    """What is superseded names what supersedes it, and nothing else does."""
    superseded = Q(standing=Standing.SUPERSEDED)
    named = Q(superseded_by__isnull=False)
    return models.CheckConstraint(
        condition=(superseded & named) | (~superseded & ~named), name="%(class)s_superseded_by"
    )
