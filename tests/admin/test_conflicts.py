"""Two people at one record: the second is told, is shown both versions, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from catalogue.models import Agent, AgentName, Document, Part, Title, Unit, Witness, versions
from tests.admin.forms import errors, messages, page, read_form
from tests.admin.people import person
from tests.admin.test_registry import address
from tests.builders import build

Sent = dict[str, Any]


@pytest.fixture
def first(db: None) -> Client:
    return person("first", "")


@pytest.fixture
def second(db: None) -> Client:
    return person("second", "")


def form_of(record: Any) -> str:
    return address(type(record), "change", record.pk)


def opened(client: Client, record: Any) -> Sent:
    return read_form(client.get(form_of(record)))


def rows(response: Any) -> dict[str, list[str]]:
    """What the page shows of each field: as opened, saved meanwhile, yours, what is kept."""
    return {
        row.select("th")[0].get_text(" ", strip=True): [
            cell.get_text(" ", strip=True) for cell in row.find_all("td")
        ]
        for row in page(response).select("table.differences tbody tr")
    }


def answer(client: Client, record: Any, response: Any, **choices: str) -> Any:
    """Send the page that asks, with choices by the names of the fields."""
    sent = read_form(response)
    chosen = {f"_choice:{name}": choices.get(name, "yours") for name in sent.get("_asked", [])}
    return client.post(form_of(record), {**sent, **chosen})


def test_different_fields_are_merged(first: Client, second: Client) -> None:
    letter = build(Document, title="Letter")
    mine, theirs = opened(second, letter), opened(first, letter)
    first.post(form_of(letter), {**theirs, "summary": "On prices", "change_reason": "Read anew"})
    response = second.post(form_of(letter), {**mine, "note": "Torn", "marking": "Secret"})
    assert response.status_code == 409
    assert sorted(rows(response).values()) == [
        ["–", "On prices", "–", "saved meanwhile"],
        ["–", "–", "Secret", "yours"],
        ["–", "–", "Torn", "yours"],
    ]
    who = page(response).select_one("ul.who")
    assert who is not None
    assert who.text.strip().startswith("first, ")
    assert who.text.strip().endswith(": Read anew")
    letter.refresh_from_db()
    assert letter.note == ""
    assert answer(second, letter, response).status_code == 302
    letter.refresh_from_db()
    assert (letter.summary, letter.note, letter.marking) == ("On prices", "Torn", "Secret")


@pytest.mark.parametrize(("choice", "title"), [("theirs", "By first"), ("yours", "By second")])
def test_one_field_is_asked_about(first: Client, second: Client, choice: str, title: str) -> None:
    letter = build(Document, title="Letter")
    mine, theirs = opened(second, letter), opened(first, letter)
    first.post(form_of(letter), {**theirs, "title": "By first"})
    response = second.post(form_of(letter), {**mine, "title": "By second", "note": "Torn"})
    assert rows(response)["Title"][:3] == ["Letter", "By first", "By second"]
    unanswered = second.post(form_of(letter), read_form(response))
    assert unanswered.status_code == 409
    assert rows(unanswered)["Title"][:3] == ["Letter", "By first", "By second"]
    assert answer(second, letter, unanswered, title=choice).status_code == 302
    letter.refresh_from_db()
    assert (letter.title, letter.note) == (title, "Torn")


def test_boxes_relations_and_lists_are_merged(first: Client, second: Client) -> None:
    witness = build(Witness, completeness_certain=True)
    parts = [build(Part, document=witness.document) for _ in range(2)]
    witness.parts.set(parts[:1])
    mine, theirs = opened(second, witness), opened(first, witness)
    del theirs["completeness_certain"]
    first.post(form_of(witness), {**theirs, "parts": [parts[1].pk]})
    response = second.post(form_of(witness), {**mine, "unit": build(Unit).pk})
    assert response.status_code == 409
    assert answer(second, witness, response).status_code == 302
    witness.refresh_from_db()
    assert not witness.completeness_certain
    assert list(witness.parts.all()) == parts[1:]
    assert witness.unit is not None


def row(place: int, **values: str) -> Sent:
    return {f"titles-{place}-{name}": value for name, value in values.items()}


def test_rows_are_merged(first: Client, second: Client) -> None:
    letter = build(Document)
    for title in ("one", "two", "three"):
        build(Title, document=letter, title=title)
    mine, theirs = opened(second, letter), opened(first, letter)
    added = {"titles-TOTAL_FORMS": "4", **row(3, language="fr", title_kind="supplied")}
    first.post(
        form_of(letter),
        {**theirs, **added, "titles-0-title": "one!", "titles-2-DELETE": "on"}
        | row(3, title="added by first"),
    )
    response = second.post(
        form_of(letter),
        {**mine, **added, "titles-1-title": "two!", "titles-2-title": "three!"}
        | row(3, title="added by second"),
    )
    assert response.status_code == 409
    asked = read_form(response)["_asked"]
    assert len(asked) == 1, "whether the row that the other has deleted comes back"
    answered = answer(second, letter, response)
    assert answered.status_code == 302, errors(answered)
    found = [title.title for title in letter.titles.order_by("pk")]
    assert found == ["one!", "two!", "added by first", "three!", "added by second"]


def test_a_row_that_the_other_has_deleted_stays_deleted(first: Client, second: Client) -> None:
    letter = build(Document)
    for title in ("one", "two"):
        build(Title, document=letter, title=title)
    mine, theirs = opened(second, letter), opened(first, letter)
    first.post(form_of(letter), {**theirs, "titles-0-DELETE": "on"})
    response = second.post(form_of(letter), {**mine, "titles-1-title": "two!"})
    assert answer(second, letter, response).status_code == 302
    assert [title.title for title in letter.titles.all()] == ["two!"]


def test_a_name_changed_on_its_own_page_is_seen_on_its_agents(
    first: Client, second: Client
) -> None:
    agent = build(Agent)
    name = build(AgentName, agent=agent, form="Old")
    mine, theirs = opened(second, agent), opened(first, name)
    first.post(form_of(name), {**theirs, "form": "By first"})
    response = second.post(form_of(agent), {**mine, "names-0-language": "fr"})
    assert response.status_code == 409
    assert answer(second, agent, response).status_code == 302
    name.refresh_from_db()
    assert (name.form, name.language) == ("By first", "fr")


def test_a_save_that_changed_nothing_is_in_nobodys_way(first: Client, second: Client) -> None:
    letter = build(Document)
    mine = opened(second, letter)
    first.post(form_of(letter), opened(first, letter))
    assert second.post(form_of(letter), {**mine, "note": "Torn"}).status_code == 302


def test_what_was_typed_into_a_deleted_record_is_shown(first: Client, second: Client) -> None:
    letter = build(Document)
    mine = opened(second, letter)
    deletion = address(Document, "delete", letter.pk)
    first.post(deletion, read_form(first.get(deletion)))
    response = second.post(form_of(letter), {**mine, "note": "Typed for an hour"})
    assert response.status_code == 409
    text = page(response).get_text(" ", strip=True)
    assert "Typed for an hour" in text
    assert "first, " in text


def test_what_was_typed_while_a_reviewer_published_is_shown(first: Client, db: None) -> None:
    cataloguer = person("cataloguer", "cataloguer")
    letter = build(Document, state="draft")
    mine = opened(cataloguer, letter)
    first.post(form_of(letter), {**opened(first, letter), "_publish": "1"})
    response = cataloguer.post(form_of(letter), {**mine, "note": "Typed for an hour"})
    assert response.status_code == 409
    assert "Typed for an hour" in page(response).get_text()
    letter.refresh_from_db()
    assert (letter.state, letter.note) == ("published", "")


def test_nothing_is_deleted_that_was_changed_since(first: Client, second: Client) -> None:
    letter = build(Document)
    deletion = address(Document, "delete", letter.pk)
    sent = read_form(second.get(deletion))
    first.post(form_of(letter), {**opened(first, letter), "note": "Torn"})
    response = second.post(deletion, {**sent, "change_reason": "Entered twice"})
    assert "was changed by somebody else" in messages(response)[0]
    assert read_form(response)["change_reason"] == ["Entered twice"]
    assert second.post(deletion, read_form(response)).status_code == 302
    assert not Document.objects.filter(pk=letter.pk).exists()


def test_a_list_leaves_alone_what_was_changed_since(first: Client, second: Client) -> None:
    kept, done = build(Document, state="draft"), build(Document, state="draft")
    listed = address(Document, "changelist")
    sent = read_form(second.get(listed), "changelist-form")
    first.post(form_of(kept), {**opened(first, kept), "note": "Unfinished"})
    chosen = {"action": "publish_selected", "_selected_action": [kept.pk, done.pk]}
    response = second.post(listed, {**sent, **chosen}, follow=True)
    assert "This was changed since you saw the list (first, " in messages(response)[0]
    for record, state in ((kept, "draft"), (done, "published")):
        record.refresh_from_db()
        assert record.state == state
    assert kept.note == "Unfinished"


def test_a_form_without_a_version_changes_nothing_unasked(second: Client) -> None:
    letter = build(Document, title="Letter")
    for forged in ("", "abc", "1.2", "9" * 40):
        sent = {**opened(second, letter), "_version": forged, "title": "Forged"}
        assert second.post(form_of(letter), sent).status_code == 409
    letter.refresh_from_db()
    assert letter.title == "Letter"


def test_versions_are_read_as_they_are_written() -> None:
    version = versions.Version(7, ((1, 2, 3), (0, 0, 0)))
    assert str(version) == "7.1-2-3.0-0-0"
    assert versions.read(str(version)) == version
    for broken in ("", "7.1-2", "7.1-2-3-4", "-1", "7.a-b-c", "²", "7..", "9" * 30):
        assert versions.read(broken) is None


def test_a_row_that_moves_away_is_a_new_version(db: None) -> None:
    letter = build(Document)
    title = build(Title, document=letter)
    before = versions.token(letter, Title)
    title.document = build(Document)
    title.save()
    assert versions.token(letter, Title) != before


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_one_moment_one_is_asked() -> None:
    """Real connections, side by side: three rounds."""
    letter = build(Document, title="Letter")
    people = [person(name, "") for name in ("first", "second")]
    for turn in range(3):
        forms = [opened(client, letter) for client in people]
        together = Barrier(len(people))
        answers: list[int] = []

        def save(client: Client, sent: Sent, wait: Callable[[], int], found: list[int]) -> None:
            wait()
            try:
                found.append(client.post(form_of(letter), sent).status_code)
            finally:
                connection.close()

        threads = [
            Thread(
                target=save,
                args=(client, {**sent, "title": f"{turn} {place}"}, together.wait, answers),
            )
            for place, (client, sent) in enumerate(zip(people, forms, strict=True))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == [302, 409]
    assert User.objects.count() == 2
