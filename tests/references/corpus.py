"""Corpora of references with their truth, and how well they are read."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue.references import FOND_SCHEMES, Found, Reference, as_cited, find, print_folios

WILD = Path(__file__).with_name("wild.tsv")
Cited = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A string of a corpus and what is to be read in it; `resolved` as the corpus prints it."""

    name: str
    raw: str
    source: str
    language: str
    scheme: str
    elliptical: str
    truth: Sequence[Cited]
    resolved: str = ""

    @property
    def is_fond_scheme(self) -> bool:
        return self.scheme in FOND_SCHEMES


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if line.strip() and not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")


def read_shared(shared: Path) -> list[Row]:
    """The corpus beside the project, as its README describes it."""
    return [
        Row(
            line["id"],
            line["raw"],
            line["source_id"],
            line["lang"],
            line["scheme"],
            line["elliptical"],
            json.loads(line["refs_json"] or "[]"),
            line["resolved"],
        )
        for line in _lines(shared / "references" / "references.tsv")
    ]


def read_wild() -> list[Row]:
    """Our own corpus: notations as they occur, each with what is to be read.

    The truth is `repository|fond|opis|delo|leaves|key=text;...`, references parted by ` ;; `.
    """
    return [
        Row(
            f"{line['source']}: {line['raw']}",
            line["raw"],
            line["source"],
            line["source"].partition("-")[0],
            line["scheme"],
            line["elliptical"],
            [_cited(each) for each in line["truth"].split(" ;; ") if each],
        )
        for line in _lines(WILD)
    ]


def _cited(text: str) -> Cited:
    repository, fond, opis, delo, leaves, *rest = text.split("|", 5)
    pairs = (pair.split("=", 1) for pair in (rest[0].split(";") if rest else []))
    return {
        "repository": None if repository == "-" else repository,
        "fond": fond or None,
        "opis": opis or None,
        "delo": delo or None,
        "folios": [_range(item) for item in leaves.split(",") if item],
        "aux": dict(pairs),
    }


def _range(item: str) -> Cited:
    first, _dash, last = item.partition("-")
    return {
        "from": first.removesuffix("v"),
        "from_side": "v" if first.endswith("v") else None,
        "to": last.removesuffix("v") or None,
        "to_side": "v" if last.endswith("v") else None,
    }


def read(row: Row) -> list[Found]:
    return find(row.raw)


def is_right(row: Row, found: Sequence[Found]) -> bool:
    """Whether every field of every reference is as it should be, and nothing more was found."""
    if not row.is_fond_scheme:
        schemes = [each.scheme for each in found]
        return schemes == [] if row.scheme == "none" else schemes[:1] == [row.scheme]
    return (
        [as_cited(each.readings[0].reference) if each.readings else None for each in found]
        == list(row.truth)
        and all(each.scheme == row.scheme for each in found)
        and found[0].elliptical == row.elliptical
    )


def resolved(reference: Reference | None) -> str:
    """A whole reference as the corpus prints it: РГАСПИ|17|2|685|53-68."""
    if reference is None:
        return ""
    levels = (reference.repository, reference.fond, reference.opis, reference.delo)
    leaves = print_folios(reference.folios).replace("–", "-").replace(", ", ",")
    return "|".join((*levels, leaves))


def in_context(rows: Iterable[Row]) -> Iterator[tuple[Row, Found | None]]:
    """Each elliptical row with what it is found to be after the rows of its source before it."""
    before: dict[str, Reference] = {}
    for row in rows:
        found = [each for each in find(row.raw, before=before.get(row.source)) if each.readings]
        if row.elliptical:
            yield row, found[0] if found else None
        if found and found[-1].whole is not None:
            before[row.source] = found[-1].whole


def scores(rows: Iterable[Row], by: str) -> dict[str, tuple[int, int]]:
    """How many rows are right, of how many, by a field of Row."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        count = counts[getattr(row, by)]
        count[0] += is_right(row, read(row))
        count[1] += 1
    return {name: (right, of) for name, (right, of) in sorted(counts.items())}


def macro_average(score: dict[str, tuple[int, int]]) -> float:
    return sum(right / of for right, of in score.values()) / len(score)
