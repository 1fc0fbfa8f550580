"""Where a reference leads: a permanent address for any footnote, for people and for programs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue import dates, references
from catalogue.models import Unit
from catalogue.models.agent_relation import Numbering
from catalogue.references import Found, Reading, Reference
from catalogue.resolve import (
    Answer,
    Hit,
    Kind,
    Step,
    as_data,
    explain,
    fetch_names,
    known_archives,
    names_of,
    remarks,
    resolution,
    resolve_all,
    unit_reference,
    unresolved,
)
from catalogue.views.records import Named, address_of, named, reader_language
from catalogue.views.rows import unit_level

LONGEST = 1_000
"""Characters of a reference; a whole footnote with several has less."""
MOST = 20
"""References that are answered at once; more are a matter for the footnote desk."""

LABELS = {
    Kind.EXACT: _("exact"),
    Kind.INSIDE: _("inside a document"),
    Kind.OVERLAPPING: _("overlapping"),
    Kind.FILE: _("file only"),
    Kind.OPIS: _("opis only"),
    Kind.FOND: _("fond only"),
    Kind.REPOSITORY: _("archive only"),
    Kind.CITED: _("as cited"),
    Kind.CANDIDATE: _("candidate by succession"),
    Kind.NO_REPOSITORY: _("no archive named"),
    Kind.UNKNOWN: _("archive not in the catalogue"),
}
AUX = {
    "papka": _("papka"),
    "karton": _("karton"),
    "sviazka": _("sviazka"),
    "volume": _("volume"),
    "part": _("part"),
    "year": _("year"),
    "copy_note": _("kind of copy"),
    "extent": _("extent"),
    "fond_name": _("name of the fond"),
    "title": _("title"),
    "gloss": _("remark"),
    "repository_gloss": _("remark on the archive"),
    "place": _("place"),
    "book_pages": _("pages of a book"),
    "unparsed": _("not understood"),
    "reel": _("reel"),
}


@dataclass(frozen=True)
class Line:
    """A record that a reference leads to."""

    record: Named
    folios: str
    level: str
    cited: str


@dataclass(frozen=True)
class Told:
    """One reading of a reference and its answer, ready for the page."""

    levels: tuple[tuple[str, str], ...]
    reason: str
    kind: str
    label: str
    sentence: str
    remarks: tuple[str, ...]
    lines: tuple[Line, ...]
    repository: Named | None
    unit: tuple[str, str] | None
    steps: tuple[tuple[str, str, str, str], ...]

    @property
    def is_elsewhere(self) -> bool:
        """Whether the archive of today has to be named beside the shelf."""
        return self.repository is not None and bool(self.steps or not self.unit)


@dataclass(frozen=True)
class Piece:
    """Some of the text as typed: inside a reference, not understood, or neither."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Shown:
    """A reference of the text, its likeliest reading first; without one, `refused` says why."""

    pieces: tuple[Piece, ...]
    readings: tuple[Told, ...] = ()
    refused: str = ""

    @property
    def has_unread(self) -> bool:
        return any(piece.kind == "unread" for piece in self.pieces)


@login_not_required
@require_safe
def resolve(request: HttpRequest) -> HttpResponse:
    """`ref` is any reference; one exact record is gone to, unless `format` says otherwise."""
    text = request.GET.get("ref", "").strip()
    as_json = _wants_json(request)
    response: HttpResponse
    if len(text) > LONGEST:
        response = _refuse(request, text, as_json)
    else:
        found = references.find(text, repositories=known_archives())[:MOST] if text else []
        response = _answer(request, text, found, as_json)
    patch_vary_headers(response, ["Accept"])
    return response


def _wants_json(request: HttpRequest) -> bool:
    """By `format`, which is "json" or "html", else by what the client accepts."""
    if asked := request.GET.get("format", ""):
        return asked == "json"
    preferred = request.get_preferred_type(["text/html", "application/json"])
    return preferred == "application/json"


def _refuse(request: HttpRequest, text: str, as_json: bool) -> HttpResponse:
    sentence = gettext(
        "This is longer than a reference: %(length)s characters, and at most %(most)s are read."
    ) % {"length": len(text), "most": LONGEST}
    if as_json:
        return JsonResponse({"error": sentence}, status=400)
    context = {"text": text[:LONGEST], "refused": sentence, "longest": LONGEST}
    return render(request, "catalogue/resolve.html", context, status=400)


