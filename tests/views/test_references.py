"""`/resolve/`: any footnote has an address that leads to its answer."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.links import address
from catalogue.models import UnitReference
from catalogue.models.visibility import State
from catalogue.views.references import LONGEST
from catalogue.views.security import POLICY
from tests.builders import build
from tests.resolve.records import Archive, archive_of_the_letter, put, shelve

pytestmark = pytest.mark.django_db

LETTER = "РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 53–68"


@pytest.fixture
def archive(db: None) -> Archive:
    return archive_of_the_letter()


def ask(client: Client, ref: str, **values: str) -> Any:
    return client.get("/resolve/", {"ref": ref} | values)


def page(client: Client, ref: str) -> BeautifulSoup:
    response = ask(client, ref, format="html")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def data(client: Client, ref: str) -> list[dict[str, Any]]:
    response = ask(client, ref, format="json")
    assert response["Content-Type"] == "application/json"
    found: list[dict[str, Any]] = response.json()["references"]
    return found


def test_one_exact_record_is_gone_to(client: Client, archive: Archive) -> None:
    response = ask(client, LETTER)
    assert response.status_code == 303
    assert response["Location"] == address(archive.letter)
    assert ask(client, "RGASPI, f. 17, op. 2")["Location"] == address(archive.opis)


def test_the_language_of_the_address_is_kept(client: Client, archive: Archive) -> None:
    response = client.get("/fr/resolve/", {"ref": LETTER})
    assert response["Location"] == f"/fr{address(archive.letter)}"


def test_the_answer_can_be_seen_all_the_same(client: Client, archive: Archive) -> None:
    link = page(client, LETTER).select_one("main .title a")
    assert link is not None
    assert link["href"] == address(archive.letter)


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        ("РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 60", "inside"),
        ("РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 50–60", "overlapping"),
        ("РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 69", "file-only"),
        ("РГАСПИ. Ф. 17. Оп. 2. Д. 9. Л. 69", "opis-only"),
        ("РГАСПИ. Ф. 17. Оп. 9. Д. 9. Л. 69", "fond-only"),
        ("РГАСПИ. Ф. 9. Оп. 9. Д. 9. Л. 69", "repository-only"),
        ("ЦПА ИМЛ при ЦК КПСС. Ф. 17. Оп. 2. Д. 685. Л. 53–68", "candidate"),
        ("ГАРФ. Ф. 9. Оп. 9. Д. 9. Л. 69", "unknown-repository"),
        ("ф. 17, оп. 2, д. 685, л. 60", "no-repository"),
    ],
)
def test_every_other_answer_is_a_page(
    client: Client, archive: Archive, ref: str, kind: str
) -> None:
    response = ask(client, ref)
    assert response.status_code == 200
    assert f'class="badge {kind}"' in response.content.decode()
    assert data(client, ref)[0]["resolution"]["kind"] == kind


def test_what_was_read_is_shown_by_level(client: Client, archive: Archive) -> None:
    rows = page(client, LETTER).select(".reading table tr")
    read = {row.select("th")[0].get_text(): row.select("td")[0].get_text() for row in rows}
    assert read == {
        "archive": "РГАСПИ",
        "fond": "17",
        "opis": "2",
        "delo (file)": "685",
        "folios": "53–68",
    }


def test_a_candidate_shows_the_successions(client: Client, archive: Archive) -> None:
    steps = page(client, "ЦПА ИМЛ. Ф. 17. Оп. 2. Д. 685").select(".timeline li")
    assert len(steps) == 2
    assert "not known to have been kept" in steps[0].get_text()


def test_programs_get_json_as_the_command_prints_it(client: Client, archive: Archive) -> None:
    response = client.get("/resolve/", {"ref": LETTER}, headers={"accept": "application/json"})
    body = response.json()
    assert body["ref"] == LETTER
    (found,) = body["references"]
    assert set(found) == {
        "raw",
        "start",
        "end",
        "scheme",
        "language",
        "readings",
        "resolution",
    }
    assert found["readings"][0]["folios"] == [
        {"from": "53", "from_side": None, "to": "68", "to_side": None}
    ]
    resolution = found["resolution"]
    assert resolution["kind"] == "exact"
    assert resolution["url"] == f"http://testserver{address(archive.letter)}"
    assert resolution["records"][0]["title"] == "The letter"


def test_a_browser_gets_a_page(client: Client, archive: Archive) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get("/resolve/", {"ref": "РГАСПИ. Ф. 17. Оп. 9"}, headers={"accept": accept})
    assert response["Content-Type"].startswith("text/html")


def test_what_the_answer_depends_on_is_said(client: Client, archive: Archive) -> None:
    response = ask(client, LETTER, format="html")
    assert "Accept" in response["Vary"].split(", ")
    assert "Accept-Language" in response["Vary"]
    assert response["Content-Security-Policy"] == POLICY
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_several_references_are_answered_in_order(client: Client, archive: Archive) -> None:
    found = data(client, f"См.: {LETTER}; ГАРФ. Ф. 9. Оп. 9. Д. 9; Там же. Д. 10.")
    assert [one["resolution"]["kind"] for one in found] == [
        "exact",
        "unknown-repository",
        "unknown-repository",
    ]
    assert ask(client, f"{LETTER}; {LETTER}").status_code == 200


def test_ibid_without_anything_before_is_refused(client: Client, archive: Archive) -> None:
    (found,) = data(client, "Там же. Л. 60")
    assert found["resolution"]["kind"] == "nothing-before"
    assert "refers to a reference before it" in page(client, "Там же. Л. 60").get_text()


def test_another_scheme_is_not_looked_for(client: Client, archive: Archive) -> None:
    (found,) = data(client, "BArch, R 43-I/161, fol. 91")
    assert found["resolution"]["kind"] == "other-scheme"
    assert "not a reference by fond" in page(client, "BArch, R 43-I/161, fol. 91").get_text()


def test_what_is_no_reference_is_helped(client: Client, archive: Archive) -> None:
    text = page(client, "a letter of Trotsky").get_text()
    assert "No reference could be read in this." in text
    assert data(client, "a letter of Trotsky") == []


def test_without_a_question_there_is_a_form(client: Client) -> None:
    response = client.get("/resolve/")
    assert response.status_code == 200
    assert BeautifulSoup(response.content, "html.parser").select("input#ref")


def test_a_text_too_long_is_refused_in_words(client: Client) -> None:
    for form in ("html", "json"):
        response = ask(client, "Ф. 1 " * (LONGEST // 5 + 1), format=form)
        assert response.status_code == 400
        assert f"at most {LONGEST}" in response.content.decode()


@pytest.mark.parametrize("ref", ["\x01", "<script>alert(1)</script>", "Ф. " * 300, "🙂", "%", "½"])
def test_any_text_is_answered(client: Client, ref: str) -> None:
    response = ask(client, ref)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_what_is_hidden_is_never_named(client: Client, archive: Archive) -> None:
    *_above, hidden = shelve(archive.rgaspi, "17", "2", "700")
    hidden.title = "A secret file"
    hidden.save()
    put(hidden, "A secret letter", ("1", "2"))
    build(UnitReference, unit=hidden, raw="secret", fond="17", opis="2", delo="685")
    hidden.state = State.DRAFT
    hidden.save()
    archive.note.document.withdraw()
    for ref in (
        "РГАСПИ. Ф. 17. Оп. 2. Д. 700. Л. 1",
        "РГАСПИ. Ф. 17. Оп. 2. Д. 701. Л. 1",
        "РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 70",
    ):
        text = ask(client, ref).content.decode()
        assert "ecret" not in text
        assert "A note" not in text
    hidden_answer = data(client, "РГАСПИ. Ф. 17. Оп. 2. Д. 700. Л. 1")[0]["resolution"]
    no_answer = data(client, "РГАСПИ. Ф. 17. Оп. 2. Д. 701. Л. 1")[0]["resolution"]
    assert {**hidden_answer, "explanation": ""} == {**no_answer, "explanation": ""}


def test_an_archive_that_only_the_catalogue_knows_is_read(client: Client, archive: Archive) -> None:
    archive.rgaspi.agent.names.update(form="Дом забытых бумаг", folded="", skeleton="")
    for name in archive.rgaspi.agent.names.all():
        name.save()
    assert ask(client, "Дом забытых бумаг. Ф. 17. Оп. 2").status_code == 303


def test_the_page_costs_a_bounded_number_of_queries(client: Client, archive: Archive) -> None:
    with CaptureQueriesContext(connection) as one:
        ask(client, "РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 60")
    several = "; ".join(f"РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. {leaf}" for leaf in range(53, 68))
    with CaptureQueriesContext(connection) as many:
        ask(client, several)
    assert len(one) < 20
    assert len(many) <= len(one)


# --- the search box ---


def test_a_reference_in_the_search_box_goes_to_its_answer(client: Client, archive: Archive) -> None:
    response = client.get("/search/", {"q": LETTER}, follow=True)
    assert response.redirect_chain[0][0].startswith("/resolve/?ref=")
    text = BeautifulSoup(response.content, "html.parser")
    links = [link["href"] for link in text.select("main a[href^='/search/']")]
    assert len(links) == 1
    assert client.get(str(links[0])).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["letter", "1923", "8.10.1923", "17/2/685", "Ф. 17", "a letter, 2 pages", "§ 5", "11 (81)"],
)
def test_other_queries_are_searched_for(client: Client, archive: Archive, query: str) -> None:
    assert client.get("/search/", {"q": query}).status_code == 200
