"""Every meeting and document of the fact sheet is in the catalogue, with its date and voice."""

from typing import Any

from catalogue.models import Claim, Contribution, Dating, Relation
from tests.letter.record import Record
from tests.letter.sheet import (
    Check,
    Entry,
    always,
    dated,
    is_flagged,
    listed,
    missing_fields,
    missing_places,
    related,
    speaks,
    titled,
)


def named_as_meeting(record: Record, entry: Entry) -> bool:
    """The heading holds the words of the name (a plenum is told by its month, too)."""
    title = record[entry["id"]].title.casefold()
    short = {"cc": "central", "cp(b)u": "cp(b)", "politburo": "politburo"}
    words = [short.get(word, word) for word in entry["name"].casefold().split()]
    return sum(word in title for word in words) * 2 >= len(words)


def takes_place(record: Record, entry: Entry) -> bool:
    return str(record[entry["id"]].place) == str(entry["place"])


def has_subject(record: Record, entry: Entry) -> bool:
    claims = Claim.objects.public().filter(event=record[entry["id"]], claim_property="subject")
    words = [word for word in entry["subject"].split() if len(word) > 4]
    return any(sum(word in claim.value for word in words) * 2 >= len(words) for claim in claims)


def is_dated_to_a_day(record: Record, entry: Entry) -> bool:
    rows = Dating.objects.public().filter(
        event=record[entry["id"]], date=entry["exact_day_in_source"]
    )
    return any(row.note for row in rows)


MEETING_CHECKS: dict[str, Check] = {
    "id": always,
    "where": always,
    "flag": is_flagged,
    "name": named_as_meeting,
    "date": dated,
    "place": takes_place,
    "relation": related,
    "stated_by": speaks,
    "subject": has_subject,
    "exact_day_in_source": is_dated_to_a_day,
}


def test_every_meeting_is_there(record: Record, facts: dict[str, Any]) -> None:
    missing = [
        line
        for entry in facts["meetings"]
        for line in (
            *missing_fields(record, "meetings", entry, MEETING_CHECKS),
            *missing_places(record, entry, facts),
        )
    ]
    assert missing == []


def has_authors(record: Record, entry: Entry) -> bool:
    rows = Contribution.objects.public().filter(document=record[entry["id"]], role="author")
    return {record.key_of[row.contributor.identifier] for row in rows} == {*listed(entry["author"])}


def is_printed_in(record: Record, entry: Entry) -> bool:
    rows = Relation.objects.public().filter(
        source_document=record[entry["id"]],
        relation_kind="printed_in",
        target_publication=record[entry["published_in"]],
    )
    return any(row.locator for row in rows)


def has_status(record: Record, entry: Entry) -> bool:
    states = {
        "not sent / withdrawn by its authors": "not_sent",
        "not found by the editors": "not_found",
    }
    return bool(record[entry["id"]].status == states[entry["status"]])


def was_received(record: Record, entry: Entry) -> bool:
    rows = Dating.objects.public().filter(document=record[entry["id"]], dating_kind="receipt")
    return any(row.date == entry["received_by_cc"] and row.date_written for row in rows)


def has_references(record: Record, entry: Entry) -> bool:
    units = {witness.unit_id for witness in record[entry["id"]].witnesses.public()}
    keys = [
        key for key in record.key_of.values() if key.rpartition("/")[2] in entry["archival_refs"]
    ]
    return {record[key].unit_id for key in keys} == units


DOCUMENT_CHECKS: dict[str, Check] = {
    "id": always,
    "where": always,
    "flag": is_flagged,
    "title_supplied": titled("title_supplied"),
    "author": has_authors,
    "date": dated,
    "relation": related,
    "stated_by": speaks,
    "published_in": is_printed_in,
    "status": has_status,
    "received_by_cc": was_received,
    "archival_refs": has_references,
}


def test_every_other_document_is_there(record: Record, facts: dict[str, Any]) -> None:
    missing = [
        line
        for entry in facts["documents"]
        for line in (
            *missing_fields(record, "documents", entry, DOCUMENT_CHECKS),
            *missing_places(record, entry, facts),
        )
    ]
    assert missing == []
