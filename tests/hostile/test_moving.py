"""The catalogue comes to another machine, and its readers notice nothing."""

import hashlib
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from catalogue.backup import tables
from tests.machines import Machine

PAGES = 400


def rows() -> dict[str, str]:
    """The digest of every table."""
    return {
        model._meta.db_table: hashlib.sha256(b"".join(tables.lines(model, "default"))).hexdigest()
        for model in tables.tables()
    }


def public_pages() -> dict[str, bytes]:
    """Every page that a reader comes to by links, without what is chosen by a query."""
    client = Client()
    # A page that waits for no processor shows more once its citations are kept: not here.
    shutil.rmtree(settings.VAR / "citations", ignore_errors=True)
    found: dict[str, bytes] = {}
    waiting = ["/"]
    while waiting and len(found) < PAGES:
        path = waiting.pop(0)
        if path in found:
            continue
        response = client.get(path)
        assert response.status_code in (200, 302), f"{path}: {response.status_code}"
        found[path] = b"".join(response) if response.streaming else response.content
        if response.headers["Content-Type"].startswith("text/html") and found[path]:
            page = lxml.html.fromstring(found[path])
            links = [urlsplit(link) for _e, _a, link, _p in page.iterlinks()]
            waiting += [
                unquote(link.path)
                for link in links
                if not link.netloc
                and not link.query
                and link.path.startswith("/")
                and not link.path.startswith(("/static/", "/admin/"))
            ]
    return found


def test_every_public_page_is_the_same_after_a_restore(
    demonstration: Machine,
    empty: Machine,
    make_machine: Callable[..., Machine],
    say: Callable[[str], None],
    tmp_path: Path,
) -> None:
    file = tmp_path / "opis.tar"
    with demonstration.running():
        before, pages = rows(), public_pages()
        call_command("backup", str(file), stdout=StringIO())
    target = make_machine(empty)
    with target.running():
        call_command("restore", str(file), stdout=StringIO())
        assert rows() == before
        after = public_pages()
    changed = [path for path in pages.keys() | after.keys() if pages.get(path) != after.get(path)]
    say(f"restore: {len(pages)} public pages compared byte for byte, {len(changed)} different")
    assert changed == []
    assert len(pages) > 100


def test_a_move_to_sqlite_and_back_changes_nothing(
    demonstration: Machine,
    make_machine: Callable[..., Machine],
    say: Callable[[str], None],
    tmp_path: Path,
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs both databases: tried in the run on PostgreSQL")
    away = Machine(settings.DATABASE_OF_URL(f"sqlite:///{tmp_path}/away.sqlite3"), tmp_path)
    back = make_machine()
    with demonstration.running():
        before = rows()
        call_command("move_database", away.address, stdout=StringIO())
    with away.running():
        assert connection.vendor == "sqlite"
        there = rows()
        call_command("move_database", back.address, stdout=StringIO())
    with back.running():
        after = rows()
    say(f"move: {len(before)} tables to SQLite and back to PostgreSQL, the same in all three")
    assert before == there == after
