"""Draft, proposed, published: the queue, what came of it, and what was changed on a day."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue.models import Act, Agent, Claim, Document, Evidence, Title
from tests.admin.forms import errors, messages, page, read_form
from tests.admin.people import person
from tests.admin.test_registry import address
from tests.builders import build

QUEUE, OWN, TODAY = (reverse(f"admin:{name}") for name in ("review", "proposals", "today"))


@pytest.fixture
def cataloguer(db: None) -> Client:
    return person("cataloguer", "cataloguer")


@pytest.fixture
def reviewer(db: None) -> Client:
    return person("reviewer", "reviewer")


def change(client: Client, record: Any, **values: Any) -> Any:
    form = address(type(record), "change", record.pk)
    return client.post(form, {**read_form(client.get(form)), **values}, follow=True)


def propose(client: Client, record: Any, note: str = "") -> None:
    change(client, record, _propose="1", change_reason=note)
    record.refresh_from_db()
    assert record.state == "proposed"


def lines(response: Any) -> list[list[str]]:
    """The rows of the first table, cell by cell."""
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in page(response).select("table.worked tbody tr")
    ]


def decide(client: Client, *records: Any, **sent: str) -> list[str]:
    form = read_form(client.get(QUEUE), "review_form")
    form["chosen"] = [f"{record._meta.model_name}-{record.pk}" for record in records]
    return messages(client.post(QUEUE, {**form, **sent}, follow=True))


def test_a_proposal_waits_in_the_queue_the_oldest_first(
    cataloguer: Client, reviewer: Client
) -> None:
    letter = build(Document, state="draft", title="Letter", date="")
    claim = build(Claim, state="draft", document=letter)
    propose(cataloguer, letter, "Please look at the date")
    propose(cataloguer, claim)
    change(cataloguer, letter, note="One word more")  # and it is no younger for that
    shown = lines(reviewer.get(QUEUE))
    assert shown[0][1:3] == ["Document Letter", "cataloguer"]
    assert shown[0][4] == "Please look at the date"
    assert shown[1][1].startswith("Claim")


def test_several_are_published_at_once(cataloguer: Client, reviewer: Client) -> None:
    letters = [build(Document, state="draft") for _ in range(2)]
    agent = build(Agent, state="draft")
    for record in (*letters, agent):
        propose(cataloguer, record)
    said = decide(reviewer, letters[0], agent, _publish="1", reason="Checked")
    assert said == ["2 records were published."]
    for record, state in ((letters[0], "published"), (letters[1], "proposed")):
        record.refresh_from_db()
        assert record.state == state
    latest = agent.history.latest()
    assert (latest.history_change_reason, latest.history_user_name) == ("Checked", "reviewer")


def test_what_is_sent_back_says_why(cataloguer: Client, reviewer: Client) -> None:
    letter = build(Document, state="draft", title="Letter", date="")
    propose(cataloguer, letter, "Done")
    assert decide(reviewer, letter, _return="1")[0].startswith("Say what has to be changed")
    assert decide(reviewer, letter, _return="1", reason="No source") == ["1 record was sent back."]
    row = lines(cataloguer.get(OWN))[0]
    assert row[0] == "Document Letter"
    assert row[2:4] == ["Done", "sent back"]
    assert row[4].startswith("No source reviewer, ")
    form = cataloguer.get(address(Document, "change", letter.pk))
    assert "Sent back by reviewer" in page(form).get_text()
    assert "No source" in page(form).get_text()


def test_a_form_sends_back_only_with_a_note(cataloguer: Client, reviewer: Client) -> None:
    letter = build(Document, state="draft")
    propose(cataloguer, letter)
    assert errors(change(reviewer, letter, _return="1")) == [
        "Say what has to be changed before it is published."
    ]
    change(reviewer, letter, _return="1", change_reason="No source")
    letter.refresh_from_db()
    assert letter.state == "draft"


def test_what_was_changed_since_the_queue_was_shown_is_left(
    cataloguer: Client, reviewer: Client
) -> None:
    letter = build(Document, state="draft")
    propose(cataloguer, letter)
    form = read_form(reviewer.get(QUEUE), "review_form")
    change(cataloguer, letter, title="Another text")
    chosen = {"chosen": f"document-{letter.pk}", "_publish": "1"}
    said = messages(reviewer.post(QUEUE, {**form, **chosen}, follow=True))
    assert "changed since you saw the list (cataloguer, " in said[0]
    letter.refresh_from_db()
    assert letter.state == "proposed"


def test_only_a_reviewer_decides(cataloguer: Client) -> None:
    letter = build(Document, state="draft")
    propose(cataloguer, letter)
    assert page(cataloguer.get(QUEUE)).find("input", attrs={"name": "_publish"}) is None
    sent = {"chosen": f"document-{letter.pk}", "_publish": "1"}
    assert cataloguer.post(QUEUE, sent).status_code == 403


@pytest.mark.parametrize("chosen", ["", "document-0", "document-abc", "unknown-1", "x" * 999])
def test_a_choice_that_was_made_up_does_nothing(chosen: str, reviewer: Client) -> None:
    response = reviewer.post(QUEUE, {"chosen": chosen, "_publish": "1"})
    assert response.status_code == 302


def test_today_groups_by_person_and_by_record(cataloguer: Client, reviewer: Client) -> None:
    letter = build(Document, state="draft", title="Letter", date="")
    claim = build(Claim, state="draft", document=letter)
    change(cataloguer, letter, note="One", change_reason="Read anew")
    change(cataloguer, build(Title, document=letter), where="Heading")
    change(cataloguer, build(Evidence, statement=claim), locator="p. 5")
    change(reviewer, letter, note="Two")
    shown = page(reviewer.get(TODAY, {"who": "cataloguer"}))
    assert [heading.get_text(strip=True) for heading in shown.select("h2")] == ["cataloguer"]
    rows = {row[1]: row[2:] for row in lines(reviewer.get(TODAY, {"who": "cataloguer"}))}
    assert rows["Document Letter"] == ["changed: 2 entries in the history", "Read anew"]
    assert len(rows) == 2, "the evidence stands under its claim"
    people = [h.get_text(strip=True) for h in page(reviewer.get(TODAY)).select("h2")]
    assert people == ["reviewer", "cataloguer", "By a command"]


def test_a_deleted_record_is_still_named(reviewer: Client) -> None:
    letter = build(Document, title="Letter")
    letter.delete()
    assert ["Document Letter", "deleted: 2 entries in the history"] in [
        row[1:3] for row in lines(reviewer.get(TODAY))
    ]


def test_an_act_stands_for_all_that_it_changed(reviewer: Client) -> None:
    act = build(Act, summary="Twenty letters")
    with act.recording():
        build(Document, title="Letter")
    shown = reviewer.get(TODAY)
    assert "Twenty letters" in page(shown).get_text()
    assert lines(shown) == []


@pytest.mark.parametrize("day", ["", "x", "2026-02-31", "9999-12-31", "0001-01-01", "\u0661"])
def test_what_is_no_day_is_today(day: str, reviewer: Client) -> None:
    shown = reviewer.get(TODAY, {"day": day})
    assert shown.context["day"] == timezone.localdate()


def test_another_day_is_another_page(reviewer: Client) -> None:
    build(Document)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert lines(reviewer.get(TODAY, {"day": yesterday.isoformat()})) == []


def test_more_records_ask_no_more_of_the_database(cataloguer: Client, reviewer: Client) -> None:
    def queries(where: str, client: Client) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(where).status_code == 200
        return len(captured)

    def work() -> None:
        for record in (build(Document, state="draft"), build(Agent, state="draft")):
            propose(cataloguer, record)

    work()
    pages = ((QUEUE, reviewer), (OWN, cataloguer), (TODAY, reviewer), ("/admin/", reviewer))
    few = [max(queries(*one), queries(*one)) for one in pages]
    work()
    work()
    assert [queries(*one) <= before for one, before in zip(pages, few, strict=True)] == [True] * 4


def test_the_first_page_counts_no_further_than_a_hundred(reviewer: Client) -> None:
    Document.objects.bulk_create([Document(title="Letter", state="proposed") for _ in range(101)])
    text = page(reviewer.get(reverse("admin:index"))).get_text()
    assert "Proposed for publication (more than 100)" in text
    assert "Changed today (0)" in text
    assert lines(reviewer.get(QUEUE, {"p": "3"}))[0][1].startswith("Document")
