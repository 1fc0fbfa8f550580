"""`manage.py references`: a line of JSON for each reference of a text."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalogue.links import address
from catalogue.management.commands import references as command
from tests.resolve.records import archive_of_the_letter

LETTER = "РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 53–68"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes.txt"


def run(file: Path | str, *options: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("references", str(file), *options, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def read(text: str, notes: Path, *options: str) -> list[dict[str, Any]]:
    notes.write_bytes(text.encode())
    return run(notes, "--no-resolve", *options)


def test_a_reference_is_a_line(notes: Path) -> None:
    """Without the mark of the database: --no-resolve asks nothing of it."""
    assert read(f"См. {LETTER}.", notes) == [
        {
            "raw": LETTER,
            "start": 4,
            "end": 4 + len(LETTER),
            "scheme": "fond-opis",
            "language": "ru",
            "readings": [
                {
                    "repository": "РГАСПИ",
                    "fond": "17",
                    "opis": "2",
                    "delo": "685",
                    "folios": [{"from": "53", "from_side": None, "to": "68", "to_side": None}],
                    "aux": {},
                }
            ],
            "resolution": None,
        }
    ]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(LETTER.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert [line["raw"] for line in run("-", "--no-resolve")] == [LETTER]


def test_a_text_without_references_has_no_lines(notes: Path) -> None:
    assert read("В начале было слово.", notes) == []
    assert read("", notes) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\r\n\r\n", "\n \n"])
@pytest.mark.parametrize("piece", [40, 100, 100_000])
def test_positions_are_those_of_the_whole_text(
    notes: Path, end: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "PIECE", piece)
    text = end.join(f"{number}. {LETTER}, а также слова." for number in range(20))
    lines = read(text, notes)
    assert len(lines) == 20
    assert all(text[line["start"] : line["end"]] == line["raw"] == LETTER for line in lines)


def test_a_paragraph_that_never_ends_is_cut_at_a_line(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "PIECE", 50)
    monkeypatch.setattr(command, "LONGEST_PARAGRAPH", 200)
    text = "\n".join(f"{LETTER}." for _number in range(30))
    assert [line["start"] for line in read(text, notes)] == list(
        range(0, 30 * (len(LETTER) + 2), len(LETTER) + 2)
    )


def test_a_byte_order_mark_is_not_counted(notes: Path) -> None:
    notes.write_bytes(b"\xef\xbb\xbf" + LETTER.encode())
    assert run(notes, "--no-resolve")[0]["start"] == 0


def test_another_encoding_can_be_named(notes: Path) -> None:
    notes.write_bytes(LETTER.replace("–", "-").encode("koi8-r"))
    with pytest.raises(CommandError, match="byte 0x"):
        run(notes, "--no-resolve")
    assert run(notes, "--no-resolve", "--encoding=koi8-r")[0]["readings"][0]["fond"] == "17"


@pytest.mark.parametrize("options", [["--no-resolve"], ["--no-resolve", "--encoding=nothing"]])
def test_what_cannot_be_read_is_said(tmp_path: Path, options: list[str]) -> None:
    for file in (tmp_path, tmp_path / "absent.txt"):
        with pytest.raises(CommandError, match=r"cannot be read|no encoding called"):
            run(file, *options)


@pytest.mark.django_db
def test_each_line_says_what_it_leads_to(notes: Path) -> None:
    archive = archive_of_the_letter()
    notes.write_text(
        f"{LETTER}.\n\nТам же. Л. 60.\n\nЦПА ИМЛ. Ф. 17. Оп. 2. Д. 685\n\nBArch, R 43-I/161",
        "utf-8",
    )
    lines = [line["resolution"] for line in run(notes)]
    assert [line["kind"] for line in lines] == ["exact", "inside", "candidate", "other-scheme"]
    assert lines[0]["url"] == address(archive.letter)
    assert lines[1]["url"] is None
    assert lines[1]["records"][0]["url"] == address(archive.letter)
    assert [step["numbering"] for step in lines[2]["succession"]] == ["unknown", "unknown"]


@pytest.mark.django_db
def test_ibid_at_the_beginning_is_refused(notes: Path) -> None:
    notes.write_text("Там же. Л. 60.", "utf-8")
    assert run(notes)[0]["resolution"]["kind"] == "nothing-before"


@pytest.mark.django_db
def test_many_references_are_looked_up_together(
    notes: Path, django_assert_max_num_queries: Any
) -> None:
    archive_of_the_letter()
    notes.write_text("\n\n".join(f"{LETTER[:-5]}{leaf}." for leaf in range(300)), "utf-8")
    with django_assert_max_num_queries(30):
        assert len(run(notes)) == 300
