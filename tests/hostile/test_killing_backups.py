"""Backups and restores are killed: afterwards it is as before, or done."""

import random
import subprocess
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from catalogue import backup
from catalogue.models import Agent
from tests.hostile.site import ROOT, environment, manage
from tests.hostile.test_moving import rows
from tests.machines import Machine, remove

ROUNDS = 10


def test_a_killed_backup_leaves_a_whole_file_or_none(
    demonstration: Machine, say: Callable[[str], None], tmp_path: Path
) -> None:
    took = run(demonstration, None, "backup", str(tmp_path / "whole.tar"))
    whole = unfinished = 0
    for number, delay in enumerate(delays(took)):
        file = tmp_path / f"{number}.tar"
        run(demonstration, delay, "backup", str(file))
        unfinished += file.with_name(f"{file.name}.partial").exists()
        if file.exists():
            backup.verify(file)
            whole += 1
            continue
        with demonstration.running():  # what was left under another name is in nobody's way
            call_command("backup", str(file), stdout=StringIO())
        assert not file.with_name(f"{file.name}.partial").exists()
    say(
        f"killed backups: {ROUNDS} rounds, {whole} whole, {ROUNDS - whole} not there, "
        f"{unfinished} cut off while being written"
    )


def test_a_killed_restore_leaves_everything_or_nothing(
    demonstration: Machine,
    empty: Machine,
    make_machine: Callable[..., Machine],
    say: Callable[[str], None],
    tmp_path: Path,
) -> None:
    file = tmp_path / "opis.tar"
    with demonstration.running():
        call_command("backup", str(file), stdout=StringIO())
        expected = rows()
    target = make_machine(empty)
    took = run(target, None, "restore", str(file))
    remove(target)
    whole = 0
    for delay in delays(took):
        target = make_machine(empty)
        run(target, delay, "restore", str(file))
        with target.running():
            wait_until_alone()
            if Agent.objects.exists():
                whole += 1
            else:
                call_command("restore", str(file), stdout=StringIO())
            assert rows() == expected
        remove(target)
    say(
        f"killed restores: {ROUNDS} rounds, {whole} done, {ROUNDS - whole} undone and then "
        f"repeated, each the same to the last row"
    )


def delays(took: float) -> list[float]:
    """Seconds after which to kill, spread over the time in which the work is done."""
    chance = random.Random(1923)  # noqa: S311 # any instants will do
    return [took * (0.3 + 0.75 * (number + chance.random()) / ROUNDS) for number in range(ROUNDS)]


def run(machine: Machine, delay: float | None, *command: str) -> float:
    """Run a command there, and kill it after a delay. Returns the seconds that it took."""
    began = time.monotonic()
    with subprocess.Popen(
        manage(machine, *command), cwd=ROOT, env=environment(machine), stdout=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.kill()
    assert process.returncode in (0, -9)
    return time.monotonic() - began


def wait_until_alone() -> None:
    """PostgreSQL may still be ending what the killed process had begun."""
    if connection.vendor != "postgresql":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone()[0] == 1:
                return
        time.sleep(0.05)
    raise AssertionError("a killed process still holds the database")
