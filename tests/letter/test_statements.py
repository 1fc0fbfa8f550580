"""What the fact sheet states is in the catalogue, in the voice that states it."""

from collections.abc import Mapping
from typing import Any

from catalogue.models import Claim, Derivation, Relation, Statement
from tests.letter.record import Record
from tests.letter.sheet import (
    FIRST_PAGE,
    LETTER,
    VOICES,
    Check,
    always,
    is_flagged,
    listed,
    missing_fields,
    missing_places,
)


def test_every_archival_reference_is_kept_as_printed_and_read(
    record: Record, facts: dict[str, Any]
) -> None:
    for entry in facts["archival_references"]:
        (key,) = (key for key in record.key_of.values() if key.endswith(f"/{entry['id']}"))
        reference, parsed = record[key], entry["parsed"]
        assert reference.raw == entry["raw"]
        assert {name: getattr(reference, name) for name in parsed} == parsed
        assert reference.witness.document == record[entry["describes"]]
        assert reference.repository_name.agent == record["c-tspa-iml"]
        speaker, attribution = VOICES[entry["stated_by"]]
        (where,) = entry["where"]
        assert (where, speaker, attribution) in [line[:3] for line in record.said(reference)]
        unit = reference.unit.reference()
        assert (unit.fond, unit.opis, unit.delo) == (
            reference.fond,
            reference.opis,
            reference.delo,
        )


def test_every_printed_address_is_a_claim_of_doubtful_target(
    record: Record, facts: dict[str, Any]
) -> None:
    for entry in facts["urls_printed"]:
        target = record[entry["probable_target_of"]]
        things = [target, getattr(target, "parent", None)]
        claims = [
            claim
            for claim in Claim.objects.public().filter(
                claim_property="address", mode="affirmed", value=entry["url"]
            )
            if claim.subject() in things
        ]
        assert len(claims) == 1, entry
        assert claims[0].certainty in ("probable", "possible")
        assert [line[3] for line in record.said(claims[0])] == [FIRST_PAGE]


EVENTS = {
    "October Revolution (sixth anniversary)": "ev-october-anniversary",
    "revolutionary events in Germany, 1923": "ev-germany-1923",
    "Curzon ultimatum crisis, May 1923": "ev-curzon-crisis",
    "civil war / war communism (as comparison)": "ev-civil-war",
    "Stalin's appointment as General Secretary": "ev-gensec",
}


def test_every_event_mentioned_is_there(record: Record, facts: dict[str, Any]) -> None:
    entries = facts["events_mentioned"]
    assert {entry["name"] for entry in entries} == set(EVENTS)
    checks: dict[str, Check] = {"name": always, "where": always, "flag": is_flagged}
    for entry in entries:
        known = {**entry, "id": EVENTS[entry["name"]]}
        assert list(missing_fields(record, "events_mentioned", entry, checks)) == []
        assert list(missing_places(record, known, facts)) == []


def test_every_figure_is_a_claim_with_its_voice(record: Record, facts: dict[str, Any]) -> None:
    for entry in facts["figures_stated"]:
        (claim,) = (
            row
            for row in Claim.objects.public().filter(
                document=record[LETTER], claim_property="figure"
            )
            if row.value.casefold() == entry["value"].casefold()
        )
        places = [*entry["where"], *listed(entry.get("also", []))]
        said = {line[:3] for line in record.said(claim)}
        speaker, attribution = VOICES[entry["stated_by"]]
        assert {(where, speaker, attribution) for where in places} <= said
        if "compare" in entry:
            other = record[f"{LETTER}/one-or-two"]
            assert claim.question == other.question is not None
        assert set(entry) <= {"value", "where", "stated_by", "also", "compare"}


def test_every_relation_stands_with_its_section_and_voice(
    record: Record, facts: dict[str, Any]
) -> None:
    missing = [relation for relation in facts["relations"] if not stands(record, *relation)]
    assert missing == []


def stands(record: Record, source: str, kind: str, target: str, said: Mapping[str, Any]) -> bool:
    lines = {(where, *VOICES[said["stated_by"]]) for where in said["where"]}
    rows: list[Statement]
    if kind == "has_witness":
        rows = [
            row for row in record.about(record[target]) if record[target].document == record[source]
        ]
    elif source == LETTER:
        rows = list(
            Relation.objects.public().filter(
                source_document=record[source],
                relation_kind=kind,
                target_document=record[target],
            )
        )
    else:
        witness = record[source].witnesses.public().get(document=record[LETTER])
        rows = [row for row in record.about(witness) if is_of(record, row, kind, target)]
    heard = {line[:3] for row in rows for line in record.said(row)}
    return lines <= heard


def is_of(record: Record, row: Statement, kind: str, target: str) -> bool:
    """How a publication's relation to the letter shows on the witness that it prints."""
    if isinstance(row, Derivation):
        kinds = {"republishes": "reprinted", "translates": "translated"}
        return (
            row.derivation_kind == kinds.get(kind)
            and row.base is not None
            and row.base.publication == record[target]
        )
    properties = {"quotes": "quoted", "publishes": "published"}
    return isinstance(row, Claim) and row.claim_property == properties.get(kind)
