"""The pages of the quality report and of likely duplicates."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from catalogue.admin import quality
from catalogue.models import Agent, Distinction, Unit
from tests.admin.forms import page
from tests.admin.test_registry import address
from tests.builders import build

pytestmark = pytest.mark.django_db


def test_the_report_leads_to_the_records_that_it_counts(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality, "PAGE", 2)
    units = [build(Unit, segment=str(number)) for number in range(1, 4)]
    assert page(chief.get(reverse("admin:index"))).find("a", href=reverse("admin:quality"))
    report = page(chief.get(reverse("admin:quality")))
    listed = reverse("admin:quality_check", args=["unit-undated"])
    link = report.find("a", href=listed)
    assert link is not None
    row = link.find_parent("tr")
    assert row is not None
    assert row.select(".number")[0].text == "3"
    assert report.select(".done li")
    first = page(chief.get(listed))
    for unit, shown in zip(units, (True, True, False), strict=True):
        assert bool(first.find("a", href=address(Unit, "change", unit.pk))) is shown
    rest = page(chief.get(f"{listed}{first.select('a[rel=next]')[0]['href']}"))
    assert rest.find("a", href=address(Unit, "change", units[2].pk))


def test_every_check_has_a_page(chief: Client) -> None:
    build(Unit)
    assert chief.get(reverse("admin:quality_check", args=["unit-undated"])).status_code == 200
    hostile = reverse("admin:quality_check", args=["question-unresolved"])
    for after in ("-1", "x", "9" * 30):
        assert chief.get(hostile, {"after": after}).status_code == 200
    assert chief.get(reverse("admin:quality_check", args=["no-such"])).status_code == 404


def test_likely_duplicates_are_merged_or_told_apart(chief: Client) -> None:
    one, other = build(Agent, name="Троцкий Л. Д."), build(Agent, name="Trotsky, L.")
    where = reverse("admin:duplicates_of", args=["agent"])
    assert chief.get(reverse("admin:duplicates")).status_code == 302
    shown = page(chief.get(where))
    merge = f"{address(Agent, 'merge')}?keep={one.pk}&merge={other.pk}"
    assert shown.find("a", href=merge) is not None
    assert chief.post(where, {"keep": one.pk, "merge": "x"}).status_code == 404
    assert chief.post(where, {"keep": one.pk, "merge": other.pk}).status_code == 302
    assert Distinction.objects.get().user_name == "chief"
    assert page(chief.get(where)).find("a", href=merge) is None
    for name in ("document", "publication", "term", "unit"):
        found = chief.get(reverse("admin:duplicates_of", args=[name]), {"after": "x"})
        assert found.status_code == 200
    assert chief.get(reverse("admin:duplicates_of", args=["title"])).status_code == 404


def test_whoever_may_only_look_does_not_tell_apart() -> None:
    one, other = build(Agent, name="Троцкий Л. Д."), build(Agent, name="Trotsky, L.")
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_agent"))
    client = Client()
    client.force_login(viewer)
    where = reverse("admin:duplicates_of", args=["agent"])
    shown = page(client.get(where))
    assert shown.find("a", href=address(Agent, "change", one.pk)) is not None
    assert shown.select("form[method=post] button.button") == []
    assert client.post(where, {"keep": one.pk, "merge": other.pk}).status_code == 403
    assert not Distinction.objects.exists()


def test_whoever_may_see_nothing_sees_no_report() -> None:
    client = Client()
    client.force_login(User.objects.create_user("guest", is_staff=True))
    for name in ("quality", "duplicates"):
        assert client.get(reverse(f"admin:{name}")).status_code == 403
    one = reverse("admin:quality_check", args=["unit-undated"])
    kind = reverse("admin:duplicates_of", args=["agent"])
    assert client.get(one).status_code == 403
    assert client.get(kind).status_code == 403
