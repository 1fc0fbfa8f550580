"""What a format is, and what all of them are given."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import get_language

from catalogue.citation import Citable, exported
from catalogue.models import Document

CHUNK = 100  # documents read at a time: bounds memory and queries alike

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class Format:
    """An interchange format.

    ``write`` takes public documents and yields the file in pieces, in the language that was active
    when it was called. ``read`` is for formats that can be imported.
    """

    slug: str
    label: str | Promise
    media_type: str
    extension: str
    write: Callable[[Iterable[Document]], Iterator[bytes]]
    read: Callable[[Iterable[bytes]], Iterator[object]] | None = None


def citables(documents: Iterable[Document]) -> Iterator[Citable]:
    """What an export holds: of each document what is in archives, and each printing of it.

    The language is that of the reader now, not of the moment when the stream is sent.
    """
    return _citables(documents, get_language() or "en")


def _citables(documents: Iterable[Document], language: str) -> Iterator[Citable]:
    remaining = iter(documents)
    while chunk := list(islice(remaining, CHUNK)):
        yield from exported(chunk, language)


def one_line(text: str) -> str:
    """Text as a format of lines can carry it: breaks and control characters become spaces."""
    return _BREAKS.sub(" ", text).strip()
