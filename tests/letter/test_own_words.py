"""The catalogue holds facts about the translation, in our own words, and none of its sentences."""

import re
from pathlib import Path
from typing import Any

from catalogue import text
from catalogue.management.commands.load_demo import FOLDER

RUN = 8  # words


def words(passage: str) -> list[str]:
    return re.findall(r"\w+", text.fold(passage))


def runs(passage: str) -> set[tuple[str, ...]]:
    found = words(passage)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def test_no_eight_words_of_the_source_stand_in_the_fixture(
    shared: Path, facts: dict[str, Any]
) -> None:
    """But for what has to be letter by letter: the title, names, references and addresses."""
    (source,) = (shared / "letter").glob("*.txt")
    title = facts["letter"]["title_fr_as_printed"]
    exact = runs(title)
    for reference in facts["archival_references"]:
        exact |= runs(reference["raw"])
    for body in facts["corporate_bodies"]:
        exact |= {run for form in body.get("forms_in_source", []) for run in runs(form)}
    for address in facts["urls_printed"]:
        exact |= runs(address["url"])
    theirs = runs(source.read_text("utf-8")) - exact
    assert len(theirs) > 5000
    for path in FOLDER.iterdir():
        ours = runs(path.read_text("utf-8"))
        assert ours & theirs == set(), path.name


def test_a_copied_sentence_would_be_found(shared: Path) -> None:
    (source,) = (shared / "letter").glob("*.txt")
    lines = source.read_text("utf-8").splitlines()
    copied = f"note: {lines[95]} {lines[96].upper()}"
    assert runs(copied) & runs(source.read_text("utf-8"))
