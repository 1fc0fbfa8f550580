"""Citing a document, and taking it away as a file."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from catalogue import formats
from catalogue.citation import engine
from catalogue.links import address, export
from catalogue.models import Document
from catalogue.models.visibility import State
from tests.builders import build
from tests.citation.letter import Letter, make_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> Letter:
    return make_letter()


def cite(client: Client, letter: Letter, **query: str) -> BeautifulSoup:
    response = client.get(f"{address(letter.document)}cite/", query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def styles(page: BeautifulSoup) -> list[str]:
    return [str(heading["id"]) for heading in page.select("h2[id^=style-]")]


def test_all_styles_are_shown_at_first(client: Client, letter: Letter) -> None:
    page = cite(client, letter)
    assert {"style-chicago-notes", "style-mla", "style-gost-r-7-0-5-2008"} <= set(styles(page))


def test_one_folio_in_one_style_and_language(client: Client, letter: Letter) -> None:
    page = cite(client, letter, folio="60", style="gost-r-7-0-5-2008", language="ru")
    assert styles(page) == ["style-gost-r-7-0-5-2008"]
    text = page.get_text(" ", strip=True).replace("\xa0", " ")
    assert "РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 60." in text


def test_a_printing_is_cited_with_its_pages(client: Client, letter: Letter) -> None:
    page = cite(client, letter, what=f"printed-{letter.izvestia.identifier}", style="mla")
    text = page.get_text(" ", strip=True).replace("\xa0", " ")
    assert "165" in text
    assert "Известия ЦК КПСС" in text


@pytest.mark.parametrize("folio", ["99", "back", "68-53", "🙂"])
def test_a_folio_that_is_not_there_is_explained_and_all_of_it_cited(
    client: Client, letter: Letter, folio: str
) -> None:
    page = cite(client, letter, folio=folio, style="mla")
    assert page.select_one("#id_folio_error") is not None
    assert styles(page) == ["style-mla"]


def test_a_printed_text_has_no_folios(client: Client, letter: Letter) -> None:
    what = f"printed-{letter.izvestia.identifier}"
    page = cite(client, letter, what=what, folio="60", style="mla")
    assert page.select_one("#id_folio_error") is not None


@pytest.mark.parametrize("query", [{"what": "x"}, {"style": "x"}, {"language": "tlh"}])
def test_choices_that_there_are_not_are_left_out(
    client: Client, letter: Letter, query: dict[str, str]
) -> None:
    page = cite(client, letter, **query)
    assert page.select_one(".errorlist") is not None
    assert styles(page)


def test_without_the_processor_our_own_reference_stands(
    client: Client, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_given: object) -> None:
        raise engine.CitationError("The citation processor is not installed.")

    monkeypatch.setattr(engine, "_run", missing)
    page = cite(client, letter, folio="61")
    text = page.get_text(" ", strip=True).replace("\xa0", " ")
    assert "could not be had" in text
    assert "fond 17, opis 2, delo 685, list 61" in text
    assert styles(page) == []


def test_a_document_without_a_copy_is_cited_as_such(client: Client) -> None:
    document = build(Document, title="A letter that is lost", date="1923-10-08")
    page = BeautifulSoup(client.get(f"{address(document)}cite/").content, "html.parser")
    assert "A letter that is lost" in page.select(".citations .text")[0].get_text()


@pytest.mark.parametrize("slug", [found.slug for found in formats.FORMATS])
def test_each_format_is_streamed_under_a_safe_name(
    client: Client, letter: Letter, slug: str
) -> None:
    response = client.get(export(letter.document, slug))
    found = formats.by_slug(slug)
    assert found is not None
    assert response.streaming
    assert response["Content-Type"].startswith(found.media_type.split(";")[0])
    assert re.fullmatch(
        r'attachment; filename="[a-z0-9]+\.[a-z]+"', response["Content-Disposition"]
    )
    assert "685" in response.getvalue().decode()


def test_csl_json_is_json(client: Client, letter: Letter) -> None:
    items = json.loads(client.get(export(letter.document, "csl-json")).getvalue())
    assert any("165" in item.get("page", "") for item in items)


@pytest.mark.parametrize("path", ["export/csl-json/", "cite/"])
def test_what_is_not_public_is_neither_cited_nor_exported(client: Client, path: str) -> None:
    draft = build(Document, state=State.DRAFT)
    gone = build(Document)
    gone.withdraw()
    assert client.get(address(draft) + path).status_code == 404
    assert client.get(address(gone) + path).status_code == 410


def test_there_is_no_other_format(client: Client, letter: Letter) -> None:
    assert client.get(export(letter.document, "docx")).status_code == 404
