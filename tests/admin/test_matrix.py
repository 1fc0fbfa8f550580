"""Every view of the site, every role, reading and posting: by default, no."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.http import Http404
from django.template.response import TemplateResponse

from archive_site.administration import Site
from catalogue.models import STATEMENTS, role
from catalogue.models.visibility import Publishable
from tests.admin import matrix
from tests.admin.holding import Holding
from tests.admin.matrix import NOBODY, ORDER, View
from tests.admin.people import everybody

# Django's own: an address without its last part leads on, one that is unknown is not found.
UNNAMED = {"admin:unnamed RedirectView", "admin:unnamed AdminSite.catch_all_view"}


def named() -> list[View]:
    return [view for view in matrix.views() if "unnamed" not in view.name]


def test_every_view_is_listed() -> None:
    unnamed = {view.name for view in matrix.views() if "unnamed" in view.name}
    assert {name.replace(".as_view.<locals>.view", "") for name in unnamed} <= UNNAMED | {
        "admin:unnamed View"
    }
    assert sorted({view.name for view in named() if view.rule is None}) == []


def test_each_role_may_do_what_the_one_before_it_may(db: None) -> None:
    """So that the matrix need only look at the first role that may and the last that may not."""
    granted = [
        set(Group.objects.get(name=one.name).permissions.values_list("codename", flat=True))
        for one in role.ROLES
    ]
    everything = set(Permission.objects.values_list("codename", flat=True))
    for less, more in zip(granted, [*granted[1:], everything], strict=True):
        assert less < more


def drafts(holding: Holding) -> Holding:
    for model in holding:
        if issubclass(model, Publishable):
            model._base_manager.update(state="draft", public_from=None)
    return holding


def stored(holding: Holding) -> dict[str, Any]:
    """How many rows there are of each model and of its history, and the states of all."""
    found: dict[str, Any] = {}
    for model in holding:
        found[model._meta.label] = list(model._base_manager.order_by("pk").values())
        if hasattr(model, "history"):
            found[f"{model._meta.label} history"] = model.history.count()
    return found


def reached(*_arguments: Any, **_more: Any) -> None:
    raise Http404


@pytest.fixture
def unrendered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may see a page is decided before its form is made, and before it is written out."""
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")
    monkeypatch.setattr(Site, "get_app_list", lambda *_arguments, **_more: [])
    for administered in admin.site._registry.values():
        monkeypatch.setattr(type(administered), "get_fieldsets", reached)


def is_turned_away(response: Any) -> bool:
    to_login = response.status_code == 302 and "/login/" in response["Location"]
    return to_login or response.status_code in (403, 405)


class Round:
    """Everybody, and the holding that they try to reach."""

    def __init__(self, holding: Holding) -> None:
        self.holding, self.people = drafts(holding), everybody()

    def ask(self, view: View, method: str, who: str) -> Any:
        place = matrix.address(view, self.holding)
        query = matrix.query(view, self.holding)
        if method == "post":
            place, query = f"{place}?{urlencode(query)}" if query else place, {}
        response = getattr(self.people[who], method)(place, query)
        if response.streaming:
            b"".join(response)
            for close in response._resource_closers:
                close()
        return response


def asked() -> Iterator[tuple[View, str, int]]:
    """Each view and method, with the place of the first role that may. Signing out comes last."""
    for view in sorted(named(), key=lambda view: view.name == "admin:logout"):
        assert view.rule is not None, view.name
        for method, first in (("get", view.rule.get), ("post", view.rule.post)):
            yield view, method, len(ORDER) if first == NOBODY else ORDER.index(first)


def test_the_matrix(holding: Holding, unrendered: None) -> None:
    """Of each view and method: the last role that may not, and nobody signed in; then the first
    that may. All that was refused changed nothing."""
    everyone = Round(holding)
    before = stored(holding)
    wrong: list[str] = []
    for view, method, place in asked():
        for who in {ORDER[place - 1], "anonymous"} if place else ():
            response = everyone.ask(view, method, who)
            if not is_turned_away(response):
                wrong.append(f"{who} may {method} {view.name}: {response.status_code}")
    assert stored(holding) == before
    for view, method, place in asked():
        if place < len(ORDER):
            response = everyone.ask(view, method, ORDER[place])
            public = view.name.startswith("catalogue:")
            if response.status_code >= 500 or (not public and is_turned_away(response)):
                wrong.append(f"{ORDER[place]} may not {method} {view.name}: {response.status_code}")
    assert "\n".join(wrong) == ""


def test_a_row_of_a_record_with_every_role_and_method(holding: Holding, unrendered: None) -> None:
    people = everybody()
    drafts(holding)
    wrong = []
    for view in named():
        if view.name.removeprefix("admin:catalogue_title_") in PAGES:
            assert view.rule is not None
            place = matrix.address(view, holding)
            for who, client in people.items():
                for method, first in (("head", view.rule.get), ("post", view.rule.post)):
                    may = ORDER.index(who) >= ORDER.index(first)
                    if is_turned_away(getattr(client, method)(place)) is may:
                        wrong.append(f"{who} {method} {view.name}")
    assert wrong == []


PAGES = ("changelist", "add", "change", "delete", "history", "simple_history")


def test_what_is_published_is_read_only_below_a_reviewer(
    holding: Holding, unrendered: None
) -> None:
    people = everybody()
    before = stored(holding)
    for view in named():
        kind, _line, page = view.name.removeprefix("admin:catalogue_").partition("_")
        model = next((model for model in holding if model._meta.model_name == kind), None)
        if page in ("change", "delete") and model is not None and is_published(model):
            place = matrix.address(view, holding)
            for who in ("viewer", "cataloguer"):
                assert people[who].post(place).status_code in (403,), (who, view.name)
    assert stored(holding) == before
    for model in STATEMENTS:
        place = f"/admin/catalogue/{model._meta.model_name}/{holding[model].pk}/change/"
        assert people["reviewer"].post(place).status_code != 403


def is_published(model: type[Model]) -> bool:
    return issubclass(model, Publishable)
