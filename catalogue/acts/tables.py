"""Tables as spreadsheets keep them: CSV in any of the ways that Excel saves it, and XLSX.

What comes in is hostile until read: sizes are bounded before anything is unpacked or built.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext_noop
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from catalogue.text import Misread, illegal_characters

LARGEST_FILE = 20 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_MEMBERS = 200  # files within an XLSX
MOST_ROWS = 50_000
MOST_COLUMNS = 300
LONGEST_CELL = 32_767
"""Characters that a cell of Excel holds."""
TOO_LONG = "[too long for a cell: not exported]"

# What a spreadsheet would take for a formula, or drop.
RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # wide forms count too

Cell = str | int | float | bool | datetime.date | None


class UnreadableTable(Misread):
    """A file that is no table that we can read."""


@dataclass(frozen=True)
class Table:
    """The rows of a sheet, the header first; how it was read; rows are counted from 1."""

    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    read_as: str
    encoding: str = ""

    @property
    def is_text(self) -> bool:
        """Nothing but text, as in CSV: numbers and dates look as the spreadsheet wrote them."""
        return bool(self.encoding)


def escape(value: str) -> str:
    """Text that no spreadsheet evaluates. ``unescape`` gives it back, letter by letter."""
    rest = value.lstrip("'")
    risky = rest.startswith(RISKY)
    return f"'{value}" if risky else value


def unescape(value: str) -> str:
    if value.startswith("'") and value.lstrip("'").startswith(RISKY):
        return value[1:]
    return value


# --- writing ---


def write_csv(
    rows: Iterable[Sequence[str]], *, mark: bool = True, delimiter: str = ","
) -> Iterator[bytes]:
    """``mark``: begin with the byte order mark by which Excel knows UTF-8."""
    if mark:
        yield b"\xef\xbb\xbf"
    for row in rows:
        line = io.StringIO()
        csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow(map(escape, row))
        yield line.getvalue().encode()


def write_xlsx(rows: Iterable[Sequence[str]], title: str) -> bytes:
    """Every cell is text and formatted as text, so that the spreadsheet leaves it as it is."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "C2"
    for number, row in enumerate(rows):
        cells = []
        for value in row:
            text = value if len(value) <= LONGEST_CELL else TOO_LONG
            cell = WriteOnlyCell(sheet, text)
            cell.data_type = "s"
            cell.number_format = "@"
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# --- reading ---


def read_table(stream: IO[bytes]) -> Table:
    """Raises UnreadableTable."""
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise UnreadableTable(
            gettext_noop("The file is larger than %(size)d MB."), size=LARGEST_FILE // 1024 // 1024
        )
    if not content.strip():
        raise UnreadableTable(gettext_noop("The file is empty."))
    if content.startswith(b"PK\x03\x04"):
        return _read_xlsx(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTable(
            gettext_noop("This is a workbook of Excel before 2007. Save it as .xlsx or CSV.")
        )
    return _read_csv(content)


def _read_csv(content: bytes) -> Table:
    decoded, encoding = _decode(content)
    if "\0" in decoded:
        raise UnreadableTable(gettext_noop("This is neither CSV nor XLSX."))
    declared = re.match(r"sep=(.)\r?\n", decoded, re.IGNORECASE)
    if declared:
        decoded = decoded[declared.end() :]
    delimiter = declared[1] if declared else _delimiter(decoded)
    csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = tuple(_bounded((n, tuple(row)) for n, row in enumerate(reader, start=1)))
    except csv.Error as error:
        raise UnreadableTable(
            gettext_noop("Line %(line)d is not CSV: %(reason)s"),
            line=reader.line_num,
            reason=error,
        ) from error
    return Table(
        tuple((n, tuple(_plain(cell) for cell in row)) for n, row in rows), "CSV", encoding
    )


def _plain(cell: Cell) -> Cell:
    return unescape(cell) if isinstance(cell, str) else cell


def _decode(content: bytes) -> tuple[str, str]:
    """Text, and its encoding: of those in which Excel saves the one that fits."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return content.decode(encoding).removeprefix("\ufeff"), encoding
            except UnicodeDecodeError as error:
                raise UnreadableTable(
                    gettext_noop("The text is damaged: it is not %(encoding)s."), encoding=encoding
                ) from error
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # Words of Cyrillic letters are long runs of high bytes; accents stand alone.
        encoding = "cp1251" if re.search(rb"[\xc0-\xff]{4}", content) else "cp1252"
        return content.decode(encoding, errors="replace"), encoding


def _delimiter(decoded: str) -> str:
    """The one that stands most often in the first line, outside quotation marks."""
    first = re.sub(r'"[^"]*"', "", decoded[:100_000]).splitlines()
    line = first[0] if first else ""
    return max(",;\t", key=line.count)


def _bounded(
    rows: Iterable[tuple[int, tuple[Cell, ...]]],
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Rows with anything in them, without the empty cells at their ends. Raises UnreadableTable."""
    for number, row in rows:
        if number > MOST_ROWS + 1:
            raise UnreadableTable(
                gettext_noop("The sheet has more than %(rows)d rows."), rows=MOST_ROWS
            )
        while row and row[-1] in (None, ""):
            row = row[:-1]
        if len(row) > MOST_COLUMNS:
            raise UnreadableTable(
                gettext_noop("Row %(row)d has more than %(columns)d columns."),
                row=number,
                columns=MOST_COLUMNS,
            )
        if row:
            yield number, row


def _read_xlsx(content: bytes) -> Table:
    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size need not be so
        given = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2)
        rows = tuple(_bounded((n, tuple(row)) for n, row in enumerate(given, start=1)))
    except UnreadableTable:
        raise
    except Exception as error:  # openpyxl raises whatever comes its way for a damaged file
        raise UnreadableTable(
            gettext_noop("The workbook cannot be read. Save it anew as .xlsx or CSV.")
        ) from error
    return Table(rows, "XLSX")


def _check_archive(content: bytes) -> None:
    """Unpack every member to count its bytes, keeping none: what it declares may be a lie."""
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise UnreadableTable(gettext_noop("The workbook is packed suspiciously."))
            for member in members:
                with archive.open(member) as unpacked:
                    while piece := unpacked.read(1 << 20):
                        left -= len(piece)
                        if left < 0:
                            raise UnreadableTable(
                                gettext_noop("The workbook is too large when unpacked.")
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise UnreadableTable(
            gettext_noop("The workbook cannot be read. Save it anew as .xlsx or CSV.")
        ) from error


def as_text(cell: Cell) -> str:
    """What a person sees in a cell, as far as it can be known."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").replace("_x000D_\n", "\n")


def first_illegal(value: str) -> Any:
    """The first character that nothing can store: (place, name); None if there is none."""
    return next(iter(illegal_characters(value)), None)
