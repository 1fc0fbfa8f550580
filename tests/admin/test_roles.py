"""What each role may do, on the transition itself, and what whoever tries all the same meets."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management.sql import emit_post_migrate_signal
from django.test import Client

from catalogue.models import Agent, AgentName, Claim, Document, Evidence, Title, role
from tests.admin.forms import errors, page, read_form
from tests.admin.people import ROLES, person
from tests.admin.test_registry import address
from tests.builders import build


@pytest.fixture
def cataloguer(db: None) -> Client:
    return person("cataloguer", "cataloguer")


@pytest.fixture
def reviewer(db: None) -> Client:
    return person("reviewer", "reviewer")


def change(client: Client, record: Any, **values: Any) -> Any:
    form = address(type(record), "change", record.pk)
    return client.post(form, {**read_form(client.get(form)), **values})


def granted(name: str) -> set[str]:
    permissions = Group.objects.get(name=name).permissions
    return set(permissions.values_list("codename", flat=True))


def test_the_groups_are_there_after_the_migrations(db: None) -> None:
    assert set(Group.objects.values_list("name", flat=True)) >= set(ROLES)
    assert "publish_records" not in granted("cataloguer")
    assert {"publish_records", "withdraw_records", "merge_records"} <= granted("reviewer")
    assert {"delete_title", "delete_evidence"} <= granted("cataloguer")
    assert "delete_document" not in granted("reviewer")
    assert {"delete_document", "import_records", "change_user"} <= granted("administrator")
    assert "change_tombstone" not in granted("administrator")


def test_what_a_later_version_adds_is_granted_after_its_migration(db: None) -> None:
    """As when a group was there before a model was; members and other groups stay as they are."""
    member = User.objects.create(username="member")
    member.groups.add(Group.objects.get(name="viewer"))
    other = Group.objects.create(name="guests")
    Group.objects.get(name="viewer").permissions.clear()
    Permission.objects.filter(codename="publish_records").delete()
    for _twice in range(2):
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert "view_document" in granted("viewer")
    assert "publish_records" in granted("reviewer")
    assert list(member.groups.values_list("name", flat=True)) == ["viewer"]
    assert not other.permissions.exists()


def test_a_form_offers_the_states_that_a_person_may_choose(
    cataloguer: Client, reviewer: Client
) -> None:
    draft = build(Document, state="draft")
    for client, states in (
        (cataloguer, ["draft", "proposed"]),
        (reviewer, ["draft", "proposed", "published", "withdrawn"]),
    ):
        shown = page(client.get(address(Document, "change", draft.pk)))
        assert [o["value"] for o in shown.select("select[name=state] option")] == states
        buttons = {b.get("name") for b in shown.select(".submit-row input")}
        assert ("_publish" in buttons) is (client is reviewer)


FORGED = [
    {"state": "published"},
    {"state": "withdrawn"},
    {"_publish": "1"},
    {"_withdraw": "1"},
    {"state": "proposed", "_publish": "1"},
]


@pytest.mark.parametrize("forged", FORGED, ids=lambda forged: "+".join(forged.values()))
def test_a_state_that_was_not_offered_is_refused_and_logged(
    forged: dict[str, str], cataloguer: Client, caplog: pytest.LogCaptureFixture
) -> None:
    draft = build(Document, state="draft")
    assert change(cataloguer, draft, title="Forged", **forged).status_code == 403
    draft.refresh_from_db()
    assert (draft.state, draft.title != "Forged") == ("draft", True)
    assert draft.history.count() == 1
    lines = [record.getMessage() for record in caplog.records if "opis" in record.name]
    assert len(lines) == 1
    assert lines[0].startswith("cataloguer tried to turn to ")


def test_a_new_record_cannot_be_published_on_the_way(cataloguer: Client) -> None:
    form = address(Document, "add")
    sent = read_form(cataloguer.get(form))
    for forged in ({"state": "published"}, {"_publish": "1"}):
        query = "?_popup=1" if "state" in forged else ""
        response = cataloguer.post(form + query, {**sent, "title": "Forged", **forged})
        assert response.status_code == 403
    assert not Document.objects.exists()


def test_rows_of_a_form_are_not_published_on_the_way(cataloguer: Client) -> None:
    agent = build(Agent, state="draft")
    name = build(AgentName, agent=agent, state="draft")
    assert change(cataloguer, agent, **{"names-0-state": "published"}).status_code == 403
    name.refresh_from_db()
    assert name.state == "draft"


def test_an_action_that_was_not_offered_is_refused_and_logged(
    cataloguer: Client, caplog: pytest.LogCaptureFixture
) -> None:
    draft = build(Document, state="draft")
    for action in ("publish_selected", "withdraw_selected", "delete_selected"):
        sent = {"action": action, "_selected_action": [draft.pk], "post": "yes"}
        assert cataloguer.post(address(Document, "changelist"), sent).status_code == 403
        assert f"cataloguer tried to {action} catalogue.document" in caplog.text
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_former_state_does_not_bring_publication_back(cataloguer: Client) -> None:
    letter = build(Document, state="published", title="As published")
    published = letter.history.latest()
    letter.state = "draft"
    letter.save()
    form = address(Document, "simple_history", letter.pk, published.pk)
    shown = cataloguer.get(form)
    sent = read_form(shown) if shown.status_code == 200 and b"<form" in shown.content else {}
    cataloguer.post(form, {**sent, "state": "published"})
    letter.refresh_from_db()
    assert letter.state == "draft"


def test_what_is_published_says_what_to_do(cataloguer: Client) -> None:
    letter = build(Document, title="Letter")
    shown = cataloguer.get(address(Document, "change", letter.pk))
    assert "only a reviewer changes it" in page(shown).get_text()
    assert page(shown).find("input", attrs={"name": "_save"}) is None


def test_a_statement_about_what_is_published_is_added_as_a_draft(cataloguer: Client) -> None:
    letter = build(Document)
    form = address(Claim, "add") + f"?document={letter.pk}"
    sent = {**read_form(cataloguer.get(form)), "claim_property": "other", "value": "said"}
    rows = {"evidence-TOTAL_FORMS": "0"}
    response = cataloguer.post(form, {**sent, **rows})
    assert response.status_code == 302, errors(response)
    assert Claim.objects.get().state == "draft"


def test_rows_of_what_is_published_are_shut_as_well(cataloguer: Client, reviewer: Client) -> None:
    title = build(Title, document=build(Document))
    evidence = build(Evidence, statement=build(Claim))
    for record in (title, evidence):
        where = address(type(record), "change", record.pk)
        assert cataloguer.post(where, {}).status_code == 403
        assert cataloguer.post(address(type(record), "delete", record.pk), {}).status_code == 403
        assert change(reviewer, record).status_code == 302
    form = address(Title, "add")
    sent = {"title": "Typed", "language": "fr", "document": title.document_id}
    response = cataloguer.post(form, {**read_form(cataloguer.get(form)), **sent})
    assert any("only a reviewer changes it" in error for error in errors(response))
    assert "Typed" in response.content.decode()


def test_a_published_name_is_not_changed_in_the_form_of_a_draft(cataloguer: Client) -> None:
    name = build(AgentName, agent=build(Agent, state="draft"), form="Seen")
    response = change(cataloguer, name.agent, **{"names-0-form": "Forged"})
    assert any("only a reviewer changes it" in error for error in errors(response))
    assert change(cataloguer, name.agent, **{"names-0-DELETE": "on"}).status_code == 403
    assert AgentName.objects.get(pk=name.pk).form == "Seen"


def test_what_was_published_is_withdrawn_and_not_quietly_a_draft() -> None:
    class Person:
        def __init__(self, *permissions: str) -> None:
            self.permissions = set(permissions)

        def has_perms(self, needed: set[str]) -> bool:
            return needed <= self.permissions

    assert role.may_turn(Person(), "draft", "proposed")
    assert role.may_turn(Person(), "withdrawn", "draft")
    assert not role.may_turn(Person(role.PUBLISH), "published", "draft")
    assert role.may_turn(Person(role.WITHDRAW), "published", "draft")
    assert not role.may_turn(Person(role.WITHDRAW), "withdrawn", "published")
