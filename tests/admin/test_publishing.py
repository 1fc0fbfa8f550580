"""Publishing, withdrawing, embargo, and what the pages say of them."""

from __future__ import annotations

import datetime
from typing import Any

from django.test import Client

from catalogue.admin.visibility import in_brief, in_words
from catalogue.models import Agent, AgentName, Claim, Document, Repository, Tombstone, Unit, Witness
from catalogue.models.visibility import today
from tests.admin.forms import messages, page, read_form
from tests.admin.test_registry import address
from tests.builders import build


def act(client: Client, action: str, *records: Any, reason: str = "") -> Any:
    chosen = {"action": action, "_selected_action": [r.pk for r in records], "reason": reason}
    return client.post(address(type(records[0]), "changelist"), chosen, follow=True)


def test_a_list_publishes_what_was_chosen_and_says_how_many(chief: Client) -> None:
    drafts = [build(Document, state="draft") for _ in range(2)]
    response = act(chief, "publish_selected", *drafts, build(Document), reason="Checked")
    assert messages(response) == ["2 records were published."]
    for draft in drafts:
        draft.refresh_from_db()
        latest = draft.history.latest()
        assert draft.is_public
        assert (latest.history_change_reason, latest.history_user_name) == ("Checked", "chief")


def test_a_list_withdraws_and_a_tombstone_is_left(chief: Client) -> None:
    document = build(Document)
    assert messages(act(chief, "withdraw_selected", document)) == ["1 record was withdrawn."]
    document.refresh_from_db()
    assert document.state == "withdrawn"
    assert document.history.latest().history_change_reason == "Withdrawn from the list"
    assert Tombstone.objects.filter(identifier=document.identifier).exists()


def test_publishing_under_a_draft_says_what_is_in_the_way(chief: Client) -> None:
    fonds = build(Unit, state="draft", title="Closed fonds")
    unit = build(Unit, parent=fonds, state="draft", level="series", title="Series")
    said = messages(act(chief, "publish_selected", unit))
    assert said[0] == "1 record was published."
    assert "Closed fonds” is a draft" in said[1]


def test_records_published_together_are_not_in_each_others_way(chief: Client) -> None:
    fonds = build(Unit, state="draft", title="Fonds")
    unit = build(Unit, parent=fonds, state="draft", level="series", title="Series")
    assert messages(act(chief, "publish_selected", unit, fonds)) == ["2 records were published."]


def test_a_button_saves_and_publishes_in_one_change(chief: Client) -> None:
    document = build(Document, state="draft", title="Letter")
    form = address(Document, "change", document.pk)
    sent = {**read_form(chief.get(form)), "title": "Letter, read anew", "_publish": "1"}
    response = chief.post(form, {**sent, "change_reason": "Done"}, follow=True)
    document.refresh_from_db()
    assert (document.title, document.is_public) == ("Letter, read anew", True)
    assert document.history.count() == 2
    assert document.history.latest().history_change_reason == "Done"
    assert "Public" in messages(response)[0]


def test_a_page_offers_to_publish_or_to_withdraw_but_not_both(chief: Client) -> None:
    for state, offered in (("draft", "_publish"), ("published", "_withdraw")):
        record = build(Document, state=state)
        response = chief.get(address(Document, "change", record.pk))
        buttons = {button.get("name") for button in page(response).select(".submit-row input")}
        assert buttons & {"_publish", "_withdraw"} == {offered}


def test_the_words_name_the_topmost_obstacle(db: None) -> None:
    agent = build(Agent, kind="corporate", name="House", state="draft")
    repository = build(Repository, agent=agent)
    unit = build(Unit, parent=build(Unit, repository=repository))
    assert in_words(unit) == "Not public: its agent “House” is a draft."
    assert in_brief(unit) == "hidden: what it stands under is not public"


def test_a_statement_waits_for_the_records_that_it_speaks_of(db: None) -> None:
    letter = build(Document, title="Letter", state="withdrawn")
    assert in_words(build(Claim, document=letter)) == (
        "Not public: its document “Letter” has been withdrawn."
    )
    assert in_words(build(Claim, standing="proposed")) == "Not public: it is only proposed."


def test_lists_are_filtered_by_what_the_public_sees(chief: Client) -> None:
    draft = build(Document, state="draft")
    claims = {
        "public": build(Claim),
        "embargo": build(Claim, embargo_until=today() + datetime.timedelta(days=9)),
        "hidden": build(Claim, document=draft),
        "never": build(Claim, state="withdrawn"),
    }
    for value, claim in claims.items():
        response = chief.get(address(Claim, "changelist"), {"visibility": value})
        assert [row.pk for row in response.context["cl"].result_list] == [claim.pk]
    assert in_brief(claims["hidden"]) == "hidden: what it stands under is not public"
    assert in_brief(claims["embargo"]) == "under embargo"
    assert in_brief(claims["public"]) == "public"


def test_an_embargo_is_named_with_its_day(db: None) -> None:
    later = datetime.date(today().year + 5, 3, 1)
    letter = build(Document, embargo_until=later)
    assert in_words(letter) == f"Not public before March 1, {later.year} (embargo)"
    assert in_words(build(Witness, document=letter)) == in_words(letter)
    assert in_words(build(Claim, document=letter)) == in_words(letter)
    past = datetime.date(today().year - 1, 3, 1)
    assert in_words(build(Document, embargo_until=past)) == f"Public since March 1, {past.year}"


def test_only_who_may_change_records_may_publish_them(
    archivist_client: Client, archivist: Any
) -> None:
    archivist.user_permissions.filter(codename="change_document").delete()
    document = build(Document, state="draft")
    act(archivist_client, "publish_selected", document)
    document.refresh_from_db()
    assert document.state == "draft"


def test_names_are_published_with_their_agent_s_form(chief: Client) -> None:
    name = build(AgentName, state="draft")
    form = address(Agent, "change", name.agent.pk)
    sent = {**read_form(chief.get(form)), "names-0-state": "published", "change_reason": "Seen"}
    assert chief.post(form, sent).status_code == 302
    name.refresh_from_db()
    assert name.state == "published"
    assert name.history.latest().history_change_reason == "Seen"
