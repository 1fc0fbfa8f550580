"""The areas of ISAD(G): what is stored, and beside it what is computed from other records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.models import Unit, Witness
from catalogue.models.witness import Completeness, WitnessKind
from catalogue.views.connections import Group
from catalogue.views.records import Named, date_words, language_name, named

# ISAD(G) 3.2 to 3.7. The identity area (3.1) is the head of the page; the creators (3.2.1) are
# statements.
AREAS: tuple[tuple[str | Promise, str, tuple[str, ...]], ...] = (
    (_("Context"), "3.2", ("creators", "creator_history", "archival_history", "acquisition")),
    (
        _("Content and structure"),
        "3.3",
        ("scope_content", "appraisal", "accruals", "arrangement"),
    ),
    (
        _("Conditions of access and use"),
        "3.4",
        (
            "access",
            "closed_until",
            "reproduction",
            "languages",
            "scripts",
            "physical",
            "finding_aids",
        ),
    ),
    (_("Allied materials"), "3.5", ("originals", "copies", "related", "publication_note")),
    (_("Notes"), "3.6", ("note",)),
    (_("Description control"), "3.7", ("archivist_note", "rules", "description_dates")),
)
ORIGINALS = (WitnessKind.ORIGINAL, WitnessKind.AUTOGRAPH)


@dataclass(frozen=True)
class Computed:
    """A line that nobody wrote: read off the witnesses of the documents in the unit."""

    record: Named
    detail: str = ""


@dataclass(frozen=True)
class Element:
    """One element of description: its text, or its statements, or what is computed."""

    label: str
    text: str = ""
    groups: tuple[Group, ...] = ()
    computed: tuple[Computed, ...] = ()


@dataclass(frozen=True)
class Area:
    """``clause`` is that of ISAD(G)."""

    title: str | Promise
    clause: str
    elements: tuple[Element, ...]


def areas_of(
    unit: Unit,
    creators: tuple[Group, ...],
    related: tuple[Group, ...],
    witnesses: Iterable[Witness],
) -> tuple[Area, ...]:
    """The areas that hold anything, in the order of the standard.

    ``witnesses`` are all public witnesses of the documents that have one in this unit.
    """
    groups = {"creators": creators, "related": related}
    computed = _computed(unit, witnesses)
    areas = []
    for title, clause, names in AREAS:
        elements = tuple(
            element
            for name in names
            if (element := _element(unit, name, groups.get(name, ()), computed.get(name, ())))
        )
        if elements:
            areas.append(Area(title, clause, elements))
    return tuple(areas)


def _element(
    unit: Unit, name: str, groups: tuple[Group, ...], computed: tuple[Computed, ...]
) -> Element | None:
    text = ""
    label: Any = _("creators")
    if name != "creators":
        label = unit._meta.get_field(name).verbose_name  # type: ignore[union-attr] # a column of the unit
        value = getattr(unit, name)
        text = _WORDS.get(name, str)(value) if value else ""
    if not (text or groups or computed):
        return None
    return Element(str(label), text, groups, computed)


def _languages(codes: tuple[str, ...]) -> str:
    return ", ".join(map(language_name, codes))


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "languages": _languages,
    "scripts": ", ".join,
}


def _computed(unit: Unit, witnesses: Iterable[Witness]) -> dict[str, tuple[Computed, ...]]:
    """ISAD(G) 3.5.1, 3.5.2 and 3.5.4 from witnesses that are elsewhere."""
    found: dict[str, list[Computed]] = {"originals": [], "copies": [], "publication_note": []}
    for witness in witnesses:
        if witness.unit_id == unit.pk:
            continue
        if not witness.is_archival:
            place = "publication_note"
        else:
            place = "originals" if witness.witness_kind in ORIGINALS else "copies"
        found[place].append(_line(witness))
    return {name: tuple(lines) for name, lines in found.items()}


def _line(witness: Witness) -> Computed:
    publication = witness.publication
    date = date_words(witness)
    if not date and publication is not None and publication.is_public:
        date = date_words(publication)
    is_known = witness.completeness != Completeness.UNKNOWN
    completeness = str(witness.get_completeness_display()) if is_known else ""
    details = (date, witness.pages, completeness)
    return Computed(named(witness), ", ".join(detail for detail in details if detail))
