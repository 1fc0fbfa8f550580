"""Units of description: fond, opis, delo, item ... ISAD(G)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue import text
from catalogue.models.dated import Dated
from catalogue.models.fields import Codes, Key, Line, Prose
from catalogue.models.history import history
from catalogue.models.identifier import Identified
from catalogue.models.tree import Tree, TreeQuerySet, within
from catalogue.models.visibility import Publishable, State, refresh_under, stored_public_from
from catalogue.references import Reference


class Level(models.TextChoices):
    """ISAD(G) 3.1.4. What an institution calls the level is data: ``level_label``."""

    COLLECTION = "collection", _("collection")
    FONDS = "fonds", _("fonds")
    SUBFONDS = "subfonds", _("sub-fonds")
    CLASS = "class", _("class")
    RECORDGROUP = "recordgrp", _("record group")
    SUBGROUP = "subgrp", _("subgroup")
    SERIES = "series", _("series")
    SUBSERIES = "subseries", _("sub-series")
    FILE = "file", _("file")
    ITEM = "item", _("item")
    OTHER = "otherlevel", _("other level")


class UnitQuerySet(TreeQuerySet):
    def with_ancestors(self) -> list[Unit]:
        """The units, each with its ancestors ready, in one query more."""
        units: list[Unit] = list(self.select_related("repository__agent"))
        attach_ancestors(units)
        return units


class Unit(Tree, Publishable, Identified, Dated):
    """A unit of description in the hierarchy of a repository, with the 26 elements of ISAD(G)."""

    gates = ("parent", "repository")
    scope = ("repository_id",)

    repository = models.ForeignKey(
        "catalogue.Repository",
        models.PROTECT,
        related_name="units",
        verbose_name=_("repository"),
    )
    # ISAD(G) 3.1, identity statement area
    segment = Line(
        _("reference segment"),
        max_length=120,
        blank=True,
        help_text=_("Its own part of the reference only: 685. ISAD(G) 3.1.1"),
    )
    reference_given = Line(
        _("reference given whole"),
        blank=True,
        help_text=_("If the source gives the whole reference code, as given. ISAD(G) 3.1.1"),
    )
    title = Prose(_("title"), help_text=_("ISAD(G) 3.1.2"))
    title_language = models.CharField(_("language of the title"), max_length=12, blank=True)
    title_supplied = models.BooleanField(
        _("title supplied"), default=False, help_text=_("By the archivist, not by the source.")
    )
    level = models.CharField(
        _("level"), max_length=12, choices=Level.choices, help_text=_("ISAD(G) 3.1.4")
    )
    level_label = Line(
        _("local name of the level"),
        max_length=60,
        blank=True,
        help_text=_("opis, delo, inventaire, ед. хр."),
    )
    extent = Prose(_("extent and medium"), blank=True, help_text=_("ISAD(G) 3.1.5"))
    # ISAD(G) 3.2, context area; creators (3.2.1) are contributions
    creator_history = Prose(
        _("administrative or biographical history"), blank=True, help_text=_("ISAD(G) 3.2.2")
    )
    archival_history = Prose(_("archival history"), blank=True, help_text=_("ISAD(G) 3.2.3"))
    acquisition = Prose(
        _("immediate source of acquisition"), blank=True, help_text=_("ISAD(G) 3.2.4")
    )
    # ISAD(G) 3.3, content and structure area
    scope_content = Prose(_("scope and content"), blank=True, help_text=_("ISAD(G) 3.3.1"))
    appraisal = Prose(
        _("appraisal, destruction and scheduling"), blank=True, help_text=_("ISAD(G) 3.3.2")
    )
    accruals = Prose(_("accruals"), blank=True, help_text=_("ISAD(G) 3.3.3"))
    arrangement = Prose(_("system of arrangement"), blank=True, help_text=_("ISAD(G) 3.3.4"))
    # ISAD(G) 3.4, conditions of access and use area
    access = Prose(_("conditions of access"), blank=True, help_text=_("ISAD(G) 3.4.1"))
    closed_until = models.DateField(_("closed until"), null=True, blank=True)
    reproduction = Prose(_("conditions of reproduction"), blank=True, help_text=_("ISAD(G) 3.4.2"))
    languages = Codes(_("languages of material"), help_text=_("ISO 639: ru fr. ISAD(G) 3.4.3"))
    scripts = Codes(_("scripts of material"), help_text=_("ISO 15924: Cyrl Latn. ISAD(G) 3.4.3"))
    physical = Prose(
        _("physical characteristics and technical requirements"),
        blank=True,
        help_text=_("ISAD(G) 3.4.4"),
    )
    finding_aids = Prose(_("finding aids"), blank=True, help_text=_("ISAD(G) 3.4.5"))
    # ISAD(G) 3.5, allied materials area; what is computed stands beside this text
    originals = Prose(
        _("existence and location of originals"), blank=True, help_text=_("ISAD(G) 3.5.1")
    )
    copies = Prose(_("existence and location of copies"), blank=True, help_text=_("ISAD(G) 3.5.2"))
    related = Prose(_("related units of description"), blank=True, help_text=_("ISAD(G) 3.5.3"))
    publication_note = Prose(_("publication note"), blank=True, help_text=_("ISAD(G) 3.5.4"))
    # ISAD(G) 3.6 and 3.7, note and control areas
    note = Prose(_("note"), blank=True, help_text=_("ISAD(G) 3.6.1"))
    archivist_note = Prose(_("archivist's note"), blank=True, help_text=_("ISAD(G) 3.7.1"))
    rules = Prose(_("rules or conventions"), blank=True, help_text=_("ISAD(G) 3.7.2"))
    description_dates = Line(_("dates of description"), blank=True, help_text=_("ISAD(G) 3.7.3"))
    # staff only
    processing_note = Prose(_("processing note"), blank=True, help_text=_("Staff only."))
    appraisal_note = Prose(_("appraisal note"), blank=True, help_text=_("Staff only."))
    personal_data_note = Prose(_("personal data"), blank=True, help_text=_("Staff only."))
    folded = models.TextField(editable=False, blank=True)
    sort_key = Key(editable=False, blank=True)
    segment_key = Key(editable=False, blank=True)

    objects = UnitQuerySet.as_manager()  # type: ignore[misc]  # narrows the inherited manager
    history = history(excluded_fields=["path", "depth", "folded", "sort_key", "segment_key"])

    class Meta:
        verbose_name = _("unit of description")
        verbose_name_plural = _("units of description")
        ordering = ("repository", "position", "pk")
        indexes = (
            models.Index(fields=("parent", "position", "id")),
            models.Index(fields=("path",)),
            # A number on a shelf: under which unit, at which level (see catalogue.resolve).
            models.Index(fields=("repository", "segment_key", "level", "path")),
            models.Index(fields=("sort_key", "id")),
            models.Index(fields=("date_earliest", "id")),
            # What waits for a reviewer is a handful among millions.
            models.Index(
                fields=("id",), condition=Q(state=State.PROPOSED), name="catalogue_unit_proposed"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="unit_not_its_own_parent",
            ),
        )

    def __str__(self) -> str:
        label = self.level_label or self.get_level_display()
        return f"{label} {self.segment}: {self.title}" if self.segment else self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.parent is not None:
            self.repository = cast(Unit, self.parent).repository
        super().save(*args, **kwargs)

    def derive(self) -> None:
        super().derive()
        self.folded = text.fold(self.title)
        self.sort_key = self.folded[:200]
        self.segment_key = text.natural_key(self.segment)[:200]

    def _place(self) -> None:
        """A subtree that moves to another repository belongs to it from then on."""
        moved = bool(self.path)
        super()._place()
        rows = Unit._base_manager.filter(within(self.path)).exclude(repository=self.repository_id)
        if moved and rows.update(repository=self.repository_id):
            self.refresh_dependents()

    def ancestors(self) -> list[Unit]:
        """From the top down, without the unit itself. One query, kept."""
        kept: list[Unit] | None = self.__dict__.get("_ancestors")
        if kept is None:
            attach_ancestors([self])
            kept = self.__dict__["_ancestors"]
        return kept

    def public_ancestors(self) -> list[Unit]:
        return [unit for unit in self.ancestors() if unit.is_public]

    def reference(self) -> Reference:
        """Its fond, opis and delo, composed from the ancestors; without a repository name."""
        places = {unit.level: unit.segment for unit in [*self.ancestors(), self] if unit.segment}
        return Reference(
            fond=places.get(Level.FONDS, ""),
            opis=places.get(Level.SERIES, ""),
            delo=places.get(Level.FILE, ""),
        )

    @classmethod
    def refresh(cls, rows: models.QuerySet[Any]) -> None:
        """Whole subtrees, from the top down, one update for each depth."""
        tops = list(rows.order_by("depth").values_list("path", flat=True)[:2])
        if len(tops) == 1:
            scope = cls._base_manager.filter(within(tops[0]))
        else:
            scope = cls._base_manager.filter(repository__in=rows.values("repository"))
        for depth in scope.order_by("depth").values_list("depth", flat=True).distinct():
            scope.filter(depth=depth).update(public_from=stored_public_from(cls))
        refresh_under(cls, scope, skip=cls)

    def refresh_dependents(self) -> None:
        type(self).refresh(type(self)._base_manager.filter(pk=self.pk))


def attach_ancestors(units: Iterable[Unit], among: Iterable[Unit] | None = None) -> None:
    """Give every unit its list of ancestors, from those at hand or by one query for all."""
    if among is None:
        wanted = {key for unit in units for key in unit.ancestor_ids()}
        among = Unit._base_manager.filter(pk__in=wanted) if wanted else ()
    found = {unit.pk: unit for unit in among}
    for unit in units:
        unit.__dict__["_ancestors"] = [found[key] for key in unit.ancestor_ids() if key in found]
