"""What is read off the graph, and what is only named beside it."""

import datetime
from typing import Any

from catalogue.models import Claim, Derivation, Document, Publication, Witness
from catalogue.stemma.firsts import find

PUBLIC = datetime.date(1, 1, 1)


def document(date: str = "1923-10-08", languages: tuple[str, ...] = ("ru",)) -> Document:
    found = Document(pk=1, title="Letter", date=date, languages=languages)
    found.read_date()
    return found


def printed(
    key: int, date: str, language: str = "ru", completeness: str = "full", **more: Any
) -> Witness:
    publication = Publication(pk=key, title=f"publication {key}", date=date, public_from=PUBLIC)
    publication.read_date()
    more.setdefault("witness_kind", "printed")
    return Witness(
        pk=key,
        label=f"witness {key}",
        publication=publication,
        language=language,
        completeness=completeness,
        **more,
    )


def test_the_first_full_printing_is_not_the_first_quotation() -> None:
    quotation, full = printed(1, "1924-05-24", completeness="quotation"), printed(2, "1990-05")
    firsts = find(document(), [full, quotation])
    assert firsts.printed.witness == quotation
    assert firsts.printed_in_full.witness == full
    assert firsts.years_unpublished == 67


def test_an_inferred_printing_never_wins_and_is_named_beside() -> None:
    inferred, full = printed(1, "1975", existence_certain=False), printed(2, "1990-05")
    first = find(document(), [inferred, full]).printed_in_full
    assert first.witness == full
    assert first.rivals == (inferred,)


def test_a_printing_of_uncertain_extent_is_named_beside_the_first_full_one() -> None:
    unknown = printed(1, "1975", completeness="unknown")
    unsure = printed(2, "1976", completeness="full", completeness_certain=False)
    extract = printed(3, "1977", completeness="extract")
    full = printed(4, "1990")
    first = find(document(), [unknown, unsure, extract, full]).printed_in_full
    assert first.witness == full
    assert first.rivals == (unknown, unsure)


def test_an_undated_printing_may_be_earlier_unless_it_derives_from_the_first() -> None:
    full, reprint, stray = printed(1, "1990-05"), printed(2, ""), printed(3, "")
    derivation = Derivation(pk=1, derived=reprint, base=full, derivation_kind="reprinted")
    first = find(document(), [full, reprint, stray], [derivation]).printed_in_full
    assert first.witness == full
    assert first.rivals == (stray,)


def test_a_broad_date_that_overlaps_cannot_be_ruled_out() -> None:
    year, month = printed(1, "1990"), printed(2, "1990-05")
    first = find(document(), [year, month]).printed_in_full
    assert first.witness == month
    assert first.rivals == (year,)


def test_where_nothing_is_certain_there_is_no_first() -> None:
    doubtful = printed(1, "1975", existence_certain=False)
    firsts = find(document(), [doubtful])
    assert firsts.printed.witness is None
    assert firsts.printed.rivals == (doubtful,)
    assert firsts.years_unpublished is None


def test_an_archival_copy_is_not_a_printing() -> None:
    copy = Witness(pk=1, label="copy", witness_kind="typed_copy", completeness="full")
    assert not find(document(), [copy]).printed


def test_translations_are_counted_by_language_apart_from_the_original() -> None:
    witnesses = [
        printed(1, "1990", "ru"),
        printed(2, "1925", "en", "extract"),
        printed(3, "1993", "en"),
        printed(4, "2014", "fr"),
    ]
    firsts = find(document(), witnesses)
    assert firsts.in_original_language.witness == witnesses[0]
    assert set(firsts.translated) == {"en", "fr"}
    assert firsts.translated["en"].witness == witnesses[1]
    assert firsts.translated_in_full["en"].witness == witnesses[2]


def test_without_an_original_language_nothing_is_called_a_translation() -> None:
    assert find(document(languages=()), [printed(1, "1990", "en")]).translated == {}


def test_a_publication_that_is_not_public_gives_no_date() -> None:
    hidden = printed(1, "1924")
    assert hidden.publication is not None
    hidden.publication.public_from = None
    assert find(document(), [hidden]).printed.witness is None


def test_years_are_not_counted_from_an_undated_document() -> None:
    assert find(document(date=""), [printed(1, "1990")]).years_unpublished is None


def test_statements_that_deny_are_named_and_change_nothing() -> None:
    letter, full = document(), printed(1, "1989")
    denial = Claim(
        pk=1, document=letter, claim_property="published_in_full", mode="denied", date="../1990-05"
    )
    other = Claim(pk=2, document=letter, claim_property="signature", mode="denied")
    set_aside = Claim(
        pk=3,
        document=letter,
        claim_property="published",
        mode="denied",
        standing="deprecated",
    )
    firsts = find(letter, [full], (), [denial, other, set_aside])
    assert firsts.printed_in_full.witness == full
    assert firsts.denials == (denial,)


def test_a_circle_of_disputed_derivations_ends() -> None:
    one, two = printed(1, "1990"), printed(2, "1991")
    circle = [
        Derivation(pk=1, derived=one, base=two, derivation_kind="reprinted"),
        Derivation(pk=2, derived=two, base=one, derivation_kind="reprinted"),
    ]
    assert find(document(), [one, two], circle).printed.witness == one
