"""Two versions of a text, compared word by word."""

from __future__ import annotations

import pytest

from catalogue.admin.history import words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "Something"),
        ("Дело с письмом", "Дело с двумя письмами"),
        ("one\n\ntwo", "one\ntwo\n"),
        ("same", "same"),
        ("a b c d", "d c b a"),
        ("line\n" * 2500, "line\n" * 2499 + "other\n"),
        ("first " * 1200 + "end", "second " * 1200),
        ("first\n" * 1200 + "end", "second\n" * 1200),
    ],
)
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = words.difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "deleted") == new


def test_only_the_words_that_differ_are_marked() -> None:
    pieces = words.difference("sent on the eighth of October", "sent on the ninth of October")
    marked = [(piece.kind, piece.text) for piece in pieces if piece.kind != "same"]
    assert marked == [("deleted", "eighth"), ("added", "ninth")]


def test_long_passages_without_a_change_are_shortened() -> None:
    pieces = words.difference("x " * 200 + "old", "x " * 200 + "new")
    short = words.shorten(pieces)
    assert len(short[0].text) < 60
    assert [piece.text for piece in short[1:]] == ["old", "new"]
