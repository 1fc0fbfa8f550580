"""A printed or online witness as CSL-JSON, built from witness and publication together."""

from typing import Any

from catalogue import dates
from catalogue.citation.issued import csl_date
from catalogue.citation.naming import csl_names, name_language, spoken
from catalogue.citation.record import EDITORS, Edition, Record
from catalogue.citation.title import title_in
from catalogue.citation.wording import WORDINGS
from catalogue.models import Publication
from catalogue.models.contribution import Role
from catalogue.models.publication import PublicationKind

Item = dict[str, Any]  # CSL-JSON

SERIALS = frozenset({PublicationKind.SERIAL, PublicationKind.ISSUE, PublicationKind.ARTICLE})
PAGES_OF_THE_WEB = frozenset({PublicationKind.WEBSITE, PublicationKind.WEB_PAGE})
# Their own title is that of the text, not of what the text is printed in.
PIECES = frozenset({PublicationKind.ARTICLE, PublicationKind.CHAPTER})


def printed_item(record: Record, edition: Edition, language: str) -> Item:
    """The CSL-JSON of a document as printed in one publication, for readers of a language."""
    witness = edition.witness
    voice = voice_of(record, edition, language)
    container = container_title(edition, voice)
    item: Item = {
        "id": witness.identifier,
        "type": csl_type(edition),
        "title": piece_title(record, edition, voice),
        "container-title": container,
        "author": csl_names(record.people.authors(), voice),
        "translator": csl_names(edition.people.of(Role.TRANSLATOR), voice),
        "contributor": assistants(edition, voice),
        "editor": csl_names(
            [*edition.people.of(*EDITORS), *edition.publishing.of(*EDITORS)], voice
        ),
        "container-author": csl_names(edition.publishing.of(Role.AUTHOR), voice),
        "issued": csl_date(edition.issued, language),
        "issue": next((step.issue() for step in edition.lineage if _is_issue(step)), ""),
        "volume": next((step.number for step in edition.lineage if _is_volume(step)), ""),
        "page": witness.pages,
        "publisher": _publisher(edition, voice, container),
        "publisher-place": edition.first("place"),
        "edition": edition.first("edition"),
        "ISBN": edition.first("isbn"),
        "ISSN": edition.first("issn"),
        "DOI": edition.first("doi"),
        "URL": witness.url or edition.first("url"),
        "language": witness.language,
    }
    return {key: value for key, value in item.items() if value}


def csl_type(edition: Edition) -> str:
    kinds = {PublicationKind(step.kind) for step in edition.lineage}
    if PublicationKind.NEWSPAPER in kinds:
        return "article-newspaper"
    if kinds & SERIALS:
        return "article-journal"
    return "webpage" if kinds & PAGES_OF_THE_WEB else "chapter"


def voice_of(record: Record, edition: Edition, language: str) -> str:
    """The language of titles and names: the reader's, unless what is printed is in another script.

    One entry keeps to one script. Of a text in its own language whose printed title is not on
    record, the document's title is given, and that in the reader's language.
    """
    printed = edition.witness.language
    if printed in record.document.languages and not printed_title(edition):
        return language
    return name_language(language, printed)


def printed_title(edition: Edition) -> str:
    """The title of the text as it stands there, "" where that is not on record."""
    own = edition.publication.title if edition.publication.kind in PIECES else ""
    return edition.witness.title_as_printed or own


def piece_title(record: Record, edition: Edition, voice: str) -> str:
    """The title of the text as it stands there, else the document's."""
    language = edition.witness.language
    if not language or language in record.document.languages:
        language = voice
    return printed_title(edition) or title_in(record.document, language)


def container_title(edition: Edition, language: str) -> str:
    """The title of the serial, book or site; "" for what stands alone."""
    outermost = edition.lineage[-1]
    alone = len(edition.lineage) == 1
    if alone and outermost.kind in (*PIECES, PublicationKind.WEB_PAGE):
        return ""
    return outermost.title_in(language)[0]


def assistants(edition: Edition, language: str) -> list[dict[str, str]]:
    """Who helped the translator: "with MB"."""
    words = WORDINGS[language] if language in WORDINGS else WORDINGS["en"]
    names = csl_names(edition.people.of(Role.ASSISTANT), language)
    return [{"literal": words.assistant.format(name=spoken(name))} for name in names]


def summary(edition: Edition, record: Record, language: str, titles: str) -> str:
    """The publication in a few words of ``language``, its title in that of ``titles``:
    Izvestia TsK KPSS, 1990, no. 5, pp. 165–175.
    """
    item = printed_item(record, edition, language)
    words = WORDINGS[language]
    pages = item.get("page", "")
    several = words.pages if any(mark in pages for mark in "-–,") else words.page
    parts = (
        container_title(edition, titles) or edition.publication.title_in(titles)[0],
        item.get("publisher-place", ""),
        _year(edition) if "issue" in item else dates.describe(edition.issued, language),
        words.issue.format(number=item["issue"]) if "issue" in item else "",
        several.format(pages=pages) if pages else "",
    )
    return ", ".join(part for part in parts if part)


def _year(edition: Edition) -> str:
    date = csl_date(edition.issued, "en") or {}
    return str(date["date-parts"][0][0]) if "date-parts" in date else edition.issued


def _is_issue(publication: Publication) -> bool:
    serial = publication.kind in (PublicationKind.ISSUE, PublicationKind.NEWSPAPER)
    return bool(serial and publication.number)


def _is_volume(publication: Publication) -> bool:
    return bool(
        publication.kind in (PublicationKind.VOLUME, PublicationKind.BOOK) and publication.number
    )


def _publisher(edition: Edition, language: str, container: str) -> str:
    """The publisher as printed, else by name; "" for a site that publishes itself."""
    names = csl_names(edition.publishing.of(Role.PUBLISHER), language)
    publisher = edition.first("publisher") or ", ".join(spoken(name) for name in names)
    sites = [step for step in edition.lineage if step.kind in PAGES_OF_THE_WEB]
    return "" if sites or publisher == container else publisher
