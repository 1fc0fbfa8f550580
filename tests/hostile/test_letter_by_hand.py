"""The letter, entered from nothing through the browser by three archivists at their keyboards.

What they have typed is then compared with the demonstration record, record for record.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.contrib.auth.models import User
from django.db import models
from playwright.sync_api import sync_playwright

from catalogue.management.demonstration import Entry, identifier_of
from catalogue.models import Statement
from catalogue.models.statement import Assertion
from tests import chromium
from tests.browser.conftest import Watch
from tests.conftest import skip_here_but_fail_in_ci
from tests.entry.letter import Letter
from tests.entry.typist import Typist
from tests.hostile import site as sites
from tests.hostile.conftest import PASSWORD
from tests.machines import Machine

pytestmark = pytest.mark.browser

ARCHIVISTS = ("first", "second", "third")
# What differs from one catalogue to the next: keys, permanent identifiers, and when it was typed.
OWN = {"id", "statement_ptr", "identifier", "created", "modified", "path"}


@pytest.fixture
def desk(empty: Machine, make_machine: Callable[..., Machine]) -> Machine:
    """An empty catalogue, and three archivists who may do everything in it."""
    machine = make_machine(empty)
    with machine.running():
        # The hasher of the site in production, not the quick one of the tests.
        password = make_password(PASSWORD, hasher=Argon2PasswordHasher())
        for name in ARCHIVISTS:
            User.objects.create(username=name, password=password, is_staff=True, is_superuser=True)
    return machine


def test_the_letter_entered_by_hand_equals_the_demonstration_record(
    desk: Machine, demonstration: Machine, say: Callable[[str], None]
) -> None:
    if chromium.find() is None:
        skip_here_but_fail_in_ci("Chromium is not here")
    letter = Letter.read()
    with sites.running(desk) as site:
        said = type_in_turn(letter, f"http://127.0.0.1:{site.port}")
    typed = snapshot(desk, letter.entries, lambda key: {"pk": letter.saved[key]})
    loaded = snapshot(demonstration, letter.entries, lambda key: {"identifier": identifier_of(key)})
    different = {key: (typed[key], row) for key, row in loaded.items() if typed[key] != row}
    assert different == {}
    assert totals(desk) == totals(demonstration)
    say(f"the letter by hand: {len(letter.entries)} records; {said}")


def type_in_turn(letter: Letter, address: str) -> str:
    """The people type what is ready to be typed, until all is. What each did, in words."""
    problems: list[BaseException] = []
    typists: list[Typist] = []

    def work(name: str) -> None:
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium.find(), args=chromium.OPTIONS
                )
                page = browser.new_page(viewport={"width": 1280, "height": 720})
                watch = Watch()
                watch.over(page)
                typist = Typist(page, address)
                typists.append(typist)
                typist.sign_in(name, PASSWORD)
                while not problems and (key := letter.next(name)) is not None:
                    letter.enter(typist, key)
                assert watch.complaints == []
                browser.close()
        except BaseException as problem:  # it is raised again in the test's own thread
            problems.append(problem)
        finally:
            letter.leave(name)

    threads = [threading.Thread(target=work, args=(name,)) for name in ARCHIVISTS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    counts = {what: sum(getattr(typist, what) for typist in typists) for what in Typist.COUNTED}
    return ", ".join(f"{number} {what}" for what, number in counts.items())


Snapshot = dict[str, dict[str, Any]]


def snapshot(
    machine: Machine, entries: Mapping[str, Entry], where: Callable[[str], dict[str, Any]]
) -> Snapshot:
    """Every record by its key in the files, its relations named by such keys, with its rows."""
    with machine.running():
        records: dict[str, Any] = {
            key: entry.model._base_manager.get(**where(key)) for key, entry in entries.items()
        }
        keys = {(_kind(type(record)), record.pk): key for key, record in records.items()}
        return {key: _columns(record, keys, entries[key]) for key, record in records.items()}


def _kind(model: Any) -> Any:
    return Statement if issubclass(model, Assertion) else model


def _columns(record: Any, keys: dict[Any, str], entry: Entry) -> dict[str, Any]:
    found = _own_columns(record, keys)
    for column in record._meta.many_to_many:
        others = getattr(record, column.name).all()
        found[column.name] = sorted(keys[_kind(column.related_model), row.pk] for row in others)
    for relation in {relation for relation, _row in entry.rows}:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: record})
        found[str(relation.get_accessor_name())] = sorted(
            (_own_columns(row, keys) for row in rows), key=repr
        )
    return found


def _own_columns(record: models.Model, keys: dict[Any, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in record._meta.concrete_fields:
        if column.name in OWN:
            continue
        value = getattr(record, column.attname)
        if column.is_relation and value is not None:
            value = keys[_kind(column.related_model), value]
        found[column.name] = value
    return found


def totals(machine: Machine) -> dict[str, int]:
    """How many rows there are of each kind: nothing more, and nothing twice."""
    with machine.running():
        return {
            model.__name__: model._base_manager.count()
            for model in apps.get_app_config("catalogue").get_models()
            if not model.__name__.startswith("Historical")
        }
