"""What holds of every style in every language."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.translation import gettext
from lxml import etree

from catalogue.citation import STYLES, Citable, Kind, by_slug, citables, cite
from catalogue.citation.style import FOLDER, text
from catalogue.citation.wording import LANGUAGES
from catalogue.references import Folio, FolioRange, Reference
from tests.citation.letter import Letter

CSL = {"csl": "http://purl.org/net/xbiblio/csl"}
FILES = sorted((FOLDER / "styles").glob("*.csl"))
PUBLISHED = [path for path in FILES if not path.name.startswith("opis-")]
# Numbers that occur nowhere else in a citation, a letter and a verso among them.
SHELF = Reference(
    fond="P-7117",
    opis="22а",
    delo="8685",
    folios=(FolioRange(Folio(1153), Folio(1168, "", "v")), FolioRange(Folio(1170))),
)


def shelved(citable: Citable) -> Citable:
    assert citable.holding is not None
    return replace(citable, holding=replace(citable.holding, reference=SHELF))


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_an_archival_reference_is_lost_in_any_style(
    letter: Letter, language: str
) -> None:
    kept = shelved(citables(letter.document, language)[0])
    here = kept.holding
    assert here is not None
    whole = [citation for citation in cite(kept) if citation.form.whole]
    assert {citation.style for citation in whole} == set(STYLES)
    for citation in whole:
        assert here.name in citation.plain or here.acronym in citation.plain
        positions = [
            citation.plain.find(number)
            for number in ("P-7117", "22а", "8685", "1153", "1168", "1170")
        ]
        assert -1 not in positions, citation.plain
        assert positions == sorted(positions)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_can_be_cited_is_written_in_every_style(letter: Letter, language: str) -> None:
    found = citables(letter.document, language)
    assert {citable.kind for citable in found} == set(Kind) - {Kind.DOCUMENT, Kind.FOLIO}
    for citable in found:
        citations = cite(citable)
        in_print = citable.kind in (Kind.PRINTED, Kind.TRANSLATED)
        archival_only = {by_slug("france-archives")} if in_print else set()
        if citable.kind != Kind.COLLECTION:
            assert {citation.style for citation in citations} == set(STYLES) - archival_only
        for citation in citations:
            assert citation.plain.endswith((".", ")", ".”", citable.item.get("URL", ")")))
            assert ".." not in citation.plain
            assert "  " not in citation.plain


@pytest.mark.django_db
def test_a_chain_names_the_archive_the_first_printing_and_the_translator(letter: Letter) -> None:
    chain = next(found for found in citables(letter.document, "en") if found.kind == Kind.CHAIN)
    citations = cite(chain)
    assert {citation.style for citation in citations} == set(STYLES)
    for citation in citations:
        assert "685" in citation.plain
        assert (
            "irst printed in full in Izvestia TsK KPSS, 1990, no. 5, pp. 165–175" in citation.plain
        )
        assert "trans. Sylvestre Jaffard, with MB, Marxists Internet Archive" in citation.plain


@pytest.mark.django_db
def test_an_entry_keeps_to_one_script(letter: Letter) -> None:
    printed = next(found for found in citables(letter.document, "en") if found.kind == Kind.PRINTED)
    chicago = by_slug("chicago-notes")
    assert chicago is not None
    assert cite(printed, [chicago])[0].plain == (
        "Лев Давидович Троцкий, “Письмо членам ЦК и ЦКК РКП(б),” Известия ЦК КПСС,"
        " no. 5 (May 1990): 165–75."
    )


@pytest.mark.parametrize(
    ("date", "expected"), [("1923-10-08", "8 октября 1923 г."), ("1923-10", "октябрь 1923 г.")]
)
@pytest.mark.django_db
def test_a_russian_month_is_in_the_genitive_after_a_day_only(
    letter: Letter, date: str, expected: str
) -> None:
    letter.document.date = date
    letter.document.save()
    chicago = by_slug("chicago-notes")
    assert chicago is not None
    kept = citables(letter.document, "ru")[0]
    assert f", {expected}, машинописная копия" in cite(kept, [chicago])[0].plain


@pytest.mark.django_db
def test_a_date_that_is_not_certain_does_not_look_certain(letter: Letter) -> None:
    letter.document.date = "1923-09~"
    letter.document.save()
    kept = citables(letter.document, "en")[0]
    dated = [citation for citation in cite(kept) if "1923" in citation.plain]
    assert {citation.style for citation in dated} == set(STYLES)
    assert all("1923?]" in citation.plain for citation in dated)


def test_every_style_has_a_slug_and_forms_of_its_own() -> None:
    slugs = [style.slug for style in STYLES]
    assert len(set(slugs)) == len(slugs)
    assert all(by_slug(slug) is style for slug, style in zip(slugs, STYLES, strict=True))
    for style in STYLES:
        for language in LANGUAGES:
            forms = [form.slug for form in style.forms if language in form.languages]
            assert len(set(forms)) == len(forms) > 0
        assert gettext(str(style.label))


def test_no_file_is_missing_and_none_is_superfluous() -> None:
    used = {file for style in STYLES for file in style.files}
    assert {path.stem for path in FILES} == used


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_style_is_valid_csl(path: Path, shared: Path) -> None:
    schema = etree.RelaxNG(etree.parse(shared / "data/schemas/csl/styles/csl.rng"))
    schema.assertValid(etree.parse(path))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_style_stays_valid_with_our_terms_in_it(path: Path, language: str, shared: Path) -> None:
    schema = etree.RelaxNG(etree.parse(shared / "data/schemas/csl/styles/csl.rng"))
    schema.assertValid(etree.fromstring(text(path.stem, language, with_day=True).encode()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_style_sends_the_processor_to_no_other_file(path: Path) -> None:
    links = etree.parse(path).xpath("//csl:link/@rel", namespaces=CSL)
    assert "independent-parent" not in links


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name)
def test_a_published_style_is_unchanged(path: Path, shared: Path) -> None:
    original = shared / "data/samples/csl-styles" / path.name
    assert path.read_bytes() == original.read_bytes()


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name)
def test_the_authors_of_a_published_style_are_named(path: Path) -> None:
    notice = (FOLDER / "styles" / "NOTICE.md").read_text(encoding="utf-8")
    tree = etree.parse(path)
    authors = tree.xpath("//csl:author/csl:name/text()", namespaces=CSL)
    assert authors
    assert path.name in notice
    assert [author for author in authors if author not in notice] == []
