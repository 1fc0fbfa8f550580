"""What can be cited of a document, each as CSL-JSON with what CSL has no field for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from catalogue import dates
from catalogue.citation.edition import Item, printed_item, summary, voice_of
from catalogue.citation.holding import Holding
from catalogue.citation.issued import csl_date
from catalogue.citation.naming import csl_names
from catalogue.citation.record import Edition, Record
from catalogue.citation.title import (
    description_in,
    french_kind_and_date,
    recipient,
    short_title_in,
    title_in,
)
from catalogue.citation.wording import WORDINGS
from catalogue.models import Witness


class Kind(StrEnum):
    """The document as such; the thing in an archive, a folio of it, its fond; a text in print."""

    DOCUMENT = "document"
    KEPT = "kept"
    FOLIO = "folio"
    COLLECTION = "collection"
    PRINTED = "printed"
    TRANSLATED = "translated"
    CHAIN = "chain"


UNPUBLISHED = frozenset({Kind.DOCUMENT, Kind.KEPT, Kind.FOLIO, Kind.COLLECTION, Kind.CHAIN})


@dataclass(frozen=True)
class Citable:
    """One thing that can be cited, in one language.

    ``item`` is whole CSL-JSON: it can be handed out as it stands. ``holding`` lets a style print
    the archival reference in its own notation; ``short`` and ``description`` are what some
    conventions print in place of title and date; ``caution`` is what a page has to say beside the
    citation, not in it.
    """

    slug: str
    label: str
    kind: Kind
    language: str
    item: Mapping[str, Any]
    holding: Holding | None = None
    date: str = ""
    source: str = ""
    short: str = ""
    description: str = ""
    caution: str = ""

    def at(self, folio: str) -> "Citable":
        """One folio, or some, of what is kept: "60", "54v–56". Raises FolioError."""
        if self.holding is None:
            raise ValueError(f"{self.slug} is not kept in an archive")
        here = self.holding.at(folio)
        leaves = here.leaves("abbreviated")
        return replace(
            self,
            kind=Kind.FOLIO,
            label=_("%(label)s, %(leaves)s") % {"label": self.label, "leaves": leaves},
            item={**self.item, **archive_fields(here)},
            holding=here,
        )


def archive_fields(here: Holding) -> Item:
    """The archival variables of CSL; the reference whole, because styles print no part of it."""
    fields = {
        "archive": here.repository("both"),
        "archive-place": here.place,
        "archive_location": here.location("labels"),
    }
    return {key: value for key, value in fields.items() if value}


def unlocated(record: Record, language: str) -> Citable:
    """A document of which it is not known where it is, or may not be told."""
    document = record.document
    title = title_in(document, language)
    genre = document.genre
    item: Item = {
        "id": document.identifier,
        "type": "manuscript",
        "title": title,
        "title-short": short_title_in(document, language),
        "author": csl_names(record.people.authors(), language),
        "issued": csl_date(document.date, language),
        "genre": genre.label_in(language) if genre and genre.is_public else "",
        "language": " ".join(document.languages),
    }
    if language == "en" and recipient(title):
        item["recipient"] = [{"literal": recipient(title)}]
    return Citable(
        slug="document",
        label=_("The document"),
        kind=Kind.DOCUMENT,
        language=language,
        item={key: value for key, value in item.items() if value},
        date=dates.describe(document.date, language) if document.date else "",
        short=french_kind_and_date(document) if language == "fr" else "",
        description=description_in(document, language),
    )


def kept(record: Record, witness: Witness, here: Holding) -> Citable:
    """A document as it is kept in an archive."""
    citable = unlocated(record, here.language)
    medium = WORDINGS[here.language].copies.get(witness.witness_kind)
    item = {**citable.item, "id": witness.identifier, **archive_fields(here)}
    if medium:
        item["medium"] = medium
    if witness.language:
        item["language"] = witness.language
    return replace(
        citable,
        slug=f"kept-{witness.identifier}",
        label=_("As kept in the archive: %(witness)s") % {"witness": witness.label},
        kind=Kind.KEPT,
        item=item,
        holding=here,
    )


def collection(citable: Citable, witness: Witness) -> Citable | None:
    """The fond and opis round a document: what a bibliography lists. None without a fond."""
    if citable.holding is None or not citable.holding.reference.fond:
        return None
    here = citable.holding.collection()
    item = {"id": f"{witness.identifier}-collection", "type": "collection", **archive_fields(here)}
    return Citable(
        slug=f"collection-{witness.identifier}",
        label=_("The collection that it is kept in: %(location)s")
        % {"location": here.location("labels")},
        kind=Kind.COLLECTION,
        language=citable.language,
        item=item,
        holding=here,
    )


def printed(record: Record, edition: Edition, language: str) -> Citable:
    """A document as printed, or as translated, in a publication."""
    witness = edition.witness
    translated = is_translation(record, edition)
    label = _("As translated: %(witness)s") if translated else _("As printed: %(witness)s")
    kind = Kind.TRANSLATED if translated else Kind.PRINTED
    caution = ""
    if not witness.existence_certain:
        caution = _("That the document stands there is inferred, not seen.")
    return Citable(
        slug=f"{kind}-{witness.identifier}",
        label=label % {"witness": witness.label},
        kind=kind,
        language=language,
        item=printed_item(record, edition, language),
        source=summary(edition, record, language, voice_of(record, edition, language)),
        caution=caution,
    )


def is_translation(record: Record, edition: Edition) -> bool:
    """Whether the text is in another language than the document was written in."""
    language, originals = edition.witness.language, record.document.languages
    return bool(language and originals and language not in originals)
