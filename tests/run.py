"""Run the whole suite on each database that is here: ``make test``.

SQLite, PostgreSQL and what drives the browser run side by side, and are shown one after the other.
What cannot be run is said at the end; under ``CI=true`` it is a failure instead.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import chromium, postgres  # noqa: E402 # the root has to be on the path first


def main(arguments: list[str]) -> int:
    """Run, show one run after the other (a failed one last), and return the exit status."""
    programs = postgres.find_programs()
    left_out = []
    if programs is None:
        left_out.append(
            "everything on PostgreSQL: its server programs (initdb, pg_ctl) are not here"
        )
    if chromium.find() is None:
        left_out.append("the browser: Chromium is not here (CHROMIUM may say where it is)")
    if left_out and os.environ.get("CI") == "true":
        _say("Not everything can be tested here: " + "; ".join(left_out) + ".")
        return 1

    with ExitStack() as stack:
        without, only = ["-m", "not browser", *arguments], ["-m", "browser", *arguments]
        runs = [_start(stack, "browser", "", only, left_out)]
        if programs is not None:
            url = stack.enter_context(postgres.throwaway_server(programs))
            runs.append(_start(stack, "PostgreSQL", url, without, left_out))
        runs.append(_start(stack, "SQLite", "", without, left_out))
        _say("The tests are running; what they found is shown when all are through.")
        for process, _ in runs:
            process.wait()
        for process, output in sorted(runs, key=lambda run: run[0].returncode not in PASSED):
            output.seek(0)
            if process.returncode != NOTHING_TO_RUN:
                sys.stdout.write(output.read())
        sys.stdout.flush()
        codes = {process.returncode for process, _ in runs}
        return max(codes - {NOTHING_TO_RUN} or codes)


NOTHING_TO_RUN = int(pytest.ExitCode.NO_TESTS_COLLECTED)  # all that was named is of another run
PASSED = (int(pytest.ExitCode.OK), NOTHING_TO_RUN)
Run = tuple[subprocess.Popen[str], IO[str]]


def _start(stack: ExitStack, name: str, url: str, arguments: list[str], left_out: list[str]) -> Run:
    output = stack.enter_context(TemporaryFile("w+"))  # noqa: SIM115 # the stack closes it
    environment = os.environ | {
        "DATABASE_URL": url,
        "TESTS_ON": name,
        "TESTS_LEFT_OUT": "\n".join(left_out),
    }
    command = [sys.executable, "-m", "pytest", *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, text=True
    )
    stack.callback(process.kill)
    return process, output


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
