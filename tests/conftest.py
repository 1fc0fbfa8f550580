"""Fixtures of the whole suite, and what every run says about itself."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent


def pytest_report_header() -> str:
    return f"database: {connection.vendor}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in plain words what tests/run.py could not run."""
    if left_out := os.environ.get("TESTS_LEFT_OUT"):
        terminalreporter.section("left out")
        terminalreporter.write_line(left_out)


def skip_here_but_fail_in_ci(reason: str) -> None:
    """Leave a test out on somebody's own machine; in continuous integration nothing is left out."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sources and samples beside the project, which the product never needs."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        skip_here_but_fail_in_ci("the folder of samples, ../shared, is not here")
    return folder


@pytest.fixture
def archivist(db: None) -> User:
    """A member of staff who may do everything in the catalogue, and is no superuser."""
    user = User.objects.create_user("archivist", password="a long enough password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="catalogue"))
    return user


@pytest.fixture
def archivist_client(archivist: User) -> Client:
    """A client that the archivist has signed in with."""
    client = Client()
    client.force_login(archivist)
    return client
