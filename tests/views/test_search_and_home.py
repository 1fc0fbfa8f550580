"""The search box, the first page and what robots are told."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from catalogue.models import Agent, Document, Event, Publication, Title, Unit, Witness
from catalogue.models.visibility import State
from tests.builders import build

pytestmark = pytest.mark.django_db


def search(client: Client, query: str) -> BeautifulSoup:
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_all_kinds_of_record_are_found_in_groups(client: Client) -> None:
    build(Document, title="Комиссия: записка")
    build(Unit, title="Комиссия")
    build(Agent, name="Комиссия", kind="corporate")
    build(Publication, title="Труды комиссии")
    build(Event, title="Комиссия собралась")
    page = search(client, "КОМИССИ")
    assert [section["id"] for section in page.select("main .section")] == [
        "documents",
        "units",
        "agents",
        "publications",
        "events",
    ]


def test_twenty_are_shown_and_a_link_leads_to_all(client: Client) -> None:
    for number in range(21):
        build(Document, title=f"Letter {number}")
    page = search(client, "letter")
    link = page.select_one("#documents > .body > p > a")
    assert len(page.select("#documents .title")) == 20
    assert link is not None
    assert link["href"] == "/documents/?q=letter"


def test_drafts_are_never_found(client: Client) -> None:
    letter = build(Document, title="A secret letter", state=State.DRAFT)
    build(Title, document=letter, title="Секретное письмо")
    for query in ("secret", "секретное"):
        assert not search(client, query).select(".records")


@pytest.mark.parametrize(
    "query", ["", " ", "...", "%", "a" * 501, "w " * 40, "'; --", "дом🙂", "\\"]
)
def test_any_input_is_answered(client: Client, query: str) -> None:
    build(Document, title="A letter")
    main = search(client, query).main
    assert main is not None
    assert main.get_text(strip=True)


def test_a_query_that_is_too_long_says_what_was_looked_for(client: Client) -> None:
    assert "first 20 words" in search(client, " ".join(f"w{n}" for n in range(30))).get_text()


def test_nothing_found_helps_to_go_on(client: Client) -> None:
    page = search(client, "zzzz")
    assert page.select("main a[href='/documents/']")


def test_the_first_page_tells_the_best_documented_public_record(client: Client) -> None:
    letter = build(Document, title="The famous letter", languages=("ru",), date="1923-10-08")
    for year in ("1924", "1990"):
        build(
            Witness,
            document=letter,
            date=year,
            witness_kind="printed",
            completeness="full" if year == "1990" else "quotation",
            label=f"Printed in {year}",
            language="ru",
        )
    hidden = build(Document, title="A more famous draft", state=State.DRAFT)
    for _copy in range(3):
        build(Witness, document=hidden)
    lesser = build(Document, title="A lesser letter")
    build(Witness, document=lesser)
    for _copy in range(5):
        build(Witness, document=lesser, state=State.DRAFT)
    text = client.get("/").content.decode()
    assert "The famous letter" in text
    assert "Printed in 1990" in text
    assert "after 67 years" in text
    assert "A more famous draft" not in text


def test_the_first_page_leads_to_the_decades_that_there_are(client: Client) -> None:
    for date in ("1899", "1923-10-08", "1929", "1990-05"):
        build(Document, date=date)
    build(Document, date="1950", state=State.DRAFT)
    page = BeautifulSoup(client.get("/").content, "html.parser")
    links = [link["href"] for link in page.select(".glance a.number")]
    assert [str(link).split("?")[1][:10] for link in links] == [
        "since=1890",
        "since=1920",
        "since=1990",
    ]
    lists = [BeautifulSoup(client.get(str(link)).content, "html.parser") for link in links]
    assert [len(page.select(".records > li")) for page in lists] == [1, 2, 1]


def test_an_empty_catalogue_has_a_first_page(client: Client) -> None:
    assert client.get("/").status_code == 200


def test_robots_are_told_what_is_for_people(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /search/" in response.content.decode()
