"""Nothing that is hidden comes out anywhere, and all that is published does.

The catalogue is built and crawled once for the whole module; see ``survey``.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from catalogue import links
from catalogue.citation.style import STYLES
from catalogue.formats import FORMATS
from tests.builders import MODELS
from tests.visibility.crawler import Answer, Crawler, public_patterns, url_name
from tests.visibility.markers import HIDDEN, STAFF, is_too_short, leaks, marked_fields
from tests.visibility.survey import NEVER, OPENINGS, Survey

pytestmark = pytest.mark.django_db  # the catalogue of the module is there before

# Too short for a marker: codes of countries and scripts.
TOO_SHORT = {"AgentName.script", "Repository.country", "Title.script"}

# Dates in EDTF are shown in words, leaves as ranges: no marker stands in them.
SPELT_OUT = ("date", "first", "last")

# Public fields that no page shows, each with the reason.
NOT_SHOWN = {
    "Derivation.date_written": "the time of a derivation is that of the witness it made",
    "Term.scope": "terms have no page yet",
    "TermLabel.language": "it chooses the label that a reader sees",
    "UnitReference.fond": "the reference is shown as it was printed; its parts are for searching",
    "UnitReference.opis": "as its fond",
    "UnitReference.delo": "as its fond",
    "UnitReference.folios": "as its fond",
}


@pytest.fixture(scope="module")
def survey(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Survey]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Survey().make()
        transaction.set_rollback(True)


def _found(crawler: Crawler, *, published: bool = False) -> list[str]:
    """What leaked, as lines that say what it was and where."""
    return [
        f"{answer.status} {answer.address}: {leak}"
        for answer in crawler.answers.values()
        for leak in leaks(answer.text, published=published)
    ]


def _explain(survey: Survey, lines: list[str]) -> str:
    places = {str(place) for line in lines for place in survey.world.ledger.places_in(line)}
    return "\n".join([*sorted(lines)[:40], *sorted(places)[:40]])


def test_nothing_hidden_is_said_anywhere(survey: Survey) -> None:
    assert len(survey.hiding.answers) > 500
    lines = _found(survey.hiding)
    assert not lines, _explain(survey, lines)


def test_no_page_fails(survey: Survey) -> None:
    for crawler in (survey.public, survey.hiding, survey.published):
        failed = [a.address for a in crawler.answers.values() if a.status >= 500]
        assert failed == []


def test_no_field_of_the_staff_is_said_even_of_what_is_published(survey: Survey) -> None:
    lines = _found(survey.published, published=True) + _found(survey.public, published=True)
    assert not lines, _explain(survey, lines)


def test_drafts_change_no_answer(survey: Survey) -> None:
    assert len(survey.public.answers) > 200
    assert survey.changed_by_drafts == []


def test_a_search_for_hidden_words_is_like_one_for_words_that_nothing_has(survey: Survey) -> None:
    for found, control in survey.searches:
        assert found.status == control.status
        assert leaks(_without_query(found)) == []
        assert _without_query(found) == _without_query(control), found.address


def _without_query(answer: Answer) -> str:
    """The answer without the words that were sought, as a form repeats them."""
    query = parse_qs(urlsplit(answer.address).query)["q"][0]
    return answer.text.replace(query, "").replace(quote_plus(query), "")


def test_a_hidden_record_answers_like_one_that_never_was(survey: Survey) -> None:
    """All but those withdrawn after they had been public, which say that they are gone."""
    never = survey.hiding.answers[f"/documents/{NEVER}/"]
    assert never.status == 404
    checked = 0
    for model, way in survey.world.hidden_records():
        record = survey.world.hidden(model, way)
        try:
            address = links.address(record).partition("#")[0]
        except LookupError:
            continue
        answer = survey.hiding.answers[address]
        if url_name(address) == "catalogue:document" and record.__class__.__name__ != "Document":
            continue  # a hidden witness of a public document
        assert (answer.status, answer.text) == (404, never.text), address
        checked += 1
    assert checked > 15


def test_every_url_is_visited(survey: Survey) -> None:
    names = {pattern.name for pattern in public_patterns()}
    answered = {
        url_name(urlsplit(answer.address).path)
        for answer in survey.hiding.answers.values()
        if answer.status == 200
    }
    assert names - answered == set()
    assert len(names) > 10


def test_every_export_and_style_of_citation_is_visited(survey: Survey) -> None:
    answered = [answer for answer in survey.hiding.answers.values() if answer.status == 200]
    exports = {
        urlsplit(answer.address).path.rstrip("/").rpartition("/")[2]
        for answer in answered
        if url_name(urlsplit(answer.address).path) == "catalogue:export"
    }
    assert exports == {format.slug for format in FORMATS}
    asked = {
        value
        for answer in answered
        for values in parse_qs(urlsplit(answer.address).query).values()
        for value in values
    }
    assert {style.slug for style in STYLES} <= asked


def test_publishing_shows_every_public_field(survey: Survey) -> None:
    texts = "".join(answer.text for answer in survey.published.answers.values())
    shown = {(place.model, place.field) for place in survey.world.ledger.places_in(texts)}
    public = {
        (place.model, place.field)
        for place in survey.world.ledger.places.values()
        if place.audience == HIDDEN
    }
    missing = {f"{model}.{field}" for model, field in public - shown if field not in SPELT_OUT}
    assert missing == set(NOT_SHOWN)


def test_every_text_field_is_marked_except_the_shortest() -> None:
    unmarked = {
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in marked_fields(model)
        if is_too_short(field)
    }
    assert unmarked == TOO_SHORT


@pytest.mark.parametrize("gate", OPENINGS)
def test_the_crawler_sees_what_an_open_gate_lets_out(survey: Survey, gate: str) -> None:
    assert survey.behind_open_gates[gate]


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
@pytest.mark.parametrize("audience", [HIDDEN, STAFF])
def test_a_marker_is_found_in_every_dress(before: str, audience: str) -> None:
    marker = f"Cnry{audience}0123"
    coded = b64encode(f"{before}{marker} and more".encode()).decode()
    for text in (marker, marker.upper(), marker.lower(), f"%3C{marker}%3E", f"&lt;{marker}", coded):
        assert leaks(text), text
    assert not leaks("Cnryp0123")


def test_a_hidden_date_and_leaf_are_found() -> None:
    assert leaks("14 March 2712")
    assert leaks("ff. 27912–27913")
    assert not leaks("14 March 2612, b2712c")


def test_what_hides_a_record_is_known(survey: Survey) -> None:
    """The ledger was told rightly what is hidden: the columns of the catalogue agree."""
    for model, way in survey.world.hidden_records():
        assert not survey.world.hidden(model, way).is_public, (model, way)
