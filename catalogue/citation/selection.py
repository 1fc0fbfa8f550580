"""Everything that can be cited of a document, in the order in which it is offered."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from catalogue.citation.chain import chains
from catalogue.citation.citable import (
    Citable,
    archive_fields,
    collection,
    kept,
    printed,
    unlocated,
)
from catalogue.citation.former_names import Former, Provenance, former_names, provenance_of
from catalogue.citation.holding import holding, renamed
from catalogue.citation.record import Record, Rows, fetch, gather
from catalogue.citation.wording import citing_language
from catalogue.models import Document, Witness


def citables(
    document: Document,
    language: str,
    rows: Rows | None = None,
    provenance: Provenance | None = None,
) -> tuple[Citable, ...]:
    """What can be cited of a public document, for readers of a language.

    First the document as kept, under the archive's name of today and then under those that it had
    when the document was cited or printed; then as printed and as translated; then the full
    chain; last the collection. A document without a witness that may be cited is offered by
    itself, one that is not public not at all; what else is not public is never printed.

    A caller who has the rows at hand passes them, and there is no query.
    """
    language = citing_language(language)
    rows = rows or fetch([document])
    provenance = provenance or provenance_of(rows.witnesses)
    records = gather(rows)
    return tuple(found for record in records for found in _of(record, provenance, language))


def exported(documents: Iterable[Document], language: str) -> Iterator[Citable]:
    """What an export holds of many documents: each witness once; the queries do not grow."""
    language = citing_language(language)
    for record in gather(fetch(documents)):
        for citable in _witnesses(record, language) or [unlocated(record, language)]:
            yield _warned(citable)


def _warned(citable: Citable) -> Citable:
    """What a page says beside the citation, an export has to say in its note."""
    if not citable.caution:
        return citable
    notes = filter(None, (citable.item.get("note", ""), citable.caution))
    return replace(citable, item={**citable.item, "note": " ".join(notes)})


def _witnesses(record: Record, language: str) -> list[Citable]:
    editions = [printed(record, edition, language) for edition in record.editions]
    return [citable for _witness, citable in _archival(record, language)] + editions


def _archival(record: Record, language: str) -> list[tuple[Witness, Citable]]:
    shelves = [(witness, holding(witness, language)) for witness in record.kept]
    return [(witness, kept(record, witness, here)) for witness, here in shelves if here]


def _of(record: Record, provenance: Provenance, language: str) -> Iterator[Citable]:
    archival = _archival(record, language)
    if not archival and not record.editions:
        yield unlocated(record, language)
    for witness, citable in archival:
        formers = former_names(witness, provenance)
        yield replace(citable, caution=_caution(formers, citable))
        yield from _formerly(citable, formers)
    for edition in record.editions:
        yield printed(record, edition, language)
    if archival:
        yield from chains(record, archival[0][1])
    for witness, citable in archival:
        whole = collection(citable, witness)
        if whole:
            yield whole


def _formerly(citable: Citable, formers: Iterable[Former]) -> Iterator[Citable]:
    """The same shelf under the names that its archive had, each once."""
    here = citable.holding
    seen = {here.name} if here else set()
    for former in formers:
        there = renamed(here, former.agent, former.day) if here else None
        if there is None or there.name in seen:
            continue
        seen.add(there.name)
        yield replace(
            citable,
            slug=f"{citable.slug}-{former.year}",
            label=_("As kept in %(year)s, when the archive was called %(name)s")
            % {"year": former.year, "name": there.name},
            item={
                **citable.item,
                "id": f"{citable.item['id']}-{former.year}",
                **archive_fields(there),
            },
            holding=there,
        )


def _caution(formers: Iterable[Former], citable: Citable) -> str:
    """What has to be said of an old number under today's name."""
    here = citable.holding
    for former in formers:
        there = renamed(here, former.agent, former.day) if here and former.is_cited else None
        if here and there and there.name != here.name and not former.is_current:
            return _(
                "The number is that of %(year)s, when the archive was called %(name)s; that it"
                " still holds under today’s name is our construction, confirmed by no source."
            ) % {"year": former.year, "name": there.name}
    return ""
