"""Who changed what, when and why; and going back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.models import (
    Act,
    Agent,
    Claim,
    Document,
    Evidence,
    Part,
    Publication,
    Title,
    Tombstone,
    Unit,
    Witness,
)
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
    where = address(Witness, "delete", key)
    fields = page(chief.get(where)).select("#content form input[name]")
    sent = {str(field["name"]): str(field.get("value", "")) for field in fields}
    chief.post(where, {**sent, "change_reason": "Entered twice"})
    assert not Witness.objects.filter(pk=key).exists()
    text = page(chief.get(address(Witness, "history", key))).get_text(" ", strip=True)
    assert "Entered twice" in text


def test_what_is_no_key_is_not_found(chief: Client) -> None:
    for key in ("abc", "9" * 40):
        assert chief.get(address(Document, "history", key)).status_code == 404
        assert chief.get(address(Document, "simple_history", key, key)).status_code == 404


# --- the timeline ---


def entries(client: Client, record: Any, **query: str) -> list[str]:
    response = client.get(address(type(record), "history", record.pk), query)
    assert response.status_code == 200
    rows = page(response).select("#change-history tbody tr")
    return [" ".join(row.get_text(" ", strip=True).split()) for row in rows]


def test_the_timeline_holds_the_rows_and_the_statements_with_their_evidence(chief: Client) -> None:
    document = build(Document, title="Letter")
    title = build(Title, document=document, title="Письмо")
    witness = build(Witness, document=document, label="Copy")
    claim = build(Claim, witness=witness, value="three leaves")
    build(Evidence, statement=claim, publication=build(Publication, title="Izvestia"))
    title.title = "Письмо в ЦК"
    title.save()
    found = entries(chief, document)
    assert "Changed Title: Письмо в ЦК" in found[0]
    assert "Письмо → Письмо в ЦК" in found[0]
    assert "Izvestia, for: Claim: other: affirmed – three leaves" in found[1]
    assert len(found) == 6
    assert len(entries(chief, document, only="rows")) == 2
    assert len(entries(chief, document, only="statements")) == 1
    assert len(entries(chief, document, only="record")) == 1
    assert len(entries(chief, document, who="nobody")) == 0


def test_the_timeline_is_paged_and_asks_no_more_for_more(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = build(Document)
    for number in range(5):
        build(Claim, document=document, value=f"value {number}")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            entries(chief, document)
        return len(captured)

    queries()  # what is asked once for all is asked here
    few = queries()
    for number in range(5, 15):
        build(Claim, document=document, value=f"value {number}")
    assert queries() == few
    monkeypatch.setattr("catalogue.admin.history.timeline.window.__defaults__", (4,))
    where: str | None = address(Document, "history", document.pk)
    seen: list[str] = []
    while where:
        soup = page(chief.get(where))
        rows = soup.select("#change-history tbody tr")
        assert 0 < len(rows) <= 4
        seen += [row.get_text() for row in rows]
        link = soup.select_one("a[rel=next]")
        where = address(Document, "history", document.pk) + str(link["href"]) if link else None
    assert len(seen) == len({*seen}) == 16


def test_an_act_is_named_and_a_deleted_record_is_still_called_by_its_name(chief: Client) -> None:
    serial = build(Publication, title="Old serial")
    issue = build(Publication, title="Issue", parent=serial)
    act = build(Act, summary="Issues freed", user_name="chief")
    with act.recording():
        issue.parent = None
        issue.save()
    serial.delete()
    found = entries(chief, issue)[0]
    assert "Part of: Issues freed" in found
    assert "Old serial (deleted) → –" in found


def test_of_long_prose_the_words_that_changed_are_marked(chief: Client) -> None:
    before = "The letter was sent on the eighth of October to the members of both. " * 3
    document = build(Document, summary=before)
    document.summary = before.replace("eighth", "ninth", 1)
    document.save()
    old, new = document.history.order_by("pk")
    for where in (
        address(Document, "history", document.pk),
        f"{address(Document, 'compare', document.pk)}?old={new.pk}&new={old.pk}",
    ):
        soup = page(chief.get(where))
        marked = [(mark.name, mark.get_text()) for mark in soup.select(".words del, .words ins")]
        assert sorted(marked) == [("del", "eighth"), ("ins", "ninth")]


# --- bringing back ---


def restore(client: Client, record: Any, version: Any, **query: str) -> Any:
    """Ask for the preview, and then for the deed."""
    where = address(type(record), "restore", record.pk)
    asked = {"version": str(version.pk), **query}
    assert client.get(where, asked).status_code == 200
    return client.post(f"{where}?{urlencode(asked)}", {"change_reason": "It was right"})


def test_one_field_is_brought_back_and_the_others_stay(chief: Client) -> None:
    document = build(Document, title="Right", summary="Old")
    version = document.history.latest()
    document.title, document.summary = "Wrong", "New"
    document.save()
    assert restore(chief, document, version, field="title").status_code == 302
    document.refresh_from_db()
    assert (document.title, document.summary) == ("Right", "New")
    assert document.folded.startswith("right"), "what follows from the field follows again"
    latest = document.history.latest()
    assert (latest.history_change_reason, latest.history_user_name) == ("It was right", "chief")
    assert document.history.count() == 3


def test_a_whole_version_is_brought_back_with_its_relations(chief: Client) -> None:
    document = build(Document)
    part = build(Part, document=document)
    witness = build(Witness, document=document, label="Copy", parts=[part])
    version = witness.history.latest()
    witness.label = "Misnamed"
    witness.save()
    witness.parts.clear()
    assert restore(chief, witness, version).status_code == 302
    witness.refresh_from_db()
    assert witness.label == "Copy"
    assert [*witness.parts.all()] == [part]


def test_a_deleted_row_is_brought_back_under_its_key(chief: Client) -> None:
    document = build(Document)
    claim = build(Claim, document=document, value="three leaves")
    evidence = build(Evidence, statement=claim, document=document)
    key, identifier, row = claim.pk, claim.identifier, evidence.pk
    claim.delete()
    link = page(chief.get(address(Document, "history", document.pk))).select(".put-back")
    assert {str(mark["href"]).split("?")[0] for mark in link} == {
        address(Claim, "restore", key),
        address(Evidence, "restore", row),
    }
    claim.pk, evidence.pk = key, row
    too_early = restore(chief, evidence, Evidence.history.latest())
    assert too_early.status_code == 409, "the statement is not there yet"
    assert restore(chief, claim, Claim.history.latest()).status_code == 302
    assert restore(chief, evidence, Evidence.history.latest()).status_code == 302
    again = Claim.objects.get(pk=key)
    assert (again.identifier, again.value, again.is_public) == (identifier, "three leaves", True)
    assert again.evidence.get().pk == row
    assert not Tombstone.objects.filter(identifier=identifier).exists()


def test_what_has_become_impossible_is_refused_and_the_reason_is_kept(chief: Client) -> None:
    first = build(Unit, title="First")
    unit = build(Unit, parent=first, level="series")
    version = unit.history.latest()
    unit.refresh_from_db()
    unit.move(None)
    first.refresh_from_db()
    first.move(unit)
    response = restore(chief, unit, version, field="parent")
    assert response.status_code == 409
    soup = page(response)
    assert "cannot stand under itself" in soup.select(".errornote")[0].get_text()
    assert soup.select("#change_reason")[0]["value"] == "It was right"


def test_history_is_read_with_one_permission_and_restored_with_another(db: None) -> None:
    document = build(Document, title="Right")
    version = document.history.latest()
    document.title, document.state = "Wrong", "draft"
    document.save()
    user = User.objects.create_user("reader", password="long enough", is_staff=True)
    reader = Client()
    reader.force_login(user)
    pages = [address(Document, name, document.pk) for name in ("history", "compare")]
    back = f"{address(Document, 'restore', document.pk)}?version={version.pk}"

    def allow(verb: str) -> None:
        user.user_permissions.add(Permission.objects.get(codename=f"{verb}_document"))

    assert [reader.get(where).status_code for where in (*pages, back)] == [403, 403, 403]
    allow("view")
    assert [reader.get(where).status_code for where in (*pages, back)] == [200, 200, 403]
    assert reader.post(back).status_code == 403
    allow("change")
    assert reader.post(back).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.state) == ("Right", "draft"), "it is not published by this"


def test_what_is_no_version_or_no_field_is_not_found(chief: Client) -> None:
    document, other = build(Document), build(Document)
    where = address(Document, "restore", document.pk)
    own = document.history.latest().pk
    for query in (
        "",
        "?version=abc",
        f"?version={other.history.latest().pk}",
        f"?version={own}&field=public_from",
    ):
        assert chief.get(where + query).status_code == 404, query
    assert chief.get(f"{address(Document, 'history', document.pk)}?before=x~y~z").status_code == 200
