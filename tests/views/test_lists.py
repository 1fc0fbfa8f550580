"""The lists: what each filter leaves, what bad input comes to, how many queries a page asks."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.models import (
    Agent,
    AgentName,
    Contribution,
    Document,
    Event,
    Publication,
    Relation,
    Repository,
    Term,
    Title,
    Unit,
    Witness,
)
from catalogue.models.visibility import State
from catalogue.views.paging import SIZE
from tests.builders import build

pytestmark = pytest.mark.django_db

LISTS: dict[str, Any] = {
    "documents": Document,
    "units": Unit,
    "agents": Agent,
    "publications": Publication,
    "events": Event,
}


def page_of(client: Client, path: str, **query: str) -> BeautifulSoup:
    response = client.get(path, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def names(page: BeautifulSoup) -> list[str]:
    return [row.get_text(strip=True) for row in page.select(".records .title")]


def found(client: Client, section: str, **query: str) -> set[str]:
    return set(names(page_of(client, f"/{section}/", **query)))


@pytest.mark.parametrize("section", LISTS)
def test_a_list_shows_what_is_public_and_nothing_else(client: Client, section: str) -> None:
    model = LISTS[section]
    field = "name" if model is Agent else "title"
    build(model, **{field: "Shown to all"})
    for state in (State.DRAFT, State.WITHDRAWN):
        build(model, **{field: "Kept back"}, state=state)
    assert found(client, section) == {"Shown to all"}
    assert found(client, section, q="kept") == set()


@pytest.mark.parametrize("section", LISTS)
def test_every_row_is_met_once_by_following_the_links(client: Client, section: str) -> None:
    model = LISTS[section]
    field = "name" if model is Agent else "title"
    parent = {"repository": build(Repository)} if model is Unit else {}
    for number in range(SIZE + 3):
        build(model, **{field: f"Record {number}"}, date="1923" if number % 2 else "", **parent)
    for sort in ("title", "date", "added", "nonsense"):
        seen: list[str] = []
        path: Any = f"/{section}/?sort={sort}"
        while path:
            page = page_of(client, path)
            seen += names(page)
            link = page.select_one("a[rel=next]")
            path = link and f"/{section}/{link['href']}"
        assert len(seen) == SIZE + 3
        assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("section", LISTS)
def test_a_page_of_a_list_asks_no_more_queries_for_more_rows(client: Client, section: str) -> None:
    def add(number: int) -> None:
        if section == "documents":
            genre = build(Term, kind="genre", label=f"genre {number}")
            record = build(Document, genre=genre)
            build(Title, document=record)
            build(Contribution, document=record, contributor=build(Agent))
        elif section == "units":
            build(Unit, parent=build(Unit), level="file")
        elif section == "agents":
            build(AgentName)
        elif section == "publications":
            build(Publication, parent=build(Publication))
        else:
            build(Event, parent=build(Event), place=build(Term, kind="place"))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/{section}/")
        return len(queries)

    add(0)
    before = count()
    for number in range(1, 9):
        add(number)
    assert count() == before
    assert before <= 14


def test_documents_by_repository_count_only_units_that_anybody_may_see(client: Client) -> None:
    repository = build(Repository, code="house")
    unit = build(Unit, repository=repository)
    hidden = build(Unit, repository=repository, state=State.DRAFT)
    build(Witness, document=build(Document, title="On the shelf"), unit=unit)
    build(Witness, document=build(Document, title="Somewhere there"), repository=repository)
    build(Witness, document=build(Document, title="Behind the curtain"), unit=hidden)
    build(Document, title="Elsewhere")
    assert found(client, "documents", repository="house") == {"On the shelf", "Somewhere there"}


def test_documents_by_genre_and_by_who_had_a_part_in_them(client: Client) -> None:
    genre = build(Term, kind="genre", label="letter")
    letter = build(Document, title="A letter", genre=genre)
    report = build(Document, title="A report")
    author = build(Agent)
    build(Contribution, document=report, contributor=author)
    build(Contribution, document=letter, contributor=author, state=State.DRAFT)
    mentioning = build(Document, title="A mention")
    build(Relation, source_document=mentioning, target_agent=author, relation_kind="mentions")
    assert found(client, "documents", genre=genre.identifier) == {"A letter"}
    assert found(client, "documents", agent=author.identifier) == {"A report", "A mention"}


def test_documents_by_the_languages_of_their_texts(client: Client) -> None:
    letter = build(Document, title="Written in Russian", languages=("ru",))
    build(Witness, document=letter, language="ru")
    build(Witness, document=letter, language="fr", witness_kind="printed")
    imported = build(Document, title="Written in Russian, by another code", languages=("rus",))
    build(Witness, document=imported, language="eng")
    build(Witness, document=imported, language="fre", existence_certain=False)
    build(Witness, document=imported, language="de", state=State.DRAFT)
    build(Document, title="Written in French", languages=("fr",))
    both = {"Written in Russian", "Written in Russian, by another code"}
    assert found(client, "documents", original="ru") == both
    assert found(client, "documents", language="fr") == {"Written in Russian", "Written in French"}
    assert found(client, "documents", translated="fr") == {"Written in Russian"}
    assert found(client, "documents", translated="en") == {"Written in Russian, by another code"}
    assert found(client, "documents", translated="de") == set()
    assert found(client, "documents", translated="ru") == set()


def test_documents_printed_in_full_are_those_of_which_it_is_certain(client: Client) -> None:
    cases: dict[str, dict[str, Any]] = {
        "printed": {"witness_kind": "printed", "completeness": "full"},
        "extract": {"witness_kind": "printed", "completeness": "extract"},
        "inferred": {"witness_kind": "printed", "completeness": "full", "existence_certain": False},
        "perhaps": {
            "witness_kind": "printed",
            "completeness": "full",
            "completeness_certain": False,
        },
        "kept": {"witness_kind": "typed_copy", "completeness": "full"},
    }
    for title, values in cases.items():
        build(Witness, document=build(Document, title=title), **values)
    assert found(client, "documents", full="yes") == {"printed"}
    assert found(client, "documents", full="no") == set(cases) - {"printed"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"since": "1923", "until": "1923"}, {"October", "Long", "Open"}),
        ({"since": "1924"}, {"Long", "Open"}),
        ({"until": "1921"}, {"Long", "Until"}),
        ({"since": "1923-10-09"}, {"Long", "Open"}),
        ({"since": "1923-10", "until": "1923-10-08"}, {"October", "Long", "Open"}),
    ],
)
def test_a_date_range_takes_what_may_have_lasted_into_it(
    client: Client, query: dict[str, str], expected: set[str]
) -> None:
    for title, date in {
        "October": "1923-10-08",
        "Long": "1920/1990",
        "Open": "1922/..",
        "Until": "../1919",
        "Undated": "",
    }.items():
        build(Document, title=title, date=date)
    assert found(client, "documents", **query) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "yesterday"),
        ("until", "1923-13"),
        ("since", "9" * 400),
        ("genre", "nonsense"),
        ("repository", "nowhere"),
        ("language", "xx-nonsense"),
        ("full", "perhaps"),
        ("q", " ".join(f"w{number}" for number in range(30))),
        ("q", "a" * 700),
    ],
)
def test_bad_input_is_explained_beside_its_field_and_otherwise_left_out(
    client: Client, name: str, value: str
) -> None:
    build(Document, title="Still here")
    page = page_of(client, "/documents/", **{name: value})
    field = page.select_one(f"#id_{name}")
    assert names(page) == ["Still here"]
    assert field is not None
    assert field.parent is not None
    assert field.parent.select_one(".errorlist") is not None


def test_a_period_that_runs_backwards_is_told_so(client: Client) -> None:
    build(Document, title="In the spring", date="1923-04")
    page = page_of(client, "/documents/", since="1923", until="1922")
    assert names(page) == ["In the spring"]
    assert "before the date" in page.select("#id_until_error")[0].get_text()


def test_nothing_found_offers_the_whole_list(client: Client) -> None:
    page = page_of(client, "/documents/", q="nothing")
    assert page.select_one(".notice a[href='/documents/']")


def test_units_are_narrowed_by_repository_level_and_language(client: Client) -> None:
    house = build(Repository, code="house")
    fonds = build(Unit, repository=house, title="Fonds", languages=("ru", "fr"))
    build(Unit, parent=fonds, title="File", level="file")
    build(Unit, title="Elsewhere")
    assert found(client, "units", repository="house") == {"Fonds", "File"}
    assert found(client, "units", level="file") == {"File"}
    assert found(client, "units", language="fr") == {"Fonds"}


def test_other_lists_are_narrowed_by_kind_and_language(client: Client) -> None:
    build(Agent, name="Somebody")
    build(Agent, name="Some body", kind="corporate")
    build(Publication, title="Serial", kind="serial", language="rus")
    build(Publication, title="Book", kind="book", language="en")
    build(Event, title="Congress", kind="congress")
    build(Event, title="Meeting")
    assert found(client, "agents", kind="corporate") == {"Some body"}
    assert found(client, "publications", kind="book") == {"Book"}
    assert found(client, "publications", language="ru") == {"Serial"}
    assert found(client, "events", kind="congress") == {"Congress"}


def test_the_links_of_a_list_keep_the_language_of_its_address(client: Client) -> None:
    build(Document, title="A letter")
    page = page_of(client, "/fr/documents/")
    link = page.select_one(".records .title a")
    assert link is not None
    assert str(link["href"]).startswith("/fr/documents/")


def test_a_draft_genre_is_neither_offered_nor_shown(client: Client) -> None:
    genre = build(Term, kind="genre", label="confession", state=State.DRAFT)
    build(Document, title="A letter", genre=genre)
    assert "confession" not in page_of(client, "/documents/").get_text()
    assert found(client, "documents", genre=genre.identifier) == {"A letter"}
