"""Records in a spreadsheet, and what has been changed in it."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.contrib.auth.models import User

from catalogue.acts.changing import apply, survey
from catalogue.acts.sheets import Sheet, compare, rows
from catalogue.acts.tables import Table, read_table, write_csv, write_xlsx
from catalogue.models import Act, Document, Term, TermLabel, Title, Unit, Witness
from tests.acts.state import stored
from tests.builders import build

pytestmark = pytest.mark.django_db


def exported(model: Any) -> list[list[Any]]:
    return [
        list(row) for row in rows(model, model.objects.order_by("pk").values_list("pk", flat=True))
    ]


def column(sheet: list[list[Any]], key: str) -> int:
    return next(place for place, head in enumerate(sheet[0]) if head.endswith(f"[{key}]"))


def back(model: Any, sheet: list[list[Any]], encoding: str = "") -> Sheet:
    table = Table(tuple((n, tuple(row)) for n, row in enumerate(sheet, start=1)), "XLSX", encoding)
    return compare(model, table)


def said(sheet: Sheet) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in sheet.problems]


def test_a_sheet_that_nobody_changed_asks_for_nothing(holding: Any) -> None:
    for model in holding:
        if model.__name__ in ("Act", "Tombstone"):
            continue
        content = exported(model)
        through = [
            write_xlsx(content, "x"),
            b"".join(write_csv(content)),
            b"".join(write_csv(content, delimiter=";", mark=False)),
        ]
        for file in through:
            sheet = compare(model, read_table(io.BytesIO(file)))
            assert (sheet.wanted, sheet.problems, sheet.mended) == ({}, (), 0), model


def test_changed_cells_are_brought_back_as_one_act() -> None:
    genre = build(Term, kind="genre", label="letter")
    document = build(Document, languages=("ru",), title_supplied=True, note="Old")
    build(Document)
    sheet = exported(Document)
    row = next(row for row in sheet if row[0] == document.identifier)
    for key, value in (
        ("genre", genre.identifier),
        ("languages", "ru fr"),
        ("title_supplied", "нет"),
        ("note", "New\r\nline"),
        ("status", "sought and not found"),
        ("date", "1923-10"),
    ):
        row[column(sheet, key)] = value
    sheet.insert(1, sheet.pop(2))  # sorted by somebody
    found = back(Document, sheet)
    assert found.problems == ()
    assert list(found.wanted) == [document.pk]
    survey(Document, found.wanted, found)
    before = stored()
    user = User.objects.create_user("clerk")
    outcome = apply(Document, found.versions, found, Act(kind="sheet"), user)
    assert outcome.changed == 1
    document.refresh_from_db()
    assert (document.genre, document.languages, document.title_supplied) == (
        genre,
        ("ru", "fr"),
        False,
    )
    assert (document.note, document.status, document.date) == ("New\nline", "not_found", "1923-10")
    assert stored() != before
    assert back(Document, exported(Document)).wanted == {}


def test_every_bad_cell_is_named_by_row_and_column() -> None:
    document, other = build(Document), build(Document)
    sheet = exported(Document)
    sheet[0] += ["Colour [colour]", "title"]
    sheet[1][column(sheet, "date")] = "soon"
    sheet[1][column(sheet, "genre")] = "nobody"
    sheet[1][column(sheet, "title")] = ""
    sheet[1][column(sheet, "note")] = "a\x0bb"
    sheet[1][column(sheet, "status")] = "happy"
    sheet += [["", "1", "x", "y"], ["unknown", "1"], [other.identifier, "1"]]
    found = back(Document, sheet)
    assert sorted(said(found)) == [
        (1, "Colour [colour]"),
        (1, "title"),
        *((2, name) for name in ("date", "genre", "note", "status", "title")),
        (4, "identifier"),
        (5, "identifier"),
        (6, "identifier"),
    ]
    assert found.wanted == {}
    assert Document.objects.get(pk=document.pk).title == document.title


def test_a_sheet_without_its_first_columns_cannot_be_read() -> None:
    assert said(back(Document, [["title"], ["x"]])) == [(1, "identifier"), (1, "version")]


def test_a_record_changed_since_the_export_is_refused_only_if_its_row_differs() -> None:
    first, second = build(Document, note="A"), build(Document, note="A")
    sheet = exported(Document)
    for record in (first, second):
        record.save()
    sheet[1][column(sheet, "note")] = "B"
    found = back(Document, sheet)
    assert said(found) == [(2, "version")]
    assert found.wanted == {}


@pytest.mark.parametrize(
    ("stored_as", "cell", "encoding"),
    [
        ("007", 7, ""),
        ("007", "7", "utf-8"),
        ("8.10", 8.1, ""),
        ("8.10", "8,1", "cp1251"),
        ("1923-10-08", 8682, ""),
        ("1923-10-08", "08.10.1923", "utf-8"),
        ("1923-10-08", "10/8/23", "utf-8"),
        ("Письмо №5 – é", "Письмо №5 – ?", "cp1251"),
        ("123456789012", "1,23457E+11", "cp1251"),
    ],
)
def test_what_a_spreadsheet_rewrites_by_itself_is_left_as_it_was(
    stored_as: str, cell: Any, encoding: str
) -> None:
    build(Unit, segment=stored_as)
    sheet = exported(Unit)
    sheet[1][column(sheet, "segment")] = cell
    found = back(Unit, sheet, encoding)
    assert (found.wanted, found.problems, found.mended) == ({}, (), 1)


def test_what_a_person_has_rewritten_is_not_taken_for_the_spreadsheet() -> None:
    unit = build(Unit, segment="7")
    sheet = exported(Unit)
    sheet[1][column(sheet, "segment")] = "007"
    assert back(Unit, sheet).wanted == {unit.pk: {"segment": "007"}}
    sheet[1][column(sheet, "segment")] = 8.1
    assert said(back(Unit, sheet)) == [(2, "segment")]
    sheet[1][column(sheet, "date")] = datetime.datetime(1923, 10, 8)
    sheet[1][column(sheet, "segment")] = 8
    assert back(Unit, sheet).wanted == {unit.pk: {"segment": "8", "date": "1923-10-08"}}


def test_rows_without_a_permanent_identifier_go_by_their_key() -> None:
    title = build(Title, title="Letter")
    build(TermLabel)
    sheet = exported(Title)
    sheet[1][column(sheet, "title")] = "The letter"
    assert back(Title, sheet).wanted == {title.pk: {"title": "The letter"}}


def test_text_longer_than_a_cell_is_left_out_and_left_alone() -> None:
    build(Document, note="x" * 40_000)
    content = write_xlsx(exported(Document), "x")
    found = compare(Document, read_table(io.BytesIO(content)))
    assert (found.wanted, found.problems) == ({}, ())


def test_relations_stand_with_their_labels() -> None:
    witness = build(Witness)
    sheet = exported(Witness)
    assert sheet[1][column(sheet, "document")] == witness.document.identifier
    assert sheet[1][column(sheet, "document:label")] == str(witness.document)
