"""References to the letter, as publications print them, lead to the letter."""

import pytest

from catalogue import references
from catalogue.resolve import Kind, Remark, resolve_all
from tests.letter.record import Record

LETTER = "wit-tsentr-partarkhiv-copy"
NOTE_21 = (
    "Archive Centrale du Parti, Institut du Marxisme-Léninisme, f. 17, inventaire 2, d. 103, "
    "feuillets 2-3 ; fonds 17, inventaire 3, d. 384, f. 3"
)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 53–68", Kind.EXACT, LETTER),
        ("RGASPI, f. 17, op. 2, d. 685, l. 60", Kind.INSIDE, LETTER),
        ("RGASPI 17/2/685/50–55", Kind.OVERLAPPING, LETTER),
        ("РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 69", Kind.FILE, "unit-17-2-685"),
        ("РГАСПИ. Ф. 17. Оп. 2. Д. 1. Л. 69", Kind.OPIS, "unit-17-2"),
        ("РГАСПИ. Ф. 17. Оп. 999. Д. 1", Kind.FOND, "unit-17"),
        ("РЦХИДНИ. Ф. 17. Оп. 2. Д. 685. Л. 53–68", Kind.CANDIDATE, LETTER),
        ("ЦПА ИМЛ при ЦК КПСС. Ф. 17. Оп. 162", Kind.CANDIDATE, "unit-17-162"),
        ("ЦПА ИМЛ при ЦК КПСС. Ф. 17. Оп. 2. Д. 685. Л. 53–68", Kind.CITED, LETTER),
        ("ф. 17, оп. 2, д. 685, л. 60", Kind.NO_REPOSITORY, LETTER),
    ],
)
def test_every_kind_of_answer(record: Record, text: str, kind: Kind, found: str) -> None:
    read = references.parse(text)
    assert read.whole is not None
    (answer,) = resolve_all([(read.whole, read.repositories)])
    assert answer.kind == kind
    assert [hit.record for hit in answer.hits] == [record[found]]


def test_the_number_of_1990_is_said_to_be_one(record: Record) -> None:
    read = references.parse("РГАСПИ. Ф. 17. Оп. 2. Д. 685")
    assert read.whole is not None
    (answer,) = resolve_all([(read.whole, read.repositories)])
    assert answer.year == 1990
    assert Remark.NUMBERS_OF_A_YEAR in answer.remarks


def test_both_references_of_note_21_are_on_record(record: Record) -> None:
    found = references.find(NOTE_21)
    answers = resolve_all((one.whole, one.repositories) for one in found if one.whole)
    assert [answer.kind for answer in answers] == [Kind.CITED, Kind.CITED]
    assert [hit.record for answer in answers for hit in answer.hits] == [
        record["wit-plenum-rvsr-103"],
        record["wit-plenum-rvsr-384"],
    ]
