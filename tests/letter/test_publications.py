"""Every publication of the fact sheet is in the catalogue, with what it prints of the letter."""

from typing import Any

from catalogue.models import Claim, Contribution, Derivation, Relation
from tests.letter.record import Record
from tests.letter.sheet import (
    LETTER,
    Check,
    Entry,
    always,
    dashes,
    dated,
    is_flagged,
    missing_fields,
    missing_places,
    related,
    speaks,
    titled,
)


def has_issue(record: Record, entry: Entry) -> bool:
    publication = record[entry["id"]]
    if entry["issue"] == "null":
        return str(publication.number) == ""
    return str(entry["issue"]).endswith(f"no. {publication.issue()}")


def has_pages(record: Record, entry: Entry) -> bool:
    """Of the letter in it, or of what is cited; that none are given is a statement, too."""
    publication = record[entry["id"]]
    if entry["pages"] == "null":
        silent = {"claim_property": "pages", "mode": "silent"}
        return Claim.objects.public().filter(witness__publication=publication, **silent).exists()
    pages = [witness.pages for witness in publication.witnesses.public()]
    pages += [row.locator for row in publication.relations_to.public()]
    return entry["pages"] in map(dashes, pages)


def has_page_references(record: Record, entry: Entry) -> bool:
    rows = Relation.objects.public().filter(
        source_document=record[LETTER], target_publication=record[entry["id"]]
    )
    found = {
        (row.source_part.number, dashes(row.locator), row.note) for row in rows if row.source_part
    }
    wanted = {(int(ref["note"]), ref["pages"], ref["subject"]) for ref in entry["page_refs"]}
    return found == wanted


def has_figures(record: Record, entry: Entry) -> bool:
    data = dict(entry["data"])
    day = data.pop("as_of")
    rows = Claim.objects.public().filter(
        publication=record[entry["id"]], claim_property="figure", date=day
    )
    values = {row.value.rpartition(": ")[2] for row in rows}
    return values == set(data.values())


def carries_the_letter(record: Record, entry: Entry) -> bool:
    """As quotation, first full printing, republication or translation; or it is only cited."""
    if entry["relation"] == "cited_in_notes":
        return related(record, entry)
    witness = record[entry["id"]].witnesses.public().get(document=record[LETTER])
    derived = {row.derivation_kind for row in Derivation.objects.public().filter(derived=witness)}
    return bool(
        {
            "quotes_letter": witness.completeness == "quotation",
            "publishes_letter": witness.completeness == "full" and witness.completeness_certain,
            "republishes": "reprinted" in derived,
            "translates": "translated" in derived,
        }[entry["relation"]]
    )


def contributed(field: str, role: str) -> Check:
    def check(record: Record, entry: Entry) -> bool:
        return (
            Contribution.objects.public()
            .filter(
                witness__publication=record[entry["id"]],
                role=role,
                contributor=record[entry[field]],
            )
            .exists()
        )

    return check


def translated_from(field: str) -> Check:
    def check(record: Record, entry: Entry) -> bool:
        return (
            Derivation.objects.public()
            .filter(
                derived__publication=record[entry["id"]],
                derivation_kind="translated",
                base__publication=record[entry[field]],
            )
            .exists()
        )

    return check


def has_url(record: Record, entry: Entry) -> bool:
    return bool(record[entry["id"]].url == entry["url"])


def is_told_apart(record: Record, entry: Entry) -> bool:
    """The kind in words is what ``relation`` is checked for."""
    return "relation" in entry


PUBLICATION_CHECKS: dict[str, Check] = {
    "id": always,
    "where": always,
    "flag": is_flagged,
    "title": titled("title"),
    "form_in_source": titled("form_in_source"),
    "date": dated,
    "issue": has_issue,
    "pages": has_pages,
    "page_refs": has_page_references,
    "data": has_figures,
    "relation": carries_the_letter,
    "kind": is_told_apart,
    "stated_by": speaks,
    "url": has_url,
    "translator": contributed("translator", "translator"),
    "contributor": contributed("contributor", "assistant"),
    "base_text": translated_from("base_text"),
    "via": translated_from("via"),
}


def test_every_publication_is_there(record: Record, facts: dict[str, Any]) -> None:
    missing = [
        line
        for entry in facts["publications"]
        for line in (
            *missing_fields(record, "publications", entry, PUBLICATION_CHECKS),
            *missing_places(record, entry, facts),
        )
    ]
    assert missing == []
