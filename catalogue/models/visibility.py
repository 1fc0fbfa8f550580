"""Who may see a record: one stored date, one gate.

``public_from`` is the latest of a record's own date and those of the records that it stands
under; null means never. ``public()`` compares it with today, and every page, list, count, export
and image passes it.
"""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models, transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models.derived import Derived
from catalogue.models.identifier import Tombstone

ALWAYS = datetime.date(1, 1, 1)

# Fields that no public page, index or export may hold, whatever the state of the record.
STAFF_ONLY: dict[str, tuple[str, ...]] = {
    "agent": ("personal_data_note", "processing_note"),
    "document": ("processing_note",),
    "event": ("processing_note",),
    "evidence": ("staff_note",),
    "folioimage": ("original_name", "digest", "staff_note"),
    "publication": ("processing_note",),
    "question": ("processing_note",),
    "repository": ("processing_note",),
    "statement": ("staff_note",),
    "unit": ("processing_note", "appraisal_note", "personal_data_note"),
    "witness": ("processing_note",),
}


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("proposed for publication")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


def today() -> datetime.date:
    """The day of the gate, in UTC."""
    return timezone.now().date()


def visible(end: str) -> Q:
    """The record at the foreign key ``end`` is public, or there is none."""
    return Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__public_from__lte": today()})


class PublicQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        """Only what anybody may see today. The one gate."""
        return self.filter(public_from__lte=today())

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            for identifier in self.public().values_list("identifier", flat=True):
                _leave_tombstone(identifier, self.model._meta.model_name)
            return super().delete()


def _leave_tombstone(identifier: str, kind: str | None, replaced_by: str = "") -> None:
    Tombstone.objects.update_or_create(
        identifier=identifier, defaults={"kind": kind or "", "replaced_by": replaced_by}
    )


class Publishable(Derived):
    """A record that is draft, published or withdrawn, and may be under embargo.

    ``gates`` names the foreign keys to the records that it stands under: a witness is never public
    before its document.
    """

    gates: ClassVar[tuple[str, ...]] = ()

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    embargo_until = models.DateField(
        _("embargo until"), null=True, blank=True, help_text=_("Not public before this day.")
    )
    public_from = models.DateField(
        _("public from"), null=True, blank=True, editable=False, db_index=True
    )

    objects = PublicQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        added = self._state.adding
        before = None
        if not added:
            rows = type(self)._base_manager.filter(pk=self.pk)
            before = rows.values_list("public_from", flat=True).first()
        self.public_from = self.compute_public_from()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "public_from"}
        with transaction.atomic():
            super().save(*args, **kwargs)
            if not added and before != self.public_from:
                self.refresh_dependents()
                self._mark_grave(before)

    @property
    def is_public(self) -> bool:
        return self.public_from is not None and self.public_from <= today()

    def own_public_from(self) -> datetime.date | None:
        """The day from which this record may be seen, as far as it alone decides."""
        return (self.embargo_until or ALWAYS) if self.state == State.PUBLISHED else None

    def compute_public_from(self) -> datetime.date | None:
        """The latest of its own day and those of its gates; never if any of them is never."""
        days = [self.own_public_from()]
        for name in self.gates:
            gate = getattr(self, name)
            if gate is not None:
                days.append(
                    type(gate)._base_manager.values_list("public_from", flat=True).get(pk=gate.pk)
                )
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            identifier = getattr(self, "identifier", "")
            if self.is_public and identifier:
                _leave_tombstone(identifier, self._meta.model_name)
            return super().delete(*args, **kwargs)

    def publish(self) -> None:
        self.state = State.PUBLISHED
        self.save()

    def withdraw(self) -> None:
        self.state = State.WITHDRAWN
        self.save()

    def _mark_grave(self, before: datetime.date | None) -> None:
        """A record that the public has seen leaves a tombstone; one that comes back has none."""
        identifier = getattr(self, "identifier", "")
        if not identifier:
            return
        if self.is_public:
            Tombstone.objects.filter(identifier=identifier).delete()
        elif self.state == State.WITHDRAWN and before is not None and before <= today():
            _leave_tombstone(identifier, self._meta.model_name)

    def refresh_dependents(self) -> None:
        """Bring the records that stand under this one in step, by updates of whole sets."""
        refresh_under(type(self), type(self)._base_manager.filter(pk=self.pk))

    @classmethod
    def refresh(cls, rows: models.QuerySet[Any]) -> None:
        """Compute ``public_from`` of rows anew, then that of all that stands under them."""
        rows.update(public_from=stored_public_from(cls))
        refresh_under(cls, rows)


def dependents(model: type[models.Model]) -> list[tuple[type[Publishable], str]]:
    """The (model, foreign key) pairs that stand under records of ``model``."""
    found: list[tuple[type[Publishable], str]] = []
    for candidate in apps.get_app_config("catalogue").get_models():
        if issubclass(candidate, Publishable):
            found += [
                (candidate, name)
                for name in candidate.gates
                if candidate._meta.get_field(name).related_model is model
            ]
    return found


def refresh_under(
    model: type[Publishable], rows: models.QuerySet[Any], skip: type[Publishable] | None = None
) -> None:
    for dependent, name in dependents(model):
        if dependent is skip:
            continue
        below = dependent._base_manager.filter(**{f"{name}__in": rows.values("pk")})
        if below.exists():
            dependent.refresh(below)


def stored_public_from(model: type[Publishable]) -> Case:
    """``compute_public_from`` as a database expression."""
    own = Coalesce(F("embargo_until"), Value(ALWAYS), output_field=models.DateField())
    days: list[Any] = [own]
    shut: Any = ~Q(state=State.PUBLISHED)
    for name in model.gates:
        field = model._meta.get_field(name)
        gate = field.related_model._base_manager.filter(pk=OuterRef(name))  # type: ignore[union-attr]  # a foreign key
        shut |= Q(**{f"{name}__isnull": False}) & ~models.Exists(
            gate.filter(public_from__isnull=False)
        )
        day = Subquery(gate.values("public_from")[:1], output_field=models.DateField())
        days.append(Coalesce(day, Value(ALWAYS), output_field=models.DateField()))
    latest = Greatest(*days) if len(days) > 1 else own
    return Case(
        When(shut, then=Value(None, output_field=models.DateField())),
        default=latest,
        output_field=models.DateField(),
    )
