"""The archive of the letter, for every test that asks for it."""

import pytest

from tests.resolve.records import Archive, archive_of_the_letter


@pytest.fixture
def archive(db: None) -> Archive:
    return archive_of_the_letter()
