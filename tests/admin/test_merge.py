"""Two records side by side, and one made of them."""

from __future__ import annotations

from typing import Any

from django.test import Client

from catalogue.models import Act, Agent, AgentRelation, Contribution, Document
from tests.admin.forms import messages, page, read_form
from tests.admin.test_registry import address
from tests.builders import build


def side_by_side(keep: Any, other: Any) -> str:
    return f"{address(type(keep), 'merge')}?keep={keep.pk}&merge={other.pk}"


def test_two_agents_are_compared_chosen_and_made_one(chief: Client) -> None:
    keep, other = build(Agent, name="Троцкий", places="Москва"), build(Agent, name="Trotsky")
    row = build(Contribution, contributor=other)
    shown = chief.get(side_by_side(keep, other))
    assert Agent.objects.count() == 2
    assert not Act.objects.exists()
    assert [item.text for item in page(shown).select(".carried li")] == ["contributions: 1"]
    sent = {**read_form(shown), "choose-name": "other", "reason": "The same man"}
    tried = chief.post(side_by_side(keep, other), {**sent, "try": "1"})
    chosen = page(tried).select_one("input[name=choose-name][checked]")
    assert chosen is not None
    assert chosen["value"] == "other"
    done = chief.post(side_by_side(keep, other), {**sent, "apply": "1"})
    act = Act.objects.get()
    assert done["Location"] == address(Act, "change", act.pk)
    assert chief.get(done["Location"]).status_code == 200
    row.refresh_from_db()
    keep.refresh_from_db()
    assert (row.contributor, keep.name, keep.names.get().form) == (keep, "Trotsky", "Троцкий")
    chief.post(f"/admin/catalogue/act/{act.pk}/undo/")
    assert Agent.objects.filter(pk=other.pk).exists()


def test_what_stands_in_the_way_is_said_and_nothing_is_written(chief: Client) -> None:
    keep, other = build(Agent), build(Agent)
    build(AgentRelation, source=keep, target=other, relation_kind="founder_of")
    shown = chief.get(side_by_side(keep, other))
    assert "have a relation with each other" in page(shown).get_text(" ", strip=True)
    assert page(shown).select("input[name=apply]") == []
    sent = {**read_form(shown), "apply": "1"}
    assert "relation with each other" in messages(chief.post(side_by_side(keep, other), sent))[0]
    assert not Act.objects.exists()


def test_a_record_that_was_changed_meanwhile_is_compared_again(chief: Client) -> None:
    keep, other = build(Document), build(Document)
    sent = {**read_form(chief.get(side_by_side(keep, other))), "apply": "1"}
    other.note = "by a colleague"
    other.save()
    answer = chief.post(side_by_side(keep, other), sent)
    assert messages(answer) == ["One of them has been changed meanwhile. Compare again."]
    assert Document.objects.filter(pk=other.pk).exists()


def test_two_of_a_list_are_chosen_for_merging(chief: Client) -> None:
    keep, other = build(Agent), build(Agent)
    sent = {"action": "merge", "_selected_action": [keep.pk, other.pk]}
    answer = chief.post(address(Agent, "changelist"), sent)
    assert answer["Location"] == side_by_side(keep, other)
    one = chief.post(address(Agent, "changelist"), {**sent, "_selected_action": [keep.pk]})
    assert one.status_code == 302
    assert "Select the two records" in messages(chief.get(one["Location"]))[0]
    assert chief.get(f"{address(Agent, 'merge')}?keep=1&merge=999999").status_code == 404
