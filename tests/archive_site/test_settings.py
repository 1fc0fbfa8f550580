"""The settings as an environment makes them, each in a process of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = {"DJANGO_SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
HOSTS = {"DJANGO_ALLOWED_HOSTS": "archive.example, www.archive.example"}
SHOW = """
import json
from django.conf import settings
names = [name for name in dir(settings) if name.isupper()]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def run(tmp_path: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run Python at the root with this environment and no other."""
    surroundings = {"PATH": os.defpath, "OPIS_VAR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=surroundings | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def settings_in(tmp_path: Path, before: str = "", **environment: str) -> dict[str, Any]:
    module = {"DJANGO_SETTINGS_MODULE": "archive_site.settings"}
    finished = run(tmp_path, "-c", before + SHOW, **(module | SECRET | HOSTS | environment))
    assert finished.returncode == 0, finished.stderr
    shown: dict[str, Any] = json.loads(finished.stdout)
    return shown


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (HOSTS, "DJANGO_SECRET_KEY"),
        (HOSTS | {"DJANGO_SECRET_KEY": " "}, "DJANGO_SECRET_KEY"),
        (SECRET, "DJANGO_ALLOWED_HOSTS"),
        (SECRET | {"DJANGO_ALLOWED_HOSTS": ""}, "DJANGO_ALLOWED_HOSTS"),
    ],
)
@pytest.mark.parametrize(
    "command",
    [("manage.py", "migrate"), ("-c", "import archive_site.wsgi")],
    ids=["manage", "wsgi"],
)
def test_the_process_refuses_to_start_and_says_what_to_set(
    tmp_path: Path, command: tuple[str, ...], given: dict[str, str], missing: str
) -> None:
    finished = run(tmp_path, *command, **given)
    assert finished.returncode != 0
    assert f"ImproperlyConfigured: Set the environment variable {missing}: " in finished.stderr


@pytest.mark.parametrize("proxy", ["on", "off"])
def test_the_deployment_check_is_clean(tmp_path: Path, proxy: str) -> None:
    command = ("manage.py", "check", "--deploy", "--fail-level", "INFO")
    finished = run(tmp_path, *command, **SECRET, **HOSTS, DJANGO_BEHIND_PROXY=proxy)
    assert finished.returncode == 0, finished.stderr
    assert "WARNING" not in finished.stderr


def test_production_is_the_default(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["archive.example", "www.archive.example"]
    assert settings["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert settings["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_PROXY_SSL_HEADER"] is None
    assert settings["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")
    assert "Manifest" in settings["STORAGES"]["staticfiles"]["BACKEND"]


def test_a_cookie_named_for_its_host_has_no_domain_and_the_whole_path(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert settings[f"{cookie}_SECURE"] is True
        assert settings[f"{cookie}_DOMAIN"] is None
        assert settings[f"{cookie}_PATH"] == "/"


def test_without_https_the_site_works_on_a_loopback(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, DJANGO_HTTPS="off")
    assert settings["SECURE_SSL_REDIRECT"] is False
    assert settings["SECURE_HSTS_SECONDS"] == 0
    assert settings["SESSION_COOKIE_SECURE"] is False
    assert settings["SESSION_COOKIE_NAME"] == "sessionid"


def test_a_forwarded_protocol_is_believed_only_behind_a_proxy(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, DJANGO_BEHIND_PROXY="on")
    assert settings["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


@pytest.mark.parametrize("given", ["workplace/", "/workplace", "workplace"])
def test_the_administration_may_be_somewhere_else(tmp_path: Path, given: str) -> None:
    assert settings_in(tmp_path, DJANGO_ADMIN_PATH=given)["ADMIN_PATH"] == "workplace/"


def test_the_embedded_database_is_below_var(tmp_path: Path) -> None:
    database = settings_in(tmp_path)["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / "opis.sqlite3")


@pytest.mark.parametrize(
    "url", ["postgres:////run/postgresql/opis", "postgres://opis@%2Frun%2Fpostgresql/opis"]
)
def test_postgresql_is_reached_by_a_socket(tmp_path: Path, url: str) -> None:
    database = settings_in(tmp_path, DATABASE_URL=url)["DATABASES"]["default"]
    assert database["HOST"] == "/run/postgresql"
    assert database["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    ("before", "timeout"), [("", "0"), ("import archive_site.wsgi", "30s")], ids=["command", "web"]
)
def test_only_a_request_has_to_end(tmp_path: Path, before: str, timeout: str) -> None:
    url = "postgres://opis@localhost/opis?sslmode=require"
    database = settings_in(tmp_path, before, DATABASE_URL=url)["DATABASES"]["default"]
    assert database["OPTIONS"] == {
        "sslmode": "require",
        "options": f"-c statement_timeout={timeout}",
    }


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="these are SQLite's own settings")
def test_sqlite_keeps_what_it_acknowledged() -> None:
    with connection.cursor() as cursor:
        values = {}
        for name in ("journal_mode", "synchronous", "foreign_keys"):
            values[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_every_variable_that_is_read_is_documented() -> None:
    pattern = r'(?:env\.\w+|required|setdefault)\(\s*"([A-Z_]+)"'
    code = "".join(path.read_text("utf-8") for path in (ROOT / "archive_site").glob("*.py"))
    read = set(re.findall(pattern, code)) - {"DJANGO_SETTINGS_MODULE"}
    documented = re.findall(
        r"^\| `([A-Z_]+)` \|", (ROOT / "docs/deploy.md").read_text("utf-8"), re.M
    )
    assert sorted(documented) == sorted(read)
