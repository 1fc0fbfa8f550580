"""Signing in: locks that grow, the visitor's address behind proxies, forgotten passwords."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone

from catalogue.views import lockout

LOGIN = "/admin/login/"
PASSWORD = "a long enough password"


@pytest.fixture
def archivist(db: None) -> User:
    return User.objects.create_user(
        "archivist", "archivist@archive.example", PASSWORD, is_staff=True
    )


def attempt(client: Client, password: str, name: str = "archivist", **headers: Any) -> int:
    response = client.post(LOGIN, {"username": name, "password": password}, **headers)
    return response.status_code


def fail(client: Client, times: int, **headers: Any) -> list[int]:
    return [attempt(client, "wrong", **headers) for _number in range(times)]


def wait(minutes: float) -> None:
    """As if so much time had passed since the failures."""
    past = timedelta(minutes=minutes)
    for row in AccessAttempt.objects.all():
        row.expiration.expires_at -= past
        row.expiration.save()
        row.attempt_time -= past
        row.save()


def test_five_failures_lock_the_name_even_for_the_right_password(
    client: Client, archivist: User
) -> None:
    assert fail(client, 5) == [200, 200, 200, 200, 429]
    assert attempt(client, PASSWORD) == 429
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert attempt(client, PASSWORD, **elsewhere) == 429
    assert attempt(client, "wrong", name="another") == 200


def test_an_unknown_name_is_answered_alike(client: Client, archivist: User) -> None:
    known = client.post(LOGIN, {"username": "archivist", "password": "wrong"}).content.decode()
    unknown = client.post(LOGIN, {"username": "nobody", "password": "wrong"}).content.decode()
    assert without_token(known) == without_token(unknown).replace("nobody", "archivist")


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_the_lock_ends_and_each_further_one_is_longer(client: Client, archivist: User) -> None:
    fail(client, 5)
    wait(1.1)
    assert fail(client, 5)[-1] == 429
    wait(1.1)
    assert attempt(client, PASSWORD) == 429
    wait(1)
    assert attempt(client, PASSWORD) == 302


def test_somebody_else_signing_in_ends_no_lock(client: Client, archivist: User) -> None:
    AccessFailureLog.objects.bulk_create(
        AccessFailureLog(username="archivist", attempt_time=timezone.now()) for _ in range(20)
    )
    fail(client, 5)
    wait(5)
    assert attempt(client, "wrong", name="another") == 200
    assert attempt(client, PASSWORD) == 429


def test_attempts_during_a_lock_do_not_make_it_longer(client: Client, archivist: User) -> None:
    fail(client, 20)
    assert AccessFailureLog.objects.count() == 5
    wait(1.1)
    assert attempt(client, PASSWORD) == 302


@pytest.mark.django_db
def test_no_lock_is_longer_than_four_hours() -> None:
    AccessFailureLog.objects.bulk_create(
        AccessFailureLog(username="archivist", attempt_time=timezone.now()) for _ in range(200)
    )
    request = RequestFactory().post(LOGIN, {"username": "archivist"})
    assert lockout.duration(request) == timedelta(hours=4)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_only_what_the_proxies_wrote_names_the_visitor(
    settings: Any, proxies: int, forwarded: str, found: str
) -> None:
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
    assert lockout.address(request) == found


def test_a_forgotten_password_is_set_anew_by_e_mail(client: Client, archivist: User) -> None:
    assert "/admin/password-reset/" in client.get(LOGIN).content.decode()
    client.post("/admin/password-reset/", {"email": archivist.email})
    [message] = mail.outbox
    link = re.search(r"http://testserver(/admin/password-reset/\S+)", str(message.body))
    assert link is not None
    page = client.get(link[1], follow=True)
    new = {"new_password1": "quite another password", "new_password2": "quite another password"}
    done = client.post(page.redirect_chain[-1][0], new, follow=True)
    assert done.status_code == 200
    assert attempt(Client(), "quite another password") == 302
    assert attempt(Client(), PASSWORD) == 200


@pytest.mark.django_db
def test_nobody_learns_whether_an_address_has_an_account(client: Client) -> None:
    sent = client.post("/admin/password-reset/", {"email": "nobody@archive.example"}, follow=True)
    assert sent.status_code == 200
    assert mail.outbox == []
