"""The tree of units in the administration: browsed, searched, moved, sorted, renumbered."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import Tag
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import text
from catalogue.admin.tree import branches, places
from catalogue.admin.tree.state import Anchor, State
from catalogue.models import Act, Document, Repository, Unit, Witness
from catalogue.models.tree import GAP
from tests.admin.forms import messages, page
from tests.builders import build

PAGES = ("tree", "branch", "move", "step", "order", "renumber")


def address(name: str) -> str:
    return reverse(f"admin:catalogue_unit_{name}")


def make_branch(parent: Unit, number: int, **values: Any) -> list[Unit]:
    """So many files under a unit, at once."""
    rows = Unit.objects.bulk_create(
        Unit(
            repository=parent.repository,
            parent=parent,
            segment=str(place),
            segment_key=text.natural_key(str(place)),
            title=f"File {place}",
            level="file",
            position=place * GAP,
            depth=parent.depth + 1,
            **values,
        )
        for place in range(1, number + 1)
    )
    for row in rows:
        row.path = f"{parent.path}{row.pk}/"
    Unit.objects.bulk_update(rows, ["path"])
    return rows


@pytest.fixture
def repository(db: None) -> Repository:
    return build(Repository, code="rgaspi")


@pytest.fixture
def fonds(repository: Repository) -> Unit:
    return build(Unit, repository=repository, segment="17", title="Central Committee")


@pytest.fixture
def opis(fonds: Unit) -> Unit:
    return build(Unit, parent=fonds, level="series", level_label="opis", segment="2", title="Plena")


def order(parent: Unit | None) -> list[str]:
    return [unit.segment for unit in Unit.objects.filter(parent=parent).in_order()]


def show(client: Client, name: str, **query: Any) -> Any:
    return client.get(address(name), query)


def part(response: Any, selector: str) -> Tag:
    found = page(response).select_one(selector)
    assert found is not None, selector
    return found


def refused(response: Any) -> str:
    return part(response, ".errornote").get_text()


def names(response: Any) -> list[str]:
    return [
        re.sub(r"\s+", " ", item.get_text(" ", strip=True))
        for item in page(response).select(".name")
    ]


def test_without_scripts_every_branch_is_opened_by_a_link(
    chief: Client, repository: Repository, opis: Unit
) -> None:
    make_branch(opis, 3)
    response = show(chief, "tree", repository="rgaspi")
    assert names(response) == ["fonds 17 Central Committee"]
    for _level in range(2):
        twig = page(response).select("a.twig")[-1]
        response = chief.get(str(twig["href"]).partition("#")[0])
    assert names(response)[1:] == ["opis 2 Plena", *(f"file {n} File {n}" for n in (1, 2, 3))]
    items = page(response).select("[role=tree] [role=treeitem]")
    assert [item["aria-level"] for item in items] == ["1", "2", "3", "3", "3"]
    assert [item.get("aria-expanded") for item in items] == ["true", "true", None, None, None]
    assert not page(response).select("[aria-setsize]")


def test_a_branch_comes_alone_as_it_stands_in_the_page(
    chief: Client, repository: Repository, opis: Unit
) -> None:
    make_branch(opis, 2)
    fragment = show(chief, "branch", repository="rgaspi", parent=opis.pk)
    whole = show(chief, "tree", repository="rgaspi", open=f"{opis.parent_id},{opis.pk}")
    assert names(fragment) == names(whole)[2:]
    assert part(fragment, "ul")["role"] == "group"


def test_long_branches_are_leafed_through_both_ways(opis: Unit) -> None:
    rows = make_branch(opis, 250)
    state = State(opis.repository, opis, (opis.pk,))

    def shown(anchor: Anchor | None) -> branches.Branch:
        anchors = (anchor,) if anchor else ()
        return branches.read_one(State(opis.repository, anchors=anchors), opis.pk)

    first = branches.read(state).rows[0].branch
    assert first is not None
    assert first.above is None
    second = shown(first.below)
    third = shown(second.below)
    pages = (first, second, third)
    assert [row.unit.pk for found in pages for row in found.rows] == [row.pk for row in rows]
    assert third.below is None
    assert [row.unit for row in shown(third.above).rows] == [row.unit for row in second.rows]
    around = shown(Anchor(rows[200].pk))
    assert [around.rows[0].unit, around.rows[10].unit] == [rows[190], rows[200]]
    assert around.above is not None
    assert around.below is None


def test_queries_do_not_grow_with_what_is_open(
    chief: Client, repository: Repository, fonds: Unit
) -> None:
    def count(*opened: Unit) -> int:
        keys = ",".join(str(unit.pk) for unit in opened)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            show(chief, "tree", repository="rgaspi", open=keys, at=str(opened[-1].pk))
        asked = [row["sql"] for row in captured if '"catalogue_unit"' in row["sql"]]
        assert not [sql for sql in asked if "OFFSET" in sql or "COUNT(" in sql]
        return len(asked)

    chain = [fonds]
    for level in range(11):
        chain.append(build(Unit, parent=chain[-1], level="otherlevel", segment=str(level)))
        make_branch(chain[-1], 3)
    count(fonds)
    assert count(*chain) == count(fonds) <= 3


def test_twelve_levels_stand_under_each_other(
    chief: Client, repository: Repository, fonds: Unit
) -> None:
    unit = fonds
    for level in range(11):
        unit = build(Unit, parent=unit, level="otherlevel", segment=str(level))
    response = chief.get(State(repository).revealing(unit).address().partition("#")[0])
    levels = [int(str(item["aria-level"])) for item in page(response).select("[role=treeitem]")]
    assert levels == list(range(1, 13))
    alone = show(chief, "tree", unit=unit.parent_id, open=unit.parent_id)
    assert [item["aria-level"] for item in page(alone).select("[role=treeitem]")] == ["1", "2"]


def test_a_segment_is_gone_to_in_a_long_branch(
    chief: Client, repository: Repository, opis: Unit
) -> None:
    rows = make_branch(opis, 300)
    asked: dict[str, Any] = {"repository": "rgaspi", "branch": opis.pk, "goto": "250"}
    response = chief.get(address("tree"), asked)
    assert response.status_code == 302
    assert response["Location"].endswith(f"#unit-{rows[249].pk}")
    assert "file 250 File 250" in names(chief.get(response["Location"]))
    fragment = show(chief, "branch", repository="rgaspi", parent=opis.pk, goto="250а")
    assert part(fragment, "ul")["data-focus"] == str(rows[250].pk)


@pytest.mark.parametrize(
    "typed", ["17/2/685", "17 2 685", "ф. 17. оп. 2. д. 685", "rgaspi, f. 17, op. 2, d. 685", "685"]
)
def test_a_reference_is_found_as_it_is_written(opis: Unit, typed: str) -> None:
    wanted = build(Unit, parent=opis, level="file", segment="685")
    other = build(Unit, repository=opis.repository, segment="18")
    build(Unit, parent=other, level="file", segment="686")
    assert places.find(typed, opis.repository) == [wanted]


def test_a_reference_of_several_units_has_to_be_written_from_the_top(
    chief: Client, opis: Unit
) -> None:
    other = build(Unit, parent=opis.parent, level="series", segment="3")
    for parent in (opis, other):
        build(Unit, parent=parent, level="file", segment="1")
    response = chief.get(address("tree"), {"repository": "rgaspi", "goto": "1"}, follow=True)
    assert "may be several units" in messages(response)[0]


def test_what_is_found_is_shown_with_its_path_and_opened_in_place(
    chief: Client, repository: Repository, opis: Unit
) -> None:
    rows = make_branch(opis, 150)
    Unit.objects.filter(pk=rows[140].pk).update(folded="письмо троцкого")
    elsewhere = build(Unit, repository=repository, title="Письмо", segment="99")
    response = show(chief, "tree", unit=opis.pk, q="ПИСЬМО")
    hits = page(response).select(".tree-hits li")
    assert [hit.get_text(" ", strip=True) for hit in hits] == ["file 141: File 141 17 › 2 › 141"]
    opened = chief.get(str(hits[0].select("a")[0]["href"]).partition("#")[0])
    assert "file 141 File 141" in names(opened)
    assert elsewhere.title not in opened.content.decode()


@pytest.mark.parametrize(("segment", "following"), [("685", "686"), ("Р-09", "Р-10"), ("а", "")])
def test_the_segment_that_follows_is_guessed(segment: str, following: str) -> None:
    assert places.following(segment) == following


def test_a_form_for_a_child_is_filled_in_with_what_is_likely(chief: Client, opis: Unit) -> None:
    first, second = make_branch(opis, 2, level_label="delo")
    add = reverse("admin:catalogue_unit_add")
    initial = chief.get(add, {"parent": opis.pk}).context["adminform"].form.initial
    assert [initial[name] for name in ("segment", "level", "level_label")] == ["3", "file", "delo"]
    after = chief.get(add, {"parent": opis.pk, "after": first.pk})
    initial = after.context["adminform"].form.initial
    assert "segment" not in initial
    assert first.position < int(initial["position"]) < second.position


# --- moving ---


def preview(client: Client, units: list[Unit], **query: Any) -> Any:
    return show(client, "move", units=",".join(str(unit.pk) for unit in units), **query)


def confirm(client: Client, response: Any, **values: str) -> Any:
    forms = page(response).select("form[method=post][action]")
    form = next(form for form in forms if form["action"] == address("move"))
    sent = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]")}
    return client.post(address("move"), {**sent, **values}, follow=True)


def test_a_move_shows_what_will_change_and_then_is_one_act(chief: Client, opis: Unit) -> None:
    target = build(Unit, parent=opis.parent, level="series", segment="3")
    file = build(Unit, parent=opis, level="file", segment="685")
    document = build(Document, title="Letter on prices")
    build(Witness, document=document, unit=file, label="typed copy")
    response = preview(chief, [file], place="under", at=target.pk)
    said = page(response).get_text(" ", strip=True)
    assert "1 unit will be called otherwise" in said
    assert "Letter on prices – typed copy" in said
    assert f"/units/{file.identifier}/ stays" in said
    file.refresh_from_db()
    assert file.parent == opis
    done = confirm(chief, response, reason="Misplaced")
    assert "moved under" in messages(done)[0]
    file.refresh_from_db()
    assert file.path == f"{target.path}{file.pk}/"
    act = Act.objects.get()
    assert (act.kind, act.reason, act.user_name) == ("move", "Misplaced", "chief")
    row = file.history.latest()
    assert (row.history_act, row.history_change_reason) == (act, "Misplaced")
    before = row.prev_record
    assert before.parent_id == opis.pk


def test_the_state_before_the_act_puts_a_moved_unit_back(chief: Client, opis: Unit) -> None:
    rows = [build(Unit, parent=opis, level="file", segment=str(n)) for n in (1, 2, 3)]
    confirm(chief, preview(chief, [rows[0]], place="under", at=opis.parent_id))
    rows[0].refresh_from_db()
    assert rows[0].depth == 1
    before = rows[0].history.latest().prev_record.instance
    before.save()
    rows[0].refresh_from_db()
    assert rows[0].path == f"{opis.path}{rows[0].pk}/"
    assert rows[0].depth == 2
    assert order(opis) == ["1", "2", "3"]


def test_several_units_keep_their_order_at_the_new_place(chief: Client, opis: Unit) -> None:
    one, _two, three, four = make_branch(opis, 4)
    child = build(Unit, parent=four, level="item", segment="x")
    response = preview(chief, [four, three, child], place="after", at=one.pk)
    assert "go with it" in page(response).get_text()
    confirm(chief, response)
    assert order(opis) == ["1", "3", "4", "2"]
    child.refresh_from_db()
    assert child.parent == four


def test_a_place_may_be_typed(chief: Client, opis: Unit) -> None:
    one, _two, _three = make_branch(opis, 3)
    asked = {"place": "after", "reference": "17/2/2", "repository": "rgaspi"}
    confirm(chief, preview(chief, [one], **asked))
    assert order(opis) == ["2", "1", "3"]
    unknown = preview(chief, [one], **{**asked, "reference": "17/9"})
    assert "has no unit" in messages(chief.get(unknown["Location"].partition("#")[0]))[0]


def test_a_move_under_itself_is_refused(chief: Client, fonds: Unit, opis: Unit) -> None:
    response = preview(chief, [fonds], place="under", at=opis.pk)
    assert "cannot stand under itself" in refused(response)
    assert "Do not move" in page(response).get_text()
    assert confirm(chief, response).status_code == 409
    fonds.refresh_from_db()
    assert fonds.parent is None


def test_a_move_that_contradicts_a_witness_is_refused(chief: Client, opis: Unit) -> None:
    other = build(Unit, repository=build(Repository), segment="1")
    build(Witness, unit=opis, repository=opis.repository, label="carbon")
    response = preview(chief, [opis], place="under", at=other.pk)
    assert "carbon" in refused(response)
    assert confirm(chief, response).status_code == 409
    Witness.objects.update(repository=None)
    response = preview(chief, [opis], place="under", at=other.pk)
    assert "They change the repository" in page(response).get_text()
    confirm(chief, response)
    opis.refresh_from_db()
    assert opis.repository == other.repository


def test_what_becomes_public_or_hidden_is_said(chief: Client, opis: Unit) -> None:
    make_branch(opis, 2, state="published", public_from=opis.public_from)
    draft = build(Unit, repository=opis.repository, segment="18", state="draft")
    response = preview(chief, [opis], place="under", at=draft.pk)
    assert "3 units are no longer public" in page(response).get_text()
    confirm(chief, response)
    assert not Unit.objects.public().filter(path__startswith=f"/{draft.pk}/").exists()
    back = preview(chief, [Unit.objects.get(pk=opis.pk)], place="top", repository="rgaspi")
    assert "3 units become public" in page(back).get_text()


def test_what_was_changed_since_the_preview_is_refused(chief: Client, opis: Unit) -> None:
    one, _two, three = make_branch(opis, 3)
    response = preview(chief, [one], place="after", at=three.pk)
    Unit.objects.get(pk=opis.pk).move(None)
    late = confirm(chief, response)
    assert late.status_code == 409
    assert "Somebody has changed the tree" in messages(late)[0]
    assert order(opis) == ["1", "2", "3"]
    confirm(chief, late)
    assert order(opis) == ["2", "3", "1"]


def test_moves_to_nowhere_are_answered(chief: Client, opis: Unit) -> None:
    nothing = show(chief, "move", units="", place="under", at=opis.pk)
    assert "Choose what to move first" in messages(chief.get(nothing["Location"]))[0]
    for query in (
        {"units": opis.pk, "place": "sideways", "at": opis.pk},
        {"units": "9" * 30, "place": "under", "at": "x"},
    ):
        assert show(chief, "move", **query).status_code == 404
    for name in ("tree", "branch", "order", "renumber"):
        for wrong in ({"unit": "x"}, {"repository": "nowhere"}, {"parent": "9" * 18}):
            expected = 200 if name == "tree" and "parent" in wrong else 404
            assert show(chief, name, **wrong).status_code == expected, (name, wrong)


# --- order and segments ---


def test_a_step_among_siblings_is_done_at_once_and_named(chief: Client, opis: Unit) -> None:
    rows = [build(Unit, parent=opis, level="file", segment=str(n)) for n in (1, 2, 3)]
    response = chief.post(address("step"), {"up": rows[2].pk}, HTTP_ACCEPT="application/json")
    assert order(opis) == ["1", "3", "2"]
    assert response.json()["undo"] == reverse(
        "admin:catalogue_act_change", args=[Act.objects.get().pk]
    )
    done = chief.post(address("step"), {"down": rows[0].pk}, follow=True)
    assert "moved down" in messages(done)[0]
    assert order(opis) == ["3", "1", "2"]
    at_the_end = chief.post(address("step"), {"down": rows[1].pk}, HTTP_ACCEPT="application/json")
    assert at_the_end.json()["undo"] == ""
    assert Act.objects.count() == 2


def test_sorting_shows_who_moves_and_is_one_act(chief: Client, opis: Unit) -> None:
    for segment in ("10", "9", "17а", "17"):
        build(Unit, parent=opis, level="file", segment=segment)
    response = show(chief, "order", parent=opis.pk, by="reference")
    assert "4 of 4 get another place" in page(response).get_text()
    fields = page(response).select(".tree-preview form input[name]")
    sent = {str(field["name"]): str(field.get("value", "")) for field in fields}
    chief.post(address("order"), sent)
    assert order(opis) == ["9", "10", "17", "17а"]
    act = Act.objects.get()
    rows = Unit.history.filter(history_act=act)
    assert sorted(row.segment for row in rows) == ["10", "17", "17а", "9"]
    assert {row.history_user_name for row in rows} == {"chief"}
    build(Unit, parent=opis, level="file", segment="1")
    assert chief.post(address("order"), sent).status_code == 409
    again = show(chief, "order", parent=opis.pk, by="title")
    assert again.status_code == 200


def test_renumbering_shows_old_and_new_with_what_would_be_alike(chief: Client, opis: Unit) -> None:
    rows = [build(Unit, parent=opis, level="file", segment=segment) for segment in "abc"]
    build(Witness, unit=rows[1], label="carbon")
    chosen = ",".join(str(row.pk) for row in rows[:2])
    pattern = {"front": "", "start": "17", "step": "1", "suffix": "а"}
    rows[2].segment = "18а"
    rows[2].save()
    response = show(chief, "renumber", units=chosen, **pattern)
    assert "18а: Papers" in part(response, ".warned").get_text()
    assert "carbon" in page(response).get_text()
    fields = page(response).select("form[method=post]:not([action]) input[name]")
    sent = {str(field["name"]): str(field.get("value", "")) for field in fields}
    chief.post(address("renumber"), {**sent, "reason": "Inventory of 1930"})
    assert order(opis) == ["17а", "18а", "18а"]
    assert places.nearest("17а", opis, opis.repository) == rows[0]
    row = rows[0].history.latest()
    assert row.history_act.kind == "renumber"
    assert (row.prev_record.segment, row.history_change_reason) == ("a", "Inventory of 1930")
    assert chief.post(address("renumber"), sent).status_code == 409
    wrong = show(chief, "renumber", parent=opis.pk, **{**pattern, "step": "0"})
    assert page(wrong).select(".errorlist")


# --- permissions ---


def test_who_may_only_look_can_change_nothing(opis: Unit) -> None:
    viewer = User.objects.create_user("viewer", password="a long enough password", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_unit"))
    client = Client()
    client.force_login(viewer)
    response = show(client, "tree", unit=opis.pk)
    assert response.status_code == 200
    assert not page(response).select("#content input[type=checkbox], #content form[method=post]")
    assert show(client, "branch", unit=opis.pk, parent=opis.pk).status_code == 200
    for name in ("move", "order", "renumber"):
        assert show(client, name, parent=opis.pk, units=opis.pk).status_code == 403
    assert client.post(address("step"), {"up": opis.pk}).status_code == 403
    stranger = Client()
    for name in PAGES:
        assert stranger.get(address(name)).status_code == 302


def test_each_unit_is_asked_about(
    chief: Client, opis: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from catalogue.admin.unit import UnitAdmin

    def allowed(self: Any, request: Any, obj: Any = None) -> bool:
        return obj is None or obj.pk != opis.pk

    monkeypatch.setattr(UnitAdmin, "has_change_permission", allowed)
    response = preview(chief, [opis], place="top", repository="rgaspi")
    assert "may not change" in refused(response)
    assert confirm(chief, response).status_code == 409
    assert chief.post(address("step"), {"up": opis.pk}).status_code == 403


def test_moving_across_the_gate_asks_for_the_permission_to_publish(
    chief: Client, opis: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from catalogue.admin.unit import UnitAdmin

    monkeypatch.setattr(UnitAdmin, "has_publish_permission", lambda *arguments: False)
    draft = build(Unit, repository=opis.repository, segment="18", state="draft")
    response = preview(chief, [opis], place="under", at=draft.pk)
    assert "publish or hide" in refused(response)
    assert confirm(chief, response).status_code == 409


def test_the_tree_is_linked_from_lists_and_forms(chief: Client, opis: Unit) -> None:
    unit = chief.get(reverse("admin:catalogue_unit_change", args=[opis.pk]))
    assert page(unit).select_one(f".object-tools a[href^='{address('tree')}?unit={opis.pk}']")
    repository = chief.get(reverse("admin:catalogue_repository_change", args=[opis.repository_id]))
    assert page(repository).select_one(
        f".object-tools a[href='{address('tree')}?repository=rgaspi']"
    )
    listed = chief.get(reverse("admin:catalogue_unit_changelist"))
    assert page(listed).select_one(f".object-tools a[href='{address('tree')}']")
    assert page(show(chief, "tree")).select_one(".tree-repositories a")
