"""Every person and body of the fact sheet is in the catalogue, with names, roles and places."""

from typing import Any

import pytest

from catalogue.models import Agent, AgentName, AgentRelation, Dating, Relation
from tests.letter.record import Record
from tests.letter.sheet import (
    Check,
    Entry,
    always,
    is_flagged,
    missing_fields,
    missing_places,
    read,
)

ROLES = read("roles.yaml")


def has_name(record: Record, entry: Entry) -> bool:
    return entry["name"] in record.forms(record[entry["id"]])


def has_printed_forms(record: Record, entry: Entry) -> bool:
    printed = AgentName.objects.public().filter(
        agent=record[entry["id"]], name_kind="as_printed", language="fr"
    )
    places = {name.form: {part for part, *_rest in record.said(name)} for name in printed}
    return all(places.get(form) for form in entry["forms_in_source"])


def has_roles(record: Record, entry: Entry) -> bool:
    """Each role is carried by a statement on the agent, said in one of the places given."""
    known = ROLES.get(entry["id"], {})
    for role in entry["roles"]:
        statement = record[known[role]] if role in known else None
        if statement is None or statement.pk not in {
            row.pk for row in record.about(record[entry["id"]])
        }:
            return False
        if not {part for part, *_rest in record.said(statement)} & {*entry["where"]}:
            return False
    return True


def has_members(record: Record, entry: Entry) -> bool:
    rows = AgentRelation.objects.public().filter(
        target=record[entry["id"]], relation_kind="member_of"
    )
    return {record.key_of[row.source.identifier] for row in rows} == set(entry["members"])


def has_founders(record: Record, entry: Entry) -> bool:
    rows = AgentRelation.objects.public().filter(
        target=record[entry["id"]], relation_kind="founder_of"
    )
    return {record.key_of[row.source.identifier] for row in rows} == set(entry["founders"])


def exists_from(field: str) -> Check:
    def check(record: Record, entry: Entry) -> bool:
        rows = Dating.objects.public().filter(agent=record[entry["id"]], dating_kind="existence")
        return any(entry[field] in (row.date, row.date.split("/")[0]) for row in rows)

    return check


def exists_until(record: Record, entry: Entry) -> bool:
    rows = Dating.objects.public().filter(agent=record[entry["id"]], dating_kind="existence")
    return any(row.date.endswith(f"/{entry['abolished_as_stated']}") for row in rows)


def was_decided_at(record: Record, entry: Entry) -> bool:
    return (
        Relation.objects.public()
        .filter(
            source_agent=record[entry["id"]],
            relation_kind="decided_at",
            target_event=record[entry["created_by"]],
        )
        .exists()
    )


def is_unnamed(record: Record, entry: Entry) -> bool:
    agent = record[entry["id"]]
    told = f"{agent.name} {agent.description}".casefold()
    words = [word for word in entry["description"].casefold().split() if len(word) > 7]
    return bool(agent.unnamed and sum(word in told for word in words) * 2 >= len(words))


def wanted_abolished(record: Record, entry: Entry) -> bool:
    return "abolished" in record[entry["id"]].description


AGENT_CHECKS: dict[str, Check] = {
    "id": always,
    "where": always,
    "flag": is_flagged,
    "name": has_name,
    "forms_in_source": has_printed_forms,
    "roles": has_roles,
    "members": has_members,
    "founders": has_founders,
    "created": exists_from("created"),
    "active_from": exists_from("active_from"),
    "formed": exists_from("formed"),
    "abolished_as_stated": exists_until,
    "created_by": was_decided_at,
    "description": is_unnamed,
    "note": wanted_abolished,
}


@pytest.mark.parametrize("block", ["persons", "unnamed_persons", "corporate_bodies"])
def test_every_agent_is_there_with_names_roles_and_places(
    record: Record, facts: dict[str, Any], block: str
) -> None:
    missing = [
        line
        for entry in facts[block]
        for line in (
            *missing_fields(record, block, entry, AGENT_CHECKS),
            *missing_places(record, entry, facts),
        )
    ]
    assert missing == []


def test_agents_of_the_sheet_are_agents(record: Record, facts: dict[str, Any]) -> None:
    keys = [entry["id"] for block in ("persons", "corporate_bodies") for entry in facts[block]]
    assert all(isinstance(record[key], Agent) for key in keys)
