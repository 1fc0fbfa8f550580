"""A holding to administer, and a superuser who does it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.holding import Holding, build_holding


@pytest.fixture
def holding(db: None) -> Holding:
    return build_holding()


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("chief", password="a long enough password")


@pytest.fixture
def chief(superuser: User) -> Client:
    """A client that the superuser has signed in with."""
    client = Client()
    client.force_login(superuser)
    return client
