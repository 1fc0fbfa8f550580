"""The tables of `data`: lines of tab-separated columns under a heading."""

import csv
from collections.abc import Iterator
from importlib.resources import files


def rows(table: str) -> Iterator[dict[str, str]]:
    """The lines of data/`table`.tsv; columns left out at the end of a line are empty.

    An empty line, or one that begins with #, is for people.
    """
    path = files("catalogue.references") / "data" / f"{table}.tsv"
    with path.open(encoding="utf-8") as file:
        lines = (line for line in file if line.strip() and not line.startswith("#"))
        yield from csv.DictReader(
            lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="", strict=True
        )
