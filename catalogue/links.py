"""Permanent addresses, without a request.

The address of a record never changes when its reference, title or slug does. It bears no language:
the site answers it in the language of the reader.
"""

from __future__ import annotations

from django.db import models

from catalogue.models import (
    Agent,
    Document,
    Event,
    FolioImage,
    Part,
    Publication,
    Repository,
    Unit,
    Witness,
)

SECTIONS: dict[type[models.Model], str] = {
    Document: "documents",
    Unit: "units",
    Agent: "agents",
    Publication: "publications",
    Event: "events",
    FolioImage: "images",
}


def address(record: models.Model) -> str:
    """The permanent address of a record: '/documents/7z8wn6b9j00x4/'.

    A witness or part is a place on the page of its document. Raises LookupError for records that
    have no page.
    """
    if isinstance(record, Repository):
        return f"/repositories/{record.code}/"
    if isinstance(record, Witness | Part):
        return f"{address(record.document)}#{anchor(record)}"
    section = SECTIONS.get(type(record))
    if section is None:
        raise LookupError(f"{type(record).__name__} has no page of its own")
    return f"/{section}/{record.identifier}/"  # type: ignore[attr-defined]  # all of SECTIONS are Identified


def anchor(record: models.Model) -> str:
    """The place of a witness, part, statement or question on a page: 'witness-7z8wn6b9j00x4'."""
    return f"{record._meta.model_name}-{record.identifier}"  # type: ignore[attr-defined]  # callers pass what has one


def export(document: Document, slug: str) -> str:
    """Where a document is downloaded in a format."""
    return f"{address(document)}export/{slug}/"


def images(owner: Unit | Witness) -> str:
    """Where all images of a unit or a witness are laid out: '/units/7z8wn6b9j00x4/images/'."""
    section = "units" if isinstance(owner, Unit) else "witnesses"
    return f"/{section}/{owner.identifier}/images/"
