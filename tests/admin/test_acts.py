"""Many at once in the administration: forms, previews, acts, and taking them back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from catalogue.models import Act, AgentName, Document, Evidence, Unit
from tests.admin.forms import errors, messages, page, read_form
from tests.admin.test_registry import address
from tests.builders import build


def begin(client: Client, action: str, *records: Any) -> str:
    """The page to which the action of a list leads."""
    sent = {"action": action, "_selected_action": [record.pk for record in records]}
    response = client.post(address(type(records[0]), "changelist"), sent)
    assert response.status_code == 302, messages(response)
    return str(response["Location"])


def test_fields_of_a_selection_are_edited_with_a_preview_and_taken_back(chief: Client) -> None:
    first, second = build(Document, note="Old"), build(Document, note="")
    other = build(Document, note="Mine")
    form = begin(chief, "edit_many", first, second)
    sent = read_form(chief.get(form))
    preview = chief.post(form, {**sent, "do-note": "after", "value-note": "New"})["Location"]
    shown = chief.get(preview)
    assert [cell.text.strip() for cell in page(shown).select("td.words")] == [
        "Old",
        "Old\n\nNew",
        "–",
        "New",
    ]
    first.refresh_from_db()
    assert first.note == "Old"
    done = chief.post(preview, {"reason": "Agreed on Monday"})
    act = Act.objects.get()
    assert done["Location"] == f"/admin/catalogue/act/{act.pk}/change/"
    assert (str(act), act.reason) == ("2 documents: note changed", "Agreed on Monday")
    text = page(chief.get(done["Location"])).get_text(" ", strip=True)
    assert "2 records" in text
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.note, other.note) == ("Old\n\nNew", "Mine")
    undo = f"/admin/catalogue/act/{act.pk}/undo/"
    assert "Take it back" in chief.get(undo).text
    chief.post(undo)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.note, second.note) == ("Old", "")
    assert chief.get(address(Act, "changelist")).status_code == 200


def test_what_is_half_said_in_the_form_is_asked_about(chief: Client) -> None:
    form = begin(chief, "edit_many", build(Unit))
    sent = read_form(chief.get(form))
    assert errors(chief.post(form, sent)) == ["Choose what to do to at least one field."]
    assert errors(chief.post(form, {**sent, "value-note": "New"})) == [
        "Choose what to do with the value."
    ]
    assert errors(chief.post(form, {**sent, "do-note": "set"})) == ["Write the value."]


def test_the_form_has_the_fields_of_the_model_and_none_that_moves_or_publishes(
    chief: Client,
) -> None:
    for model in (Unit, Evidence, AgentName):
        shown = page(chief.get(f"{address(model, 'edit_many')}?all=1"))
        offered = {name["name"] for name in shown.select("select[name^=do-]")}
        assert offered, model
        assert not {"do-state", "do-parent", "do-repository", "do-position"} & offered


def test_a_subtree_is_edited_from_the_page_of_its_top(chief: Client) -> None:
    fonds = build(Unit)
    item = build(Unit, parent=fonds)
    apart = build(Unit)
    form = f"{address(Unit, 'replace_many')}?subtree={fonds.pk}"
    assert f"{address(Unit, 'edit_many')}?subtree={fonds.pk}" in chief.get(
        address(Unit, "change", fonds.pk)
    ).content.decode().replace("&amp;", "&")
    sent = {"found": "PAPERS", "becomes": "Files", "either_case": "on", "names": ["title"]}
    preview = chief.post(form, sent)["Location"]
    assert [mark.text for mark in page(chief.get(preview)).select("mark")] == ["Papers", "Papers"]
    chief.post(preview, {})
    for unit in (fonds, item, apart):
        unit.refresh_from_db()
    assert (item.title, apart.title) == ("Files of the staff", "Papers of the staff")
    assert str(Act.objects.get()) == "“PAPERS” replaced with “Files” in 2 units of description"


def test_who_may_not_change_many_is_offered_nothing_and_refused(
    archivist: User, archivist_client: Client
) -> None:
    document = build(Document)
    act = Act.objects.create(kind="edit")
    taken = ("change_many_records", "merge_records")
    archivist.user_permissions.remove(*Permission.objects.filter(codename__in=taken))
    listed = page(archivist_client.get(address(Document, "changelist")))
    offered = {option["value"] for option in listed.select("select[name=action] option")}
    assert not {"edit_many", "replace_many", "sheet", "merge"} & offered
    for name in ("edit_many", "replace_many", "preview_many", "sheet", "export_sheet", "merge"):
        place = f"{address(Document, name)}?all=1&keep={document.pk}&merge={document.pk}"
        assert archivist_client.get(place).status_code == 403, name
        assert archivist_client.post(place).status_code in (403, 405), name
    undo = f"/admin/catalogue/act/{act.pk}/undo/"
    assert archivist_client.post(undo).status_code == 403


def test_a_sheet_is_taken_out_changed_and_brought_back(chief: Client) -> None:
    document = build(Document, title="=1+1", note="Old", date="1923-10-08")
    kept = build(Document, title="Another")
    place = begin(chief, "sheet", document, kept)
    name = place.partition("?plan=")[2]
    assert chief.get(place).status_code == 200
    exported = chief.get(f"{address(Document, 'export_sheet')}?plan={name}&format=xlsx")
    book = load_workbook(io.BytesIO(exported.content))
    sheet = book.active
    assert sheet is not None
    again = chief.post(place, {"file": SimpleUploadedFile("same.xlsx", exported.content)})
    assert "There is nothing to do" in again.text
    heads = [str(cell.value) for cell in sheet[1]]
    place_of_note = next(n for n, head in enumerate(heads) if head.endswith("[note]"))
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == document.identifier)
    row[place_of_note].value = "New"
    changed = io.BytesIO()
    book.save(changed)
    back = chief.post(place, {"file": SimpleUploadedFile("new.xlsx", changed.getvalue())})
    assert back.status_code == 302, back.text
    assert "preview" in back["Location"]
    chief.post(back["Location"], {"reason": "Mended in the spreadsheet"})
    document.refresh_from_db()
    assert (document.title, document.note) == ("=1+1", "New")
    assert document.history.first().history_change_reason == "Mended in the spreadsheet"
    late = chief.post(place, {"file": SimpleUploadedFile("late.xlsx", exported.content)})
    assert "changed since the export" in late.text


def test_a_file_that_is_no_table_is_refused_with_words(chief: Client) -> None:
    place = address(Document, "sheet")
    answer = chief.post(place, {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken")})
    assert errors(answer) == ["The workbook cannot be read. Save it anew as .xlsx or CSV."]


@pytest.mark.parametrize("name", ["edit_many", "replace_many", "preview_many"])
def test_a_plan_of_another_session_is_not_there(chief: Client, name: str) -> None:
    assert chief.get(f"{address(Document, name)}?plan=unknown").status_code == 404


def test_an_act_whose_records_were_edited_says_by_whom(chief: Client) -> None:
    document = build(Document, note="Old")
    form = begin(chief, "edit_many", document)
    sent = read_form(chief.get(form))
    preview = chief.post(form, {**sent, "do-note": "set", "value-note": "New"})["Location"]
    done = chief.post(preview, {})["Location"]
    document.refresh_from_db()
    document._history_user = User.objects.create_user("colleague")  # type: ignore[attr-defined]  # how simple-history is told
    document.save()
    answer = chief.post(done.replace("change", "undo"), follow=True)
    text = page(answer).get_text(" ", strip=True)
    assert "colleague" in text
    assert messages(answer)[-1] == "Nothing was taken back: records were edited after it."
