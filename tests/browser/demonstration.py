"""The site with the demonstration record, as a server of its own.

It runs from a database in a temporary folder, in production settings but for HTTPS: nothing of the
caller's is read or changed.
"""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30.0  # seconds for the server to answer


@dataclass(frozen=True)
class Site:
    """A site that answers: ``address`` ends without a slash, ``letter`` is a path.

    The administrator signs in as "admin" with ``password``; e-mails are put into ``mail``.
    """

    address: str
    letter: str
    password: str
    mail: Path


@contextmanager
def demonstration() -> Iterator[Site]:
    """A running site."""
    with TemporaryDirectory(prefix="opis-demonstration-") as folder:
        password = secrets.token_urlsafe(18)
        environment = _environment(folder, password)
        for command in ("migrate", "collectstatic", "createsuperuser"):
            _manage(environment, command, "--no-input", "--verbosity", "0")
        letter = re.search(r"/documents/\w+/", _manage(environment, "load_demo"))
        assert letter is not None, "load_demo says where the letter is"
        port = _free_port()
        server = [sys.executable, "-m", "gunicorn", "archive_site.wsgi", "--threads", "8"]
        arguments = ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
        with subprocess.Popen([*server, *arguments], cwd=ROOT, env=environment) as process:
            try:
                _wait_for(port, process)
                yield Site(f"http://127.0.0.1:{port}", letter[0], password, Path(folder) / "mail")
            finally:
                process.terminate()


def _environment(folder: str, password: str) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": folder,
        "OPIS_VAR": folder,
        "DJANGO_SETTINGS_MODULE": "archive_site.settings",
        "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1",
        "DJANGO_HTTPS": "off",
        "DJANGO_EMAIL_URL": f"filemail:///{folder}/mail",
        "DJANGO_EMAIL_FROM": "opis@archive.example",
        "DJANGO_SUPERUSER_USERNAME": "admin",
        "DJANGO_SUPERUSER_EMAIL": "admin@archive.example",
        "DJANGO_SUPERUSER_PASSWORD": password,
    }


def _manage(environment: dict[str, str], *command: str) -> str:
    arguments = [sys.executable, "manage.py", *command]
    done = subprocess.run(
        arguments, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("The demonstration site did not start.")
