"""Tables in and out: whatever a spreadsheet does to them, and whatever somebody hides in one."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from catalogue.acts import tables
from catalogue.acts.tables import (
    RISKY,
    UnreadableTable,
    escape,
    read_table,
    unescape,
    write_csv,
    write_xlsx,
)

ROWS = [
    ["identifier", "title [title]"],
    ["b", "=1+1"],
    ["c", "'=1"],
    ["d", "'tis"],
    ["e", 'Ё, "q"; 007\nsecond'],
]


def values(table: tables.Table) -> list[list[object]]:
    return [list(cells) for _row, cells in table.rows]


@given(st.text(alphabet=st.sampled_from("=+-@'\t\rаb ")))
def test_what_is_escaped_is_never_a_formula_and_comes_back(value: str) -> None:
    assert unescape(escape(value)) == value
    assert not escape(value).startswith(RISKY)


def test_csv_and_xlsx_come_back_as_they_were() -> None:
    for mark, delimiter in ((True, ";"), (False, ",")):
        content = b"".join(write_csv(ROWS, mark=mark, delimiter=delimiter))
        assert content.startswith(b"\xef\xbb\xbf") == mark
        assert values(read_table(io.BytesIO(content))) == ROWS
    assert values(read_table(io.BytesIO(write_xlsx(ROWS, "Units: [all]")))) == ROWS


def test_no_cell_of_an_xlsx_is_a_formula() -> None:
    content = write_xlsx([["=cmd|' /C calc'!A0", "+1"]], "x")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert sheet.count(b'"inlineStr"') == 2


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1251", ";"), ("utf-8", ",")],
)
def test_csv_is_read_in_every_way_that_excel_saves_it(encoding: str, delimiter: str) -> None:
    content = f"id{delimiter}title\r\n1{delimiter}Письмо".encode(encoding)
    assert values(read_table(io.BytesIO(content))) == [["id", "title"], ["1", "Письмо"]]


def test_western_letters_and_a_declared_separator_are_read() -> None:
    content = "sep=|\r\nid|title\r\n1|Éditions à l’été".encode("cp1252")
    table = read_table(io.BytesIO(content))
    assert values(table) == [["id", "title"], ["1", "Éditions à l’été"]]
    assert table.encoding == "cp1252"


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 3_000_000)
    return stream.getvalue()


def entities() -> bytes:
    """A workbook whose sheet declares an entity of an entity of an entity."""
    book = Workbook()
    stream = io.BytesIO()
    book.save(stream)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    evil = (
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&l8;</t></is></c></row></sheetData></worksheet>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, evil if "sheet1" in name else old.read(name))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (b"\xd0\xcf\x11\xe0 old", "before 2007"),
        (b"a,b\0c", "neither CSV nor XLSX"),
        (b'a,"b\n' * 3, "not CSV"),
        (b"\xff\xfea", "damaged"),
        (("a," * 301 + "b").encode(), "more than 300 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_words(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableTable, match=words):
        read_table(io.BytesIO(content))


def test_what_is_too_large_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "LARGEST_UNPACKED", 1_000_000)
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    with pytest.raises(UnreadableTable, match="too large when unpacked"):
        read_table(io.BytesIO(bomb()))
    with pytest.raises(UnreadableTable, match="more than 3 rows"):
        read_table(io.BytesIO(b"a\n" * 6))
    monkeypatch.setattr(tables, "LARGEST_FILE", 10)
    with pytest.raises(UnreadableTable, match="larger"):
        read_table(io.BytesIO(b"a" * 11))


def test_entities_of_entities_are_not_unfolded() -> None:
    with pytest.raises(UnreadableTable, match="cannot be read"):
        read_table(io.BytesIO(entities()))


def test_a_cell_far_away_costs_nothing() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "identifier"
    sheet["A1048576"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    with pytest.raises(UnreadableTable, match="rows"):
        read_table(stream)
