"""One pass over a text: from anchors to rows of elements to what is found."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from catalogue.references.context import find_copy_note, find_fond_name, find_title
from catalogue.references.elements import Element
from catalogue.references.ellipsis import WORDS, complete, is_right_after
from catalogue.references.found import Found, Reading, Unread
from catalogue.references.grammar import read_elements
from catalogue.references.lexicon import LONGEST_WORD, label
from catalogue.references.naming import (
    Repository,
    find_any_repository,
    find_repository,
    find_repository_after,
)
from catalogue.references.parts import Part, build
from catalogue.references.plain import Plain, make_plain
from catalogue.references.repositories import Repositories
from catalogue.references.schemes import find_other
from catalogue.references.senses import choose
from catalogue.references.strength import is_reference, is_repetition, language_of, may_be_reference
from catalogue.references.structure import Reference

_LETTER = r"[^\W\d_]"
# Where a reference may begin: a word for "the same", a word before a number, numbers alone.
_ANCHOR = re.compile(
    rf"(?<!\w)(?:(?P<same>{WORDS})"
    rf"|(?P<word>{_LETTER}{{1,{LONGEST_WORD}}})['.,:°]{{0,3}}\s{{0,3}}(?:(?:№|[Nn][ro°]\.?)\s?)?"
    rf"[-\[«]?(?:(?:{_LETTER}{{1,4}}[-. ]{{0,2}})?[0-9]|(?-i:[IVX]{{1,6}})(?!\w))"
    rf"|(?P<numbers>(?:{_LETTER}{{1,3}}-?)?[0-9]{{1,6}}{_LETTER}{{0,2}}"
    rf"(?:\s?[/.:-]\s?|,\s(?=[0-9]{{1,4}}{_LETTER}?,\s))[0-9]))",
    re.IGNORECASE,
)
# What numbers alone may not be followed by: they are part of an address, a version, a row.
_RUN = re.compile(r"[/:.,-]?[\w/@=&%?#][\w/@=&%?#:.,-]*")
_LONGEST_PREFIX = 3  # letters before the number of a fond: R-5446/12/1017
_NEVER_FIRST = frozenset({"volume", "part", "document", "reel", "page", "book_pages", "papka"})
_NEVER_LAST = frozenset({"volume", "part", "page", "document"})


@dataclass(slots=True)
class _Row:
    """References that follow one another, with what stands around them, in plain text."""

    start: int
    end: int
    parts: list[Part]
    elements: Sequence[Element] = ()
    same: str = ""  # "ibid" or "tamzhe", where such a word opens it
    others: list[list[Part]] = field(default_factory=list)  # by other choices
    repository: Repository | None = None
    first_extra: tuple[tuple[str, str], ...] = ()
    last_extra: tuple[tuple[str, str], ...] = ()


def _trim(elements: Sequence[Element], roles: Sequence[str]) -> tuple[int, int]:
    """The elements that are of references: no volume before a fond, no page after a leaf."""
    first, last = 0, len(elements)
    while (
        first < last - 1 and roles[first] in _NEVER_FIRST and roles[first + 1] in ("fond", "opis")
    ):
        first += 1
    while last - first > 1 and roles[last - 1] in _NEVER_LAST and "leaf" in roles[last - 2]:
        last -= 1
    return first, last


def _reason(element_forms: set[str], kinds: set[str]) -> str:
    if "bare" in kinds:
        return "list-or-leaf"
    if "f" in element_forms:
        return "fond-or-leaf"
    return "page-or-papka" if element_forms & {"p", "п"} else "label"


class Reader:
    """One pass over one text."""

    def __init__(
        self, raw: str, before: Reference | None, table: Repositories, *, is_one: bool = False
    ) -> None:
        self.is_one = is_one  # the text is known to be one reference, and not to be prose
        self.raw = raw
        self.plain: Plain = make_plain(raw)
        self.text = self.plain.text
        self.before = before
        self.before_keys: tuple[str, ...] = ()
        self.table = table
        self.end = 0  # of the reference read last
        self.floor = 0  # before which no repository of what follows stands

    def read(self) -> Iterator[Found]:
        position = 0
        other = find_other(self.text)
        while found := _ANCHOR.search(self.text, position):
            if other and other[1] < position:
                other = find_other(self.text, position)
            if other and other[1] < max(found.end(), found.start() + 1):
                yield self._other(*other)
                position = self.end = self.floor = other[2]
                continue
            row = self._read_row(found)
            if isinstance(row, int):
                position = row
                continue
            yield from self._founds(row)
            position = self.end = self.floor = row.end
        while other:
            if other[1] >= position:
                yield self._other(*other)
            other = find_other(self.text, max(other[2], position))

    # --- a row of references ---

    def _read_row(self, anchor: re.Match[str]) -> _Row | int:
        """The row that begins at an anchor, or where to look on."""
        start = anchor.start()
        if anchor["same"]:
            return self._read_same(anchor)
        word = anchor["word"]
        if word and label(word) is None and len(word) > _LONGEST_PREFIX:
            return anchor.end("word")
        elements = read_elements(self.text, start)
        if not elements:
            return anchor.end("word") if anchor["word"] else anchor.end()
        if elements[0].kind == "numbers" and not elements[0].label:
            run = _RUN.match(self.text, elements[0].end)
            if run and run[0] and not self.is_one:
                self.floor = run.end()
                return run.end()
        row = self._understand(elements, start)
        if row is None:
            self.floor = max(elements[-1].end, anchor.end())
        return row or self.floor

    def _read_same(self, anchor: re.Match[str]) -> _Row | int:
        start, place = anchor.start(), anchor.end("same")
        same = "ibid" if anchor["ibid"] else "tamzhe"
        elements = read_elements(self.text, place)
        right_after = self.before is not None and is_right_after(self.text, self.end, start)
        if elements:
            row = self._understand(elements, start, same=same, right_after=right_after)
            return row or place
        return _Row(start, place, [Part(start, place)], same=same) if right_after else place

    def _understand(
        self, elements: list[Element], start: int, *, same: str = "", right_after: bool = False
    ) -> _Row | None:
        """The row that elements make, with what stands around it; None if it is none."""
        if not (same or self.is_one or may_be_reference(elements)):
            return None
        roles, *others = choose(elements)
        first, last = _trim(elements, roles)
        kept = elements[first:last]
        parts = build(kept, roles[first:last], self.plain)
        row = _Row(start, parts[-1].end, parts, kept, same)
        row.others = [build(kept, other[first:last], self.plain) for other in others]
        if note := find_copy_note(self.plain, row.end):
            row.last_extra = (("copy_note", note[0]),)
            row.end = note[1]
        if same:
            is_one = is_repetition(parts[0], kept, is_right_after=right_after)
        else:
            row.start = self._name_fond(parts[0])
            row.repository = self._find_repository(row)
            is_one = self.is_one or is_reference(self.text, parts[0], kept, row.repository)
            self._look_around(row)
        parts[0].start = row.start
        parts[-1].end = row.end
        return row if is_one else None

    def _name_fond(self, part: Part) -> int:
        """Note the name of a fond without a number, and say where that, or the part, begins."""
        if part.levels[0] or not part.levels[1]:
            return part.start
        named = find_fond_name(self.plain, self.floor, part.start)
        if named is None:
            return part.start
        part.levels[0] = named.number
        part.aux.append(("fond_name", named.name, 9))
        return named.start

    def _find_repository(self, row: _Row) -> Repository | None:
        found = find_repository(self.plain, self.floor, row.start, self.table)
        opening = row.elements[0].label
        if found is None and len(row.elements) > 1 and opening and opening.role == "fond":
            after = find_repository_after(self.plain, row.end, self.table)
            found = after if after and not read_elements(self.text, after.end) else None
        if found is None and self.is_one:
            found = find_any_repository(self.plain, row.start, row.end)
        return found

    def _look_around(self, row: _Row) -> None:
        """Let a row begin or end with its repository, and note the title before it."""
        repository = row.repository
        if repository is not None:
            row.start = min(row.start, repository.start)
            row.end = max(row.end, repository.end)
            row.first_extra = repository.aux
        if title := find_title(self.plain, self.end, row.start):
            row.first_extra += (("title", title),)

    # --- what is found ---

    def _founds(self, row: _Row) -> Iterator[Found]:
        name = row.repository.name if row.repository else ""
        if row.repository:
            self.before_keys = row.repository.keys
        language = language_of(row.elements, name)
        elliptical = row.same or ("" if row.repository else "norepo")
        for index, part in enumerate(row.parts):
            extra = row.first_extra if index == 0 else ()
            if index == len(row.parts) - 1:
                extra += row.last_extra
            readings = self._readings(row, index, name, extra)
            whole = self._whole(readings[0].reference, elliptical)
            start, end = self.plain.original(part.start), self.plain.original(part.end)
            yield Found(
                self.raw[start:end],
                start,
                end,
                self._scheme(part),
                language,
                readings,
                elliptical,
                whole,
                self.before_keys if whole and whole.repository else (),
                tuple(self._unread(part)),
            )
            self.before = whole or self.before

    def _whole(self, printed: Reference, elliptical: str) -> Reference | None:
        if not elliptical or (elliptical == "norepo" and printed.fond):
            return printed
        return complete(printed, self.before) if self.before else None

    def _readings(
        self, row: _Row, index: int, name: str, extra: tuple[tuple[str, str], ...]
    ) -> tuple[Reading, ...]:
        part = row.parts[index]
        references = [part.reference(name, extra)]
        for other in row.others:
            same_place = [
                each
                for each in other
                if each.start == part.start or (each is other[0] and index == 0)
            ]
            if same_place:
                reference = same_place[0].reference(name, extra)
                if reference not in references:
                    references.append(reference)
        if len(references) == 1:
            return (Reading(references[0]),)
        inside = [each for each in row.elements if part.start <= each.start < part.end]
        doubtful = [each for each in inside if len(each.senses) > 1]
        reason = _reason(
            {each.label.form for each in doubtful if each.label}, {each.kind for each in doubtful}
        )
        return (
            Reading(references[0], "likeliest"),
            *(Reading(reference, reason) for reference in references[1:]),
        )

    @staticmethod
    def _scheme(part: Part) -> str:
        if part.is_perechen:
            return "fond-perechen"
        return "fond-opis-compressed" if part.is_compressed else "fond-opis"

    def _unread(self, part: Part) -> Iterator[Unread]:
        for start, end in part.unread:
            first, last = self.plain.original(start), self.plain.original(end)
            yield Unread(first, last, self.raw[first:last])

    def _other(self, scheme: str, start: int, end: int) -> Found:
        first, last = self.plain.original(start), self.plain.original(end)
        return Found(self.raw[first:last], first, last, scheme)
