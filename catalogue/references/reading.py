"""References found in running text, and the one reference that a string is."""

import re

from catalogue.references import repositories as archives
from catalogue.references.canonical import read_canonical
from catalogue.references.found import Found, Reading, Unreadable
from catalogue.references.reader import Reader
from catalogue.references.repositories import Repositories
from catalogue.references.structure import Reference
from catalogue.text import gettext_noop


def find(
    text: str, *, before: Reference | None = None, repositories: Repositories | None = None
) -> list[Found]:
    """Every reference of running text, in order; `before` is what a first "ibid." repeats.

    Linear in the text.
    """
    table = archives.TABLE if repositories is None else repositories
    return list(Reader(text, before, table).read())


_WORDS_LEFT = re.compile(r"\w")


def _refuse(code: str, sentence: str, start: int, end: int, **values: object) -> Unreadable:
    return Unreadable(code, sentence, start, end, **values)


def parse(
    text: str, *, before: Reference | None = None, repositories: Repositories | None = None
) -> Found:
    """The one reference of the fond scheme that a string is; raises Unreadable.

    It need not be recognisable among prose: "д. 5" will do, under any name of a repository.
    """
    table = archives.TABLE if repositories is None else repositories
    if canonical := read_canonical(text):
        reading = (Reading(canonical),)
        keys = table.exact(canonical.repository) if canonical.repository else ()
        return Found(text, 0, len(text), "fond-opis", "", reading, "", canonical, keys)
    found = list(Reader(text, before, table, is_one=True).read())
    if not found:
        raise _refuse(
            "no-reference", gettext_noop("There is no reference in this text."), 0, len(text)
        )
    first = found[0]
    if not first.is_fond_scheme:
        raise _refuse(
            "other-scheme",
            gettext_noop("This is not a reference by fond, opis and delo."),
            first.start,
            first.end,
        )
    if len(found) > 1:
        raise _refuse(
            "several",
            gettext_noop("There are several references here, the second at character %(place)s."),
            found[1].start,
            found[1].end,
        )
    if first.whole is None and first.elliptical != "norepo":
        raise _refuse(
            "nothing-before",
            gettext_noop("This repeats a reference before it, which is not here."),
            first.start,
            first.end,
        )
    title = dict(first.readings[0].reference.aux).get("title", "")
    for start, end in ((0, first.start if not title else 0), (first.end, len(text))):
        if left := _WORDS_LEFT.search(text, start, end):
            raise _refuse(
                "unread",
                gettext_noop("“%(rest)s” at character %(place)s is not understood."),
                left.start(),
                end,
                rest=text[left.start() : left.start() + 20],
            )
    return first
