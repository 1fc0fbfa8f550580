"""Who changed what, when and why; and going back."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from catalogue.models import Agent, Document, Unit, Witness
from tests.admin.forms import page, read_form
from tests.admin.test_registry import EDITED, address
from tests.builders import build


def test_the_reason_and_the_name_are_shown(chief: Client) -> None:
    document = build(Document, title="Letter")
    form = address(Document, "change", document.pk)
    sent = {**read_form(chief.get(form)), "title": "Letter to the CC", "change_reason": "Misread"}
    assert chief.post(form, sent).status_code == 302
    text = page(chief.get(address(Document, "history", document.pk))).get_text(" ", strip=True)
    assert "Misread" in text
    assert "Title: Letter → Letter to the CC" in text


def test_every_form_asks_for_the_reason(chief: Client) -> None:
    for model in EDITED:
        form = page(chief.get(address(model, "add")))
        assert form.find("input", attrs={"name": "change_reason"}), model


def test_deleting_an_account_keeps_its_name_in_every_history(chief: Client) -> None:
    colleague = User.objects.create_superuser("colleague", password="a long enough password")
    other = Client()
    other.force_login(colleague)
    document = build(Document)
    form = address(Document, "change", document.pk)
    other.post(form, {**read_form(other.get(form)), "title": "Changed"})
    rows = document.history.count()
    assert (
        chief.post(f"/admin/auth/user/{colleague.pk}/delete/", {"post": "yes"}).status_code == 302
    )
    assert not User.objects.filter(username="colleague").exists()
    assert document.history.count() == rows
    text = page(chief.get(address(Document, "history", document.pk))).get_text(" ", strip=True)
    assert "colleague" in text


def test_columns_that_follow_from_others_are_not_shown_as_changes(chief: Client) -> None:
    agent = build(Agent, name="One")
    agent.name = "Two"
    agent.date = "1923"
    agent.save()
    response = chief.get(address(Agent, "history", agent.pk))
    changes = [
        item.get_text(" ", strip=True) for item in page(response).select("#change-history li")
    ]
    assert [change.split(":")[0] for change in changes] == [
        "Date (EDTF)",
        "Authorized form of name",
    ]


def test_going_back_brings_the_whole_subtree_back(chief: Client) -> None:
    first, second = build(Unit, title="First"), build(Unit, title="Second")
    unit = build(Unit, parent=first, level="series")
    below = build(Unit, parent=unit, level="file")
    before = unit.history.latest()
    unit.refresh_from_db()
    unit.move(second)
    form = address(Unit, "simple_history", unit.pk, before.pk)
    sent = {**read_form(chief.get(form)), "change_reason": "Moved by mistake"}
    assert chief.post(form, sent).status_code == 302
    for record in (unit, below):
        record.refresh_from_db()
    assert unit.path == f"/{first.pk}/{unit.pk}/"
    assert below.path == f"/{first.pk}/{unit.pk}/{below.pk}/"
    assert below.repository_id == first.repository_id
    assert unit.history.latest().history_change_reason == "Moved by mistake"


def test_going_back_to_what_has_become_impossible_is_refused_in_words(chief: Client) -> None:
    first = build(Unit, title="First")
    unit = build(Unit, parent=first, level="series")
    before = unit.history.latest()
    unit.refresh_from_db()
    unit.move(None)
    first.refresh_from_db()
    first.move(unit)
    form = address(Unit, "simple_history", unit.pk, before.pk)
    response = chief.post(form, read_form(chief.get(form)))
    assert response.status_code == 200
    assert "cannot stand under itself" in response.content.decode()
    unit.refresh_from_db()
    assert unit.parent is None


def test_a_deleted_record_keeps_a_history_that_can_be_read(chief: Client) -> None:
    witness = build(Witness, label="Lost copy")
    key = witness.pk
    chief.post(address(Witness, "delete", key), {"post": "yes", "change_reason": "Entered twice"})
    assert not Witness.objects.filter(pk=key).exists()
    text = page(chief.get(address(Witness, "history", key))).get_text(" ", strip=True)
    assert "Entered twice" in text


def test_what_is_no_key_is_not_found(chief: Client) -> None:
    for key in ("abc", "9" * 40):
        assert chief.get(address(Document, "history", key)).status_code == 404
        assert chief.get(address(Document, "simple_history", key, key)).status_code == 404
