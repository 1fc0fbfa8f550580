"""The letter as rows of the test database."""

import pytest

from tests.citation.letter import Letter, make_letter


@pytest.fixture
def letter(db: None) -> Letter:
    return make_letter()
