"""The guards that stand before every view and behind every answer."""

import base64
import hashlib
import re
import time
from importlib.resources import files

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from catalogue.views.security import (
    LONGEST_QUERY_VALUE,
    POLICY,
    SESSION_BEGAN,
    SESSION_SEEN,
    content_security_policy,
)

LOGIN = "/admin/login/"


@pytest.mark.parametrize("address", [LOGIN, "/nowhere/", "/fr/nowhere/", "/admin/%00/"])
@pytest.mark.django_db
def test_every_answer_carries_the_policy(client: Client, address: str) -> None:
    assert client.get(address)["Content-Security-Policy"] == POLICY


def test_no_inline_script_is_ever_allowed() -> None:
    assert "unsafe" not in POLICY
    assert "script-src 'self';" in POLICY


def test_an_answer_may_bring_a_stricter_policy(rf: RequestFactory) -> None:
    strict = "sandbox; default-src 'none'"
    middleware = content_security_policy(
        lambda request: HttpResponse(headers={"Content-Security-Policy": strict})
    )
    assert middleware(rf.get("/"))["Content-Security-Policy"] == strict


def test_the_policy_knows_the_one_inline_style_of_the_admin() -> None:
    template = files("django.contrib.admin").joinpath("templates/admin/change_list.html")
    styles = re.findall(r"<style>(.*?)</style>", template.read_text("utf-8"), re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(style.encode()).digest()) for style in styles]
    assert len(digests) == 1
    assert f"'sha256-{digests[0].decode()}'" in POLICY


@pytest.mark.parametrize(
    "address",
    [
        "/%00/",
        "/fr/documents/%00",
        LOGIN + "?q=%00",
        LOGIN + "?%00=q",
        LOGIN + "?a=1&q=one&q=two%00",
        LOGIN + "?q=" + "a" * (LONGEST_QUERY_VALUE + 1),
        LOGIN + "?" + "a" * (LONGEST_QUERY_VALUE + 1) + "=1",
        LOGIN + "?" + "&".join(f"a{number}=1" for number in range(1001)),
    ],
)
def test_what_no_database_can_look_up_is_a_bad_request(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_cookie_that_no_database_can_look_up_is_a_bad_request(client: Client) -> None:
    cookie = f'{settings.SESSION_COOKIE_NAME}="\\000abcdefgh"'  # an octal escape, read as NUL
    assert client.get("/admin/", headers={"cookie": cookie}).status_code == 400


@pytest.mark.parametrize(
    "query", ["%ED%A0%80", "%FF", "%2500", "a" * LONGEST_QUERY_VALUE, "%F0%9F"]
)
@pytest.mark.django_db
def test_odd_but_harmless_text_is_let_through(client: Client, query: str) -> None:
    assert client.get(f"{LOGIN}?q={query}").status_code == 200


@pytest.mark.django_db
def test_an_idle_session_ends(admin_client: Client) -> None:
    assert admin_client.get("/admin/").status_code == 200
    _age(admin_client, SESSION_SEEN, settings.SESSION_IDLE_SECONDS + 1)
    assert admin_client.get("/admin/").status_code == 302
    assert "_auth_user_id" not in admin_client.session


@pytest.mark.django_db
def test_a_busy_session_ends_with_the_working_day(admin_client: Client) -> None:
    admin_client.get("/admin/")
    _age(admin_client, SESSION_BEGAN, settings.SESSION_COOKIE_AGE + 1)
    assert admin_client.get("/admin/").status_code == 302


@pytest.mark.django_db
def test_using_a_session_keeps_it_alive(admin_client: Client) -> None:
    admin_client.get("/admin/")
    _age(admin_client, SESSION_SEEN, settings.SESSION_IDLE_SECONDS - 60)
    assert admin_client.get("/admin/").status_code == 200
    assert time.time() - admin_client.session[SESSION_SEEN] < settings.SESSION_IDLE_SECONDS / 2


@pytest.mark.django_db
def test_a_clock_set_back_signs_nobody_out(admin_client: Client) -> None:
    admin_client.get("/admin/")
    _age(admin_client, SESSION_SEEN, -365 * 24 * 3600)
    assert admin_client.get("/admin/").status_code == 200
    assert admin_client.session[SESSION_SEEN] <= time.time()


@pytest.mark.django_db
def test_what_a_signed_in_person_sees_is_kept_by_no_cache(admin_client: Client) -> None:
    for address in ["/admin/", "/nowhere/"]:
        assert "no-store" in admin_client.get(address)["Cache-Control"]
        assert "private" in admin_client.get(address)["Cache-Control"]


def test_a_visitor_costs_no_session_and_no_query(client: Client) -> None:
    response = client.get("/nowhere/")  # without the db mark a query would raise
    assert not response.cookies
    assert "no-store" not in response.get("Cache-Control", "")


@pytest.mark.django_db
def test_a_view_is_private_until_somebody_says_otherwise(client: Client) -> None:
    response = client.get(reverse("admin:password_change"))
    assert response.status_code == 302
    assert response["Location"].startswith(LOGIN)


@pytest.mark.django_db
def test_signing_in_leads_to_no_foreign_site(client: Client) -> None:
    User.objects.create_superuser("keeper", password="a long enough password")
    form = {"username": "keeper", "password": "a long enough password"}
    for evil in [
        "//evil.example",
        "https://evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
    ]:
        response = client.post(LOGIN, form | {"next": evil})
        assert response["Location"] == "/admin/"


def _age(client: Client, stamp: str, seconds: int) -> None:
    """Make one stamp of the client's session older."""
    session = client.session
    session[stamp] -= seconds
    session.save()
