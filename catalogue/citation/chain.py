"""The full chain of a document: where it is kept, first printed in ..., trans. ..."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from catalogue.citation.citable import Citable, Kind, is_translation
from catalogue.citation.edition import summary
from catalogue.citation.naming import csl_names, name_language, spoken
from catalogue.citation.record import Edition, Record
from catalogue.citation.wording import WORDINGS
from catalogue.models.contribution import Role
from catalogue.models.witness import Completeness


def chains(record: Record, citable: Citable) -> Iterator[Citable]:
    """What is kept, with its first printing, once alone or once with each full translation.

    Nothing if it was never printed, as far as is certain.
    """
    sure = [edition for edition in record.editions if edition.witness.existence_certain]
    first = first_printed(record, sure)
    translations: list[Edition | None] = [
        edition for edition in sure if is_translation(record, edition) and in_full(edition)
    ]
    for translation in translations or ([None] if first else []):
        yield _chain(record, citable, first, translation)


def first_printed(record: Record, editions: list[Edition]) -> Edition | None:
    """The earliest printing in full in the document's language; else the earliest of any extent."""
    originals = [
        edition
        for edition in editions
        if not is_translation(record, edition) and edition.day is not None
    ]
    return next(filter(in_full, originals), next(iter(originals), None))


def in_full(edition: Edition) -> bool:
    witness = edition.witness
    return witness.completeness == Completeness.FULL and witness.completeness_certain


def _chain(
    record: Record, citable: Citable, first: Edition | None, translation: Edition | None
) -> Citable:
    language = citable.language
    parts = []
    if first:
        words = WORDINGS[language]
        phrase = words.printed_in_full if in_full(first) else words.printed
        parts.append(phrase.format(edition=summary(first, record, language, language)))
    if translation:
        parts.append(_translated(record, translation, language))
    label = _("The full chain: kept, first printed")
    if translation:
        label = _("The full chain, to the translation: %(witness)s") % {
            "witness": translation.witness.label
        }
    suffix = "-".join(edition.witness.identifier for edition in (first, translation) if edition)
    return replace(
        citable,
        slug=f"chain-{suffix}",
        label=label,
        kind=Kind.CHAIN,
        item={
            **citable.item,
            "id": f"{citable.item['id']}-{suffix}",
            "note": WORDINGS[language].join.join(parts),
        },
    )


def _translated(record: Record, edition: Edition, language: str) -> str:
    words = WORDINGS[language]
    voice = name_language(language, edition.witness.language)
    roles = edition.people
    names = [spoken(name) for name in csl_names(roles.of(Role.TRANSLATOR), voice)]
    names += [
        words.assistant.format(name=spoken(name))
        for name in csl_names(roles.of(Role.ASSISTANT), voice)
    ]
    text = summary(edition, record, language, language)
    if not names:
        return words.translation.format(edition=text)
    return words.translated.format(translator=", ".join(names), edition=text)