def _answer(request: HttpRequest, text: str, found: Sequence[Found], as_json: bool) -> HttpResponse:
    asked = [(each, reading) for each in found for reading in _readings(each)]
    answers = resolve_all((reading.reference, each.repositories) for each, reading in asked)
    single = answers[0].record if len(answers) == len(found) == 1 else None
    if single is not None and not as_json and request.GET.get("format") != "html":
        return HttpResponseRedirect(address_of(single), status=303)
    fetch_names(answers)
    if as_json:
        return _json(request, text, found, asked, answers)
    shown = [
        Shown(
            _pieces(each, text),
            tuple(
                _tell(each, reading, answer)
                for (of, reading), answer in zip(asked, answers, strict=True)
                if of is each
            ),
            "" if each.whole else unresolved(each),
        )
        for each in found
    ]
    return render(
        request,
        "catalogue/resolve.html",
        {
            "text": text,
            "shown": shown,
            "is_full": len(found) == MOST,
            "permanent": _permanent(request, text),
            "search": f"{reverse('catalogue:search')}?{urlencode({'q': text, 'words': '1'})}",
            "longest": LONGEST,
        },
    )


def _readings(found: Found) -> list[Reading]:
    """The readings to look for: none where there is nothing before an "ibid.", the likeliest one
    with what it leaves out, and the others under the same archive."""
    if found.whole is None:
        return []
    first, *others = found.readings
    archive = found.whole.repository
    return [
        replace(first, reference=found.whole),
        *(
            replace(
                other,
                reference=replace(
                    other.reference, repository=other.reference.repository or archive
                ),
            )
            for other in others
        ),
    ]


def _json(
    request: HttpRequest,
    text: str,
    found: Sequence[Found],
    asked: Sequence[tuple[Found, Reading]],
    answers: Sequence[Answer],
) -> JsonResponse:
    """As `manage.py references` prints it, a list of what was found in the text."""
    origin = request.build_absolute_uri("/").rstrip("/")
    firsts: dict[int, Answer] = {}
    for (each, _reading), answer in zip(asked, answers, strict=True):
        firsts.setdefault(id(each), answer)
    data = [
        as_data(each) | {"resolution": resolution(each, firsts.get(id(each)), origin)}
        for each in found
    ]
    return JsonResponse(
        {"ref": text, "url": _permanent(request, text), "references": data},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


def _permanent(request: HttpRequest, text: str) -> str:
    """The address that may be printed; it bears no language."""
    return request.build_absolute_uri(f"/resolve/?{urlencode({'ref': text})}")


def _pieces(found: Found, text: str) -> tuple[Piece, ...]:
    """The words of the reference, and what was not understood in or after them."""
    pieces = []
    place = found.start
    for unread in found.unread:
        if unread.start > place:
            pieces.append(Piece(text[place : unread.start], "read"))
        pieces.append(Piece(text[unread.start : unread.end], "unread"))
        place = max(place, unread.end)
    pieces.append(Piece(text[place : found.end], "read"))
    return tuple(piece for piece in pieces if piece.text)


def _tell(found: Found, reading: Reading, answer: Answer) -> Told:
    several = len(found.readings) > 1
    unit = answer.unit
    return Told(
        levels=tuple(_levels(reading.reference)),
        reason=gettext(references.REASONS[reading.reason]) if several else "",
        kind=answer.kind,
        label=str(LABELS[answer.kind]),
        sentence=explain(answer),
        remarks=tuple(remarks(answer)),
        lines=tuple(map(_line, answer.hits)),
        repository=named(answer.repository) if answer.repository else None,
        unit=(unit_reference(unit), address_of(unit)) if unit else None,
        steps=tuple(map(_step, answer.succession)),
    )


def _levels(reference: Reference) -> list[tuple[str, str]]:
    """What was read, level by level, under the names of the levels."""
    folios = references.print_folios(reference.folios, reader_language())
    read = [
        (gettext("archive"), reference.repository),
        (gettext("fond"), reference.fond),
        (gettext("opis"), reference.opis),
        (gettext("delo (file)"), reference.delo),
        (gettext("folios"), folios),
        *((str(AUX.get(key, key)), value) for key, value in reference.aux),
    ]
    return [(name, value) for name, value in read if value]


def _line(hit: Hit) -> Line:
    record = hit.record
    cited = hit.cited.raw if hit.cited else ""
    if isinstance(record, Unit):
        return Line(named(record), "", unit_level(record), cited)
    document = replace(named(record.document), address=address_of(record))
    return Line(document, references.print_folios(record.folios(), reader_language()), "", cited)


def _step(step: Step) -> tuple[str, str, str, str]:
    """Earlier and later archive, when, and what became of the numbers."""
    when = dates.describe(step.date, reader_language()) if step.date else ""
    return (*names_of(step), when, str(Numbering(step.numbering).label))
