"""The first administrator."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import RequestFactory

pytestmark = pytest.mark.django_db


def ensure() -> str:
    output = StringIO()
    call_command("ensure_administrator", stdout=output)
    return output.getvalue()


def test_an_administrator_is_made_whose_printed_password_works() -> None:
    words = ensure().split()
    user = authenticate(RequestFactory().post("/"), username=words[-3], password=words[-1])
    assert user is not None
    assert user.is_superuser


def test_a_second_run_changes_and_prints_nothing() -> None:
    ensure()
    before = list(User.objects.values())
    assert ensure() == ""
    assert list(User.objects.values()) == before


def test_passwords_are_random() -> None:
    first = ensure()
    User.objects.all().delete()
    assert ensure() != first


def test_somebody_elses_name_is_not_taken_over() -> None:
    User.objects.create_user("admin", password="an ordinary member")
    ensure()
    assert not User.objects.get(username="admin").is_superuser
    assert User.objects.get(username="admin2").is_superuser


def test_a_deactivated_administrator_does_not_count() -> None:
    User.objects.create_superuser("admin", password="gone", is_active=False)
    ensure()
    assert User.objects.filter(is_superuser=True, is_active=True).count() == 1
