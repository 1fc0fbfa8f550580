"""The reader against references as they occur in publications."""

from pathlib import Path

import pytest

from catalogue.references import Unreadable, find, parse
from tests.conftest import skip_here_but_fail_in_ci
from tests.references.corpus import (
    Row,
    in_context,
    is_right,
    macro_average,
    read,
    read_shared,
    read_wild,
    resolved,
    scores,
)

# What our own corpus has that is not read yet: docs/references.md says why.
NOT_READ = {"ru-article: ГАРФ. Ф. 109. 1 эксп. Оп. 5. Д. 61."}


@pytest.fixture(scope="module")
def published(shared: Path) -> list[Row]:
    if not (shared / "references" / "references.tsv").is_file():
        skip_here_but_fail_in_ci("the corpus of references, ../shared/references, is not here")
    return read_shared(shared)


def test_every_field_of_nearly_every_published_reference_is_right(published):
    rows = [row for row in published if row.is_fond_scheme]
    wrong = [row.name for row in rows if not is_right(row, read(row))]
    assert len(wrong) <= 0.02 * len(rows), wrong


def test_every_publication_is_read_about_as_well(published):
    assert macro_average(scores(published, "source")) >= 0.98


def test_no_reference_of_another_scheme_is_misread(published):
    others = [row for row in published if not row.is_fond_scheme]
    assert others
    assert [row.name for row in others if any(each.readings for each in read(row))] == []


def test_what_repeats_is_refused_alone(published):
    repeating = [row for row in published if row.elliptical in ("ibid", "tamzhe")]
    assert repeating
    for row in repeating:
        assert find(row.raw)[0].whole is None, row.raw
        with pytest.raises(Unreadable) as refused:
            parse(row.raw)
        assert refused.value.code == "nothing-before"


def test_what_repeats_is_resolved_after_what_came_before(published):
    repeating = [
        (row, found)
        for row, found in in_context(published)
        if row.resolved and row.elliptical in ("ibid", "tamzhe")
    ]
    assert repeating
    for row, found in repeating:
        assert resolved(found.whole if found else None) == row.resolved, row.raw


@pytest.mark.parametrize("row", read_wild(), ids=lambda row: row.name)
def test_notations_of_other_publications_are_read(row):
    assert is_right(row, read(row)) is (row.name not in NOT_READ), find(row.raw)
