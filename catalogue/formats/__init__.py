"""Interchange formats, listed by hand."""

from catalogue.formats.base import Format
from catalogue.formats.bibtex import BIBLATEX, BIBTEX
from catalogue.formats.csl_json import CSL_JSON
from catalogue.formats.ris import RIS

FORMATS = (BIBTEX, BIBLATEX, RIS, CSL_JSON)

__all__ = ["FORMATS", "Format", "by_slug"]


def by_slug(slug: str) -> Format | None:
    return next((found for found in FORMATS if found.slug == slug), None)
