"""A site as in production, over a socket, on a machine of its own, that can be killed."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.machines import Machine

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120.0  # seconds for the server to answer: the machine may be busy


def environment(machine: Machine) -> dict[str, str]:
    """Of production, but for HTTPS; nothing of the caller's."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(machine.folder),
        "OPIS_VAR": str(machine.folder),
        "DATABASE_URL": machine.address,
        "DJANGO_SETTINGS_MODULE": "archive_site.settings",
        "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1",
        "DJANGO_HTTPS": "off",
    }


def manage(machine: Machine, *command: str) -> list[str]:
    """A command to run there."""
    return [sys.executable, str(ROOT / "manage.py"), *command]


@dataclass
class Site:
    machine: Machine
    port: int
    server: subprocess.Popen[bytes]
    log: Path

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        return [int(word) for word in children.read_text().split()]

    def kill_workers(self) -> None:
        """As a power cut does; the server starts new ones."""
        for worker in self.workers():
            os.kill(worker, signal.SIGKILL)

    def complaints(self) -> list[str]:
        """What the server said that it should never have to say."""
        words = ("Traceback", "locked", "Error", "CRITICAL")
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if any(word in line for word in words)]


@contextmanager
def running(machine: Machine) -> Iterator[Site]:
    """The site, until the end of the block."""
    surroundings = environment(machine)
    collect = manage(machine, "collectstatic", "--no-input", "--verbosity", "0")
    subprocess.run(collect, cwd=ROOT, env=surroundings, check=True)
    port = _free_port()
    log = machine.folder / "server.log"
    command = [sys.executable, "-m", "gunicorn", "archive_site.wsgi", "--preload"]
    options = ["--workers", "2", "--threads", "8", "--worker-class", "gthread", "--timeout", "60"]
    place = ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*command, *options, *place], cwd=ROOT, env=surroundings, stdout=output, stderr=output
        ) as server,
    ):
        try:
            _wait_for(port, server)
            yield Site(machine, port, server, log)
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("The site did not start.")
