"""Finding a place by what somebody types, and what is likely to stand there next."""

from __future__ import annotations

import re
from typing import Any

from catalogue import text
from catalogue.models import Repository, Unit
from catalogue.models.tree import GAP
from catalogue.models.unit import Level, attach_ancestors

LOOKED_AT = 200  # units with the last segment of what was typed

# Names of levels, as references are written in Russian, Ukrainian, English and French.
_LEVELS = re.compile(
    r"(?<!\w)(?:фонд|ф|опись|оп|опис|дело|д|спр|справа|ед\s*\.?\s*хр|ед|хр|fonds?|f|opis|op|delo|d"
    r"|inventaire|inv|dossier|dos)(?:\.|\s|$)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,;/|]+")

# What stands under a level whose first child is added.
BELOW = {
    Level.COLLECTION: Level.FILE,
    Level.RECORDGROUP: Level.SUBGROUP,
    Level.FONDS: Level.SERIES,
    Level.SUBFONDS: Level.SERIES,
    Level.CLASS: Level.SERIES,
    Level.SUBGROUP: Level.SERIES,
    Level.SERIES: Level.FILE,
    Level.SUBSERIES: Level.FILE,
    Level.FILE: Level.ITEM,
}


def segments_of(typed: str, repository: Repository) -> list[str]:
    """“РГАСПИ ф. 17 оп. 2 д. 685” and “17/2/685” in segments, as they are compared."""
    words = _BETWEEN.split(_LEVELS.sub(" ", typed[:300]))
    keys = [text.natural_key(word.strip(".")) for word in words]
    first = text.natural_key(repository.code)
    return [key for number, key in enumerate(keys) if key and (number or key != first)]


def find(typed: str, repository: Repository, below: Unit | None = None) -> list[Unit]:
    """The units whose reference ends in the segments that were typed, the fewest levels first.

    Where only one begins with the first of them as well, it is that one.
    """
    segments = segments_of(typed, repository)
    if not segments:
        return []
    rows = Unit.objects.filter(repository=repository, segment_key=segments[-1])
    if below is not None:
        rows = rows.below(below)
    units = list(rows.order_by("depth", "position", "pk")[:LOOKED_AT])
    attach_ancestors(units)
    chains = [(unit, [row.segment_key for row in [*unit.ancestors(), unit]]) for unit in units]
    chains = [(unit, [key for key in chain if key]) for unit, chain in chains]
    whole = [unit for unit, chain in chains if chain == segments]
    return whole or [unit for unit, chain in chains if chain[-len(segments) :] == segments]


def nearest(typed: str, parent: Unit | None, repository: Repository) -> Unit | None:
    """Among siblings the one with this segment, else the first after it in natural order."""
    rows = Unit.objects.filter(repository=repository, parent=parent)
    key = text.natural_key(typed[:120])
    exact = rows.filter(segment_key=key).order_by("position", "pk").first()
    return exact or rows.filter(segment_key__gte=key).order_by("segment_key", "pk").first()


def likely(parent: Unit | None, repository: Repository, after: Unit | None) -> dict[str, Any]:
    """Values for a new unit: last under its parent, or after one of its children."""
    rows = Unit.objects.filter(repository=repository, parent=parent)
    model = after or rows.order_by("-position", "-pk").first()
    if model is None:
        level = BELOW.get(Level(parent.level), "") if parent else Level.FONDS
        return {"level": level, "segment": "1"}
    values = {"level": model.level, "level_label": model.level_label}
    segment = following(model.segment)
    if not rows.filter(segment_key=text.natural_key(segment)).exists():
        values["segment"] = segment
    if after is not None:
        values["position"] = str(_between(rows, after))
    return values


def following(segment: str) -> str:
    """685 → 686, Р-12 → Р-13, 17а → 18; nothing after what has no number."""
    found = list(re.finditer(r"[0-9]+", segment))
    if not found:
        return ""
    last = found[-1]
    return f"{segment[: last.start()]}{int(last[0]) + 1:0{len(last[0])}d}"


def _between(rows: Any, after: Unit) -> int:
    """Without room in between, the older key decides: the new unit still comes after."""
    above = after.position or 0
    following_place = rows.after(after.place).order_by("position", "pk").values_list("position")
    next_row = following_place.first()
    return above + GAP if next_row is None else (above + next_row[0]) // 2
