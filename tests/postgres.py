"""A PostgreSQL server that exists for one run of the tests."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def find_programs() -> Path | None:
    """Return the directory of ``initdb`` and ``pg_ctl``, the newest version first."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if pg_config := shutil.which("pg_config"):
        shown = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(shown.stdout.strip()))
    return next((place for place in candidates if (place / "initdb").exists()), None)


@contextmanager
def throwaway_server(programs: Path) -> Iterator[str]:
    """Start a server on a socket of its own, yield its ``DATABASE_URL``, and leave nothing behind.

    PostgreSQL refuses to be run by root; then it runs as ``postgres`` or ``nobody``.
    """
    owner = _unprivileged_user()
    home = Path(tempfile.mkdtemp(prefix="opis-postgres-"))
    if owner:
        os.chown(home, owner.pw_uid, owner.pw_gid)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            cwd=home,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
        )

    data = str(home / "data")
    options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off"
    try:
        run("initdb", "-D", data, "-E", "UTF8", "-A", "trust", "-U", getpass.getuser(), "-N")
        run("pg_ctl", "start", "-w", "-s", "-D", data, "-l", str(home / "log"), "-o", options)
        try:
            yield f"postgres:///{home}/postgres"
        finally:
            run("pg_ctl", "stop", "-s", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(home)


def _version(programs: Path) -> int:
    number = programs.parent.name
    return int(number) if number.isdigit() else 0


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Return somebody to run the server as, when the caller is root."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name: user for user in pwd.getpwall()}
    return users.get("postgres") or users["nobody"]
