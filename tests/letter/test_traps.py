"""What a hasty cataloguer would get wrong in the letter of 8 October 1923."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalogue.models import (
    AgentName,
    AgentRelation,
    Claim,
    Derivation,
    Evidence,
    OutsideIdentifier,
    Publication,
    Question,
    Repository,
    Statement,
    Witness,
)
from catalogue.stemma import firsts
from tests.letter.record import Record

LETTER = "doc-letter-1923-10-08"


def firsts_of(record: Record) -> firsts.Firsts:
    letter = record[LETTER]
    return firsts.find(
        letter,
        letter.witnesses.public().select_related("publication"),
        Derivation.objects.public().filter(derived__document=letter),
        letter.claims.public(),
    )


def test_never_printed_in_full_is_said_of_the_time_before_its_speakers_printed_it(
    record: Record,
) -> None:
    denied = record[f"{LETTER}/never-in-full"]
    (evidence,) = record.evidence[denied.pk]
    assert (denied.mode, denied.value, denied.date) == ("denied", "", "../1990-05")
    assert evidence.speaker == record["c-izv-eds"]
    assert (evidence.date, evidence.attribution) == ("1990-05", "assumed")
    assert record[f"{LETTER}/first-in-full"].question == denied.question


def test_the_letter_was_first_printed_in_full_in_1990_whoever_denied_it(record: Record) -> None:
    found = firsts_of(record)
    assert found.printed_in_full.witness == record["wit-izvestia-1990"]
    assert found.years_unpublished == 67
    assert record[f"{LETTER}/never-in-full"] in found.denials


def test_the_first_words_in_print_were_of_1924_and_the_first_english_of_1925(
    record: Record,
) -> None:
    found = firsts_of(record)
    assert found.printed.witness == record["wit-sv-1924"]
    assert found.translated["en"].witness == record["wit-eastman-1925"]
    assert found.translated["fr"].witness == record["wit-french-2014"]


def test_a_book_that_is_only_inferred_to_carry_the_letter_is_no_first(record: Record) -> None:
    inferred = record["wit-pathfinder-1975"]
    assert not inferred.existence_certain
    assert inferred in firsts_of(record).printed_in_full.rivals


def test_the_original_is_no_witness(record: Record) -> None:
    kinds = set(Witness.objects.public().values_list("witness_kind", "survival"))
    assert not {kind for kind, _ in kinds} & {"original", "autograph"}
    assert not {survival for _, survival in kinds} & {"hypothetical", "lost"}


def test_questions_in_which_sources_disagree_have_no_preferred_side(record: Record) -> None:
    decided = set()
    for question in Question.objects.public():
        sides = [row for row in record.statements.values() if row.question_id == question.pk]
        assert sides, question
        if any(row.standing == "preferred" for row in sides):
            decided.add(record.key_of[question.identifier])
            assert question.resolution
    assert decided == {"q-pages"}


def test_every_statement_has_evidence_that_a_reader_may_see(record: Record) -> None:
    assert [str(row) for row in record.statements.values() if row.pk not in record.evidence] == []


def test_every_statement_of_the_record_is_public(record: Record) -> None:
    assert Statement.objects.count() == len(record.statements)


def test_numbers_that_nobody_has_seen_are_empty(record: Record) -> None:
    assert [(row.scheme, row.value) for row in OutsideIdentifier.objects.all()] == [
        ("wikidata", "Q33391")
    ]
    assert Repository.objects.get().isil == ""
    numbered = Publication.objects.exclude(isbn="", issn="", doi="")
    assert [row.isbn for row in numbered] == ["9780873484503"]
    assert record["pub-izv-1990"].number == ""
    assert record["pub-mia-fr-2014"].url == ""


def test_nothing_is_said_to_have_been_read_on_a_day_that_is_not_known(record: Record) -> None:
    assert not Evidence.objects.filter(accessed__isnull=False).exists()


def test_one_archive_under_dated_names_and_its_successors_with_unknown_numbering(
    record: Record,
) -> None:
    names = {
        row.form: row.date
        for row in AgentName.objects.public().filter(agent=record["c-tspa-iml"], language="ru")
    }
    assert names == {
        "ЦПА ИМЭЛ": "1931/1954",
        "ЦПА ИМЭЛС": "1954/1956",
        "ЦПА ИМЛ при ЦК КПСС": "1956/1991",
        "ЦПА ИТИС": "1991-04?/1991-10",
    }
    kinds = ("successor_of", "merger_of")
    rows = AgentRelation.objects.public().filter(relation_kind__in=kinds)
    links = {
        (record.key_of[row.source.identifier], record.key_of[row.target.identifier], row.numbering)
        for row in rows
    }
    assert links == {
        ("c-rtskhidni", "c-tspa-iml", "unknown"),
        ("c-rgaspi", "c-rtskhidni", "unknown"),
        ("c-rgaspi", "c-tskhdmo", "unknown"),
    }


def test_no_reference_is_called_current(record: Record) -> None:
    unit = record["unit-17-2-685"]
    assert {row.reference_kind for row in unit.references.public()} == {"cited"}
    assert unit.parent.title == "Title unverified"
    assert all(step.title_supplied for step in [*unit.ancestors(), unit])


def test_the_french_is_of_the_text_of_izvestia_and_which_copy_was_in_hand_is_open(
    record: Record,
) -> None:
    rows = Derivation.objects.public().filter(derived=record["wit-french-2014"])
    assert {(record.key_of[row.base.identifier], row.certainty) for row in rows} == {
        ("wit-izvestia-1990", "certain"),
        ("wit-rabkrin", "possible"),
    }
    assert {row.question for row in rows} == {record["q-base"]}
    assert record["wit-french-2014/base-in-hand"].mode == "silent"


def test_that_izvestia_printed_the_typed_copy_is_inferred(record: Record) -> None:
    (row,) = Derivation.objects.public().filter(derived=record["wit-izvestia-1990"])
    assert row.base == record["wit-tsentr-partarkhiv-copy"]
    assert row.certainty == "probable"
    assert {evidence.basis for evidence in record.evidence[row.pk]} == {"inferred"}


def test_what_was_looked_for_in_vain_is_sought_and_not_denied(record: Record) -> None:
    sought = {
        record.key_of[claim.identifier] for claim in Claim.objects.public().filter(mode="sought")
    }
    assert sought == {
        f"{LETTER}/in-german",
        f"{LETTER}/in-italian",
        "doc-commission-records/sought",
        "pub-arkhiv-trotskogo/contains",
        "pub-cahiers/contains",
        "pub-mia-fr-2014/address",
        "pub-new-park-1975/sought",
    }


def test_the_two_kamenevs_are_not_the_same(record: Record) -> None:
    row = AgentRelation.objects.public().get(relation_kind="different_from")
    assert {row.source, row.target} == {record["p-kamenev-lb"], record["p-kamenev-ss"]}


def test_initials_that_are_not_expanded_stay_so(record: Record) -> None:
    assert record["p-mb"].name == "MB"
    assert record.forms(record["p-mb"]) == {"MB"}
    assert record["mb-identity"].mode == "silent"


def test_names_as_printed_are_printed_where_they_are_said_to_be(
    record: Record, shared: Path, facts: dict[str, Any]
) -> None:
    """Word for word, in the lines of the note or section; breaks of lines aside."""
    (source,) = (shared / "letter").glob("*.txt")
    printed = passages(source.read_text("utf-8").splitlines(), facts)
    astray = []
    for name in AgentName.objects.public().filter(name_kind="as_printed"):
        for part, *_voice in record.said(name):
            if joined(name.form) not in printed[part or "head"]:
                astray.append((name.form, part))
    assert astray == []


def joined(passage: str) -> str:
    return re.sub(r"[\s-]+", "", passage.replace("’", "'"))


def passages(lines: list[str], facts: Mapping[str, Any]) -> dict[str, str]:
    """Part → its text without spaces; the heading holds the whole first page."""
    spans = {f"s{section['n']}": section["lines"] for section in facts["sections"]}
    spans |= {f"n{note['n']}": note["lines"] for note in facts["notes"]}
    spans |= {"foot": facts["letter"]["lines"]["signature"], "head": ["2", "75"]}
    return {
        part: joined("".join(lines[int(first) - 1 : int(last)]))
        for part, (first, last) in spans.items()
    }
