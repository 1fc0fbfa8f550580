"""What can be cited of a document, and what must not be told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from catalogue.citation import Citable, FolioError, Kind, citables, cite, composed, exported
from catalogue.models import (
    AgentName,
    Contribution,
    Derivation,
    Document,
    FolioRange,
    Publication,
    Unit,
    UnitReference,
    Witness,
)
from tests.builders import build
from tests.citation.letter import Letter, make_letter

pytestmark = pytest.mark.django_db


def kinds(letter: Letter, language: str = "en") -> list[Kind]:
    return [citable.kind for citable in citables(letter.document, language)]


def told(letter: Letter) -> str:
    """All that anything citable says, in any language."""
    found = [
        citable
        for language in ("en", "fr", "ru")
        for citable in citables(letter.document, language)
    ]
    return "\n".join(
        f"{citable.slug} {citable.label} {citable.item} {citable.caution} {composed(citable)}"
        f" {citable.short} {citable.description}"
        for citable in found
    )


def hide(record: Any) -> None:
    record.state = "draft"
    record.save()


def test_what_is_kept_comes_first_and_the_chain_after_what_is_printed(letter: Letter) -> None:
    assert kinds(letter) == [
        Kind.KEPT,
        Kind.KEPT,  # as it was called in 1990
        Kind.TRANSLATED,  # 1925
        Kind.PRINTED,  # 1990
        Kind.TRANSLATED,  # 2014
        Kind.CHAIN,
        Kind.COLLECTION,
    ]


def test_every_citable_has_a_slug_of_its_own(letter: Letter) -> None:
    slugs = [citable.slug for citable in citables(letter.document, "en")]
    assert len(set(slugs)) == len(slugs)


def test_the_number_of_1990_under_todays_name_is_said_to_be_ours(letter: Letter) -> None:
    today, in_1990 = citables(letter.document, "en")[:2]
    assert today.holding is not None
    assert today.holding.acronym == "RGASPI"
    assert "1990" in today.caution
    assert "Central Party Archive of the Institute of Marxism-Leninism" in today.caution
    assert in_1990.holding is not None
    assert in_1990.holding.name == "Central Party Archive of the Institute of Marxism-Leninism"
    assert in_1990.caution == ""


def test_a_reference_that_is_known_to_be_current_needs_no_caution(letter: Letter) -> None:
    build(UnitReference, unit=letter.delo, raw="Ф. 17", reference_kind="current")
    assert citables(letter.document, "en")[0].caution == ""


def test_an_old_name_is_told_in_its_own_words_where_there_are_no_others(letter: Letter) -> None:
    AgentName.objects.filter(form__startswith="Central Party").delete()
    in_1990 = citables(letter.document, "en")[1]
    assert in_1990.holding is not None
    assert in_1990.holding.name == "ЦПА ИМЛ при ЦК КПСС"


def test_the_old_name_is_found_by_the_day_of_the_printing_alone(letter: Letter) -> None:
    UnitReference.objects.all().delete()
    today, in_1990 = citables(letter.document, "ru")[:2]
    assert today.caution == ""
    assert in_1990.slug.endswith("-1990")
    assert "ЦПА ИМЛ при ЦК КПСС" in composed(in_1990)


def test_a_folio_stands_in_place_of_the_leaves(letter: Letter) -> None:
    kept = citables(letter.document, "ru")[0]
    assert composed(kept.at("л. 60 об.")).endswith("Ф. 17. Оп. 2. Д. 685. Л. 60 об.")
    leaf = kept.at("60, 62–64")
    assert leaf.kind == Kind.FOLIO
    assert leaf.item["archive_location"].endswith("л. 60, 62–64")


@pytest.mark.parametrize(
    "folio", ["52", "69", "60–69", "", "  ", "leaf", "60; DROP", "68v–53", "9" * 40]
)
def test_a_folio_that_the_witness_does_not_have_is_refused(letter: Letter, folio: str) -> None:
    with pytest.raises(FolioError) as refused:
        citables(letter.document, "en")[0].at(folio)
    assert refused.value.sentence % refused.value.values


def test_what_is_printed_has_no_folios(letter: Letter) -> None:
    printed = next(found for found in citables(letter.document, "en") if found.kind == Kind.PRINTED)
    with pytest.raises(ValueError, match="not kept in an archive"):
        printed.at("60")


def test_a_document_that_is_not_public_cannot_be_cited(letter: Letter) -> None:
    hide(letter.document)
    assert citables(letter.document, "en") == ()
    assert list(exported([letter.document], "en")) == []


@pytest.mark.parametrize(
    ("choose", "secret"),
    [
        (lambda letter: letter.delo, "685"),
        (lambda letter: letter.delo.parent.parent, "fond 17"),
        (lambda letter: letter.rgaspi, "РГАСПИ"),
        (lambda letter: letter.rgaspi.agent, "RGASPI"),
        (lambda letter: letter.rgaspi.place, "Moscow"),
        (lambda letter: letter.trotsky, "'Trotsky'"),
        (lambda letter: letter.copy, "685"),
        (lambda letter: letter.izvestia, "Izvestia"),
        (lambda letter: letter.izvestia.publication, "1990, no. 5"),
        (lambda letter: letter.izvestia.publication.parent, "Известия"),
        (lambda letter: letter.document.genre, "ettre du"),
        (lambda letter: AgentName.objects.get(form="Trotsky, Léon"), "Léon"),
        (lambda letter: AgentName.objects.get(form="ЦПА ИМЛ при ЦК КПСС"), "ЦПА ИМЛ"),
        (lambda letter: Contribution.objects.get(role="assistant"), "MB"),
        (lambda letter: UnitReference.objects.get(), "confirmed by no source"),
    ],
)
def test_what_is_not_public_is_not_told(
    letter: Letter, choose: Callable[[Letter], Model], secret: str
) -> None:
    assert secret in told(letter)
    hide(choose(letter))
    assert secret not in told(letter)


def test_a_proposed_statement_is_not_told(letter: Letter) -> None:
    Contribution.objects.filter(role="translator").update(standing="proposed")
    assert "Jaffard" not in told(letter)


def test_a_statement_that_no_longer_stands_is_not_cited(letter: Letter) -> None:
    Contribution.objects.filter(role="author").update(standing="deprecated")
    assert "'Trotsky'" not in told(letter)


def test_a_lost_witness_is_not_cited(letter: Letter) -> None:
    letter.copy.survival = "lost"
    letter.copy.save()
    assert Kind.KEPT not in kinds(letter)


def test_what_is_only_inferred_to_stand_there_is_said_to_be(letter: Letter) -> None:
    letter.eastman.existence_certain = False
    letter.eastman.save()
    slug = f"translated-{letter.eastman.identifier}"
    found = {citable.slug: citable for citable in citables(letter.document, "en")}
    assert "inferred" in found[slug].caution


def test_the_chain_begins_with_the_first_printing_in_full(letter: Letter) -> None:
    early = build(Publication, kind="newspaper", title="Sotsialisticheskii vestnik", date="1924")
    build(
        Witness,
        document=letter.document,
        label="Quotation 1924",
        publication=early,
        witness_kind="printed",
        completeness="quotation",
        language="ru",
    )
    chain = next(found for found in citables(letter.document, "en") if found.kind == Kind.CHAIN)
    assert chain.slug.startswith(f"chain-{letter.izvestia.identifier}-")
    assert "first printed in full in Izvestia" in chain.item["note"]


def test_a_chain_does_not_say_in_full_of_what_is_not_known_to_be(letter: Letter) -> None:
    letter.izvestia.completeness_certain = False
    letter.izvestia.save()
    chain = next(found for found in citables(letter.document, "en") if found.kind == Kind.CHAIN)
    assert chain.item["note"].startswith("first printed in Izvestia")


def test_a_document_never_printed_has_no_chain(letter: Letter) -> None:
    Derivation.objects.all().delete()
    for witness in (letter.izvestia, letter.french, letter.eastman):
        hide(witness)
    assert set(kinds(letter)) == {Kind.KEPT, Kind.COLLECTION}


def test_a_document_of_which_nothing_is_known_is_cited_by_itself() -> None:
    document = build(Document, title="Memorandum to the Central Committee", date="1923-09-19?")
    [found] = citables(document, "en")
    assert found.kind == Kind.DOCUMENT
    assert composed(found) == "Memorandum to the Central Committee, 19 September 1923 (?)."
    citations = cite(found)
    assert citations
    assert all("emorandum" in c.plain for c in citations if c.form.slug != "repeated")
    assert [item.item["title"] for item in exported([document], "en")] == [
        "Memorandum to the Central Committee"
    ]


def test_a_unit_of_another_scheme_keeps_every_level_of_its_reference(letter: Letter) -> None:
    box = build(
        Unit,
        parent=letter.delo.parent,
        level="subseries",
        level_label="box",
        segment="9/b",
        title="Box",
    )
    item = build(Unit, parent=box, level="item", level_label="item", segment="31", title="Item")
    letter.copy.unit = item
    letter.copy.save()
    for citation in cite(citables(letter.document, "en")[0]):
        if citation.form.whole:
            assert "ond 17, opis 2, box 9/b, item 31" in citation.plain
            assert "53–68" in citation.plain


def test_a_reference_given_whole_by_the_source_is_printed_as_given(letter: Letter) -> None:
    letter.delo.reference_given = "bMS Russ 13.1 (T-8)"
    letter.delo.save()
    assert "bMS Russ 13.1 (T-8), listy 53–68" in composed(citables(letter.document, "en")[0])


def test_an_archive_without_a_number_is_still_named(letter: Letter) -> None:
    letter.copy.unit = None
    letter.copy.repository = letter.rgaspi
    letter.copy.save()
    FolioRange.objects.all().delete()
    kept = citables(letter.document, "en")[0]
    assert "Russian State Archive of Socio-Political History" in composed(kept)
    assert all(citation.plain for citation in cite(kept))


@pytest.mark.parametrize("language", ["de", "", "fr-CH", "zz"])
def test_any_language_of_a_reader_is_answered(letter: Letter, language: str) -> None:
    kept: Citable = citables(letter.document, language)[0]
    assert kept.language == ("fr" if language == "fr-CH" else "en")


def test_the_number_of_queries_does_not_grow(
    letter: Letter, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as one:
        assert len(list(exported([letter.document], "en"))) == 4
    documents = [make_letter(f"archive-{number}").document for number in range(3)]
    with django_assert_num_queries(len(one)):
        assert len(list(exported([letter.document, *documents], "en"))) == 16


def test_the_number_of_queries_of_a_page_does_not_grow_with_its_printings(
    letter: Letter, django_assert_max_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as before:
        citables(letter.document, "en")
    for number in range(5):
        build(
            Witness,
            document=letter.document,
            label=f"Reprint {number}",
            publication=letter.izvestia.publication,
            witness_kind="printed",
        )
    with django_assert_max_num_queries(len(before)):
        citables(letter.document, "en")
