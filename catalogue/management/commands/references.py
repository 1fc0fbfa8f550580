"""``manage.py references``: the archival references of a text, one JSON object on a line.

docs/references.md describes the fields.
"""

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from catalogue import references
from catalogue.references import Found, Reference
from catalogue.references.repositories import TABLE, Repositories
from catalogue.resolve import as_data, fetch_names, known_archives, resolution, resolve_all

PIECE = 100_000
"""Characters read at once."""
LONGEST_PARAGRAPH = 400_000
"""Characters that are kept waiting for the end of a paragraph."""
BATCH = 500
"""References that are looked for at once."""
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")


class Command(BaseCommand):
    help = "Print the archival references of a text as JSON, one on a line."
    requires_system_checks = []  # with --no-resolve nothing of the catalogue is needed

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a text file, or - for what comes on standard input")
        parser.add_argument("--encoding", default="utf-8-sig", help="utf-8, if nothing is said")
        parser.add_argument(
            "--no-resolve", action="store_true", help="only read them; works without a database"
        )

    def handle(
        self, *args: Any, file: str, encoding: str, no_resolve: bool, **options: Any
    ) -> None:
        with _open(file, encoding) as stream:
            try:
                if no_resolve:
                    self._print(as_data(found) for found in _find(stream, TABLE))
                else:
                    self._print(_resolved(_find(stream, known_archives())))
            except UnicodeDecodeError as error:
                raise CommandError(
                    f"{file} is no text in {error.encoding}: it has a byte "
                    f"{error.object[error.start]:#04x} where there is none in such a text. "
                    "Say which encoding it has: --encoding=windows-1251"
                ) from error

    def _print(self, lines: Iterable[dict[str, Any]]) -> None:
        for line in lines:
            self.stdout.write(json.dumps(line, ensure_ascii=False))


def _open(file: str, encoding: str) -> TextIO:
    """The text as it is: line ends are not changed, so that positions are those of the file."""
    try:
        if file == "-":
            return TextIOWrapper(sys.stdin.buffer, encoding=encoding, newline="")
        return Path(file).open(encoding=encoding, newline="")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except LookupError as error:
        raise CommandError(f"There is no encoding called {encoding}.") from error


def _find(stream: TextIO, archives: Repositories) -> Iterator[Found]:
    """The references of a text, with their positions in the whole of it."""
    before: Reference | None = None
    for start, piece in _pieces(stream):
        for found in references.find(piece, before=before, repositories=archives):
            yield replace(found, start=found.start + start, end=found.end + start)
            if found.is_fond_scheme:
                before = found.whole


def _pieces(stream: TextIO) -> Iterator[tuple[int, str]]:
    """Pieces of a text, each with its place."""
    start, rest = 0, ""
    while more := stream.read(PIECE):
        rest += more
        if end := _end(rest):
            yield start, rest[:end]
            start, rest = start + end, rest[end:]
    if rest:
        yield start, rest


def _end(text: str) -> int:
    """Where a text may be cut: after a paragraph, or if none ends for long, a line or a word; 0
    where more has to be read first."""
    paragraphs = list(_PARAGRAPH.finditer(text, max(0, len(text) - PIECE)))
    if paragraphs:
        return paragraphs[-1].end()
    if len(text) < LONGEST_PARAGRAPH:
        return 0
    return 1 + max(text.rfind("\n"), text.rfind(" ")) or len(text)


def _resolved(found: Iterable[Found]) -> Iterator[dict[str, Any]]:
    """References with what they lead to, looked up many at a time."""
    each = iter(found)
    while batch := list(islice(each, BATCH)):
        asked = [(one.whole, one.repositories) for one in batch if one.whole is not None]
        answers = resolve_all(asked)
        fetch_names(answers)
        waiting = iter(answers)
        for one in batch:
            answer = None if one.whole is None else next(waiting)
            yield as_data(one) | {"resolution": resolution(one, answer)}
