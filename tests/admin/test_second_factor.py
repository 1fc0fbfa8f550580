"""The second factor: set up, asked for, demanded, forgotten."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalogue.models import Account
from tests.admin.forms import errors, page

ASK, SET_UP = "/admin/second-factor/", "/admin/second-factor/set-up/"
AGENTS = "/admin/catalogue/agent/"


def code(device: TOTPDevice) -> str:
    """What the person's app shows now."""
    clock = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    clock.time = time.time()
    return f"{clock.token():06d}"


@pytest.fixture
def enrolled(chief: Client) -> list[str]:
    """The chief has set the factor up; the codes for paper."""
    chief.get(SET_UP)
    response = chief.post(SET_UP, {"code": code(TOTPDevice.objects.get())})
    return [item.text for item in page(response).select(".paper-codes code")]


def again(superuser: User) -> Client:
    """The same person, signed in anew by the password."""
    client = Client()
    client.force_login(superuser)
    return client


def test_without_one_nothing_is_asked(chief: Client) -> None:
    assert chief.get(AGENTS).status_code == 200


def test_whoever_has_set_it_up_is_asked_and_led_on(enrolled: list[str], superuser: User) -> None:
    person = again(superuser)
    asked = person.get(AGENTS, follow=True)
    assert unquote(asked.redirect_chain[-1][0]) == f"{ASK}?next={AGENTS}"
    TOTPDevice.objects.update(last_t=-1)  # as if time had passed
    led = person.post(f"{ASK}?next={AGENTS}", {"code": code(TOTPDevice.objects.get())})
    assert (led.status_code, led["Location"]) == (302, AGENTS)
    assert person.get(AGENTS).status_code == 200


def test_a_code_works_once(enrolled: list[str], superuser: User) -> None:
    used = code(TOTPDevice.objects.get())  # by setting up
    refused = again(superuser).post(ASK, {"code": used})
    assert errors(refused) == ["This code is not right, or was used before. Try the next."]


def test_a_code_on_paper_opens_once(enrolled: list[str], superuser: User) -> None:
    assert len(enrolled) == 10
    assert again(superuser).post(ASK, {"code": enrolled[0]}).status_code == 302
    assert again(superuser).post(ASK, {"code": enrolled[0]}).status_code == 200
    assert StaticToken.objects.count() == 9


def test_of_whom_it_is_demanded_is_led_to_set_it_up(chief: Client, superuser: User) -> None:
    Account.objects.create(user=superuser, second_factor=True)
    led = chief.get(AGENTS, follow=True)
    assert led.redirect_chain[-1][0].startswith(SET_UP)
    assert "An administrator asks for a second factor" in led.content.decode()
    assert chief.get("/admin/jsi18n/").status_code == 302


def test_setting_it_up_anew_needs_the_factor(enrolled: list[str], superuser: User) -> None:
    response = again(superuser).get(SET_UP)
    assert response["Location"].startswith(ASK)


def test_a_wrong_first_code_sets_nothing_up(chief: Client) -> None:
    chief.get(SET_UP)
    assert errors(chief.post(SET_UP, {"code": "000000"}))
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    assert chief.get(AGENTS).status_code == 200


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "javascript:x"])
def test_the_way_on_stays_on_the_site(enrolled: list[str], superuser: User, wanted: str) -> None:
    led = again(superuser).post(f"{ASK}?next={wanted}", {"code": enrolled[0]})
    assert led["Location"] == "/admin/"


@pytest.mark.django_db
def test_only_staff_see_the_pages(client: Client) -> None:
    assert client.get(SET_UP).status_code == 302
    client.force_login(User.objects.create_user("reader"))
    assert client.get(SET_UP).status_code == 403


def test_an_administrator_demands_and_forgets(chief: Client, enrolled: list[str]) -> None:
    person = User.objects.create_user("archivist", is_staff=True)
    act(chief, "demand_second_factor", person)
    assert Account.objects.get(user=person).second_factor
    assert again(person).get(AGENTS, follow=True).redirect_chain[-1][0].startswith(SET_UP)
    TOTPDevice.objects.create(user=person, confirmed=True)
    act(chief, "forget_second_factor", person)
    assert not TOTPDevice.objects.filter(user=person).exists()


def act(chief: Client, action: str, person: User) -> Any:
    response = chief.post(
        "/admin/auth/user/", {"action": action, "_selected_action": [person.pk]}, follow=True
    )
    assert response.status_code == 200
    return response
