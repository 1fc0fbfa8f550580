"""The letter as rows of the test database."""

from tests.citation.conftest import letter

__all__ = ["letter"]
