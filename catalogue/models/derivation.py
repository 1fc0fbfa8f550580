"""Derivations: which witness comes from which."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.dated import Dated
from catalogue.models.history import history
from catalogue.models.statement import Assertion, Standing, standing_constraint


class DerivationKind(models.TextChoices):
    COPIED = "copied", _("copied from")
    PRINTED = "printed", _("printed from")
    REPRINTED = "reprinted", _("reprinted from")
    QUOTED = "quoted", _("quoted from")
    TRANSLATED = "translated", _("translated from")
    DIGITISED = "digitised", _("digitised from")
    UNSTATED = "unstated", _("from a base text that is not stated")


class Derivation(Assertion, Dated):
    """``derived`` *kind* ``base``. A witness may have several bases.

    The preferred derivations form no cycle: the database refuses one (see the triggers).
    ``base`` is empty where it is stated that there was a base text, but not which.
    """

    ends = ("derived", "base")

    derived = models.ForeignKey(
        "catalogue.Witness",
        models.PROTECT,
        related_name="derivations",
        verbose_name=_("derived witness"),
    )
    derivation_kind = models.CharField(
        _("how"), max_length=12, choices=DerivationKind.choices, default=DerivationKind.UNSTATED
    )
    base = models.ForeignKey(
        "catalogue.Witness",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derived_from_it",
        verbose_name=_("base witness"),
    )

    history = history()

    class Meta:
        verbose_name = _("derivation")
        verbose_name_plural = _("derivations")
        ordering = ("derived", "pk")
        constraints = (
            standing_constraint(),
            models.CheckConstraint(
                condition=Q(base__isnull=True) | ~Q(base=F("derived")),
                name="derivation_two_witnesses",
                violation_error_message=_("A witness does not derive from itself."),
            ),
            models.CheckConstraint(
                condition=Q(base__isnull=False) | Q(derivation_kind=DerivationKind.UNSTATED),
                name="derivation_base_stated",
                violation_error_message=_("Name the base witness, or say that it is not stated."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.derived} {self.get_derivation_kind_display()} {self.base or ''}".strip()

    def clean(self) -> None:
        super().clean()
        if self.standing != Standing.PREFERRED or self.base_id is None:
            return
        reached, frontier = set(), {self.base_id}
        while frontier:
            if self.derived_id in frontier:
                raise ValidationError(
                    _("This would close a circle among the preferred derivations.")
                )
            reached |= frontier
            above = Derivation.objects.preferred().exclude(pk=self.pk)
            bases = above.filter(derived__in=frontier).values_list("base", flat=True)
            frontier = {base for base in bases if base is not None} - reached
