"""Backups while eight writers write."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from catalogue.models import Agent, Document, Event, FolioImage
from catalogue.models.folio_image import digest_of
from tests.hostile.site import ROOT, environment
from tests.hostile.writers import WRITERS
from tests.machines import Machine, remove

ROUNDS = 20


class Committed(threading.Thread):
    """What the writers say that they have committed: writer → its last change."""

    def __init__(self, writers: "subprocess.Popen[str]") -> None:
        super().__init__(daemon=True)
        self._writers = writers
        self._last: Counter[str] = Counter()
        self._lock = threading.Lock()
        self.all_write = threading.Event()

    def run(self) -> None:
        assert self._writers.stdout is not None
        for line in self._writers.stdout:
            writer, number = line.split()
            with self._lock:
                self._last[writer] = int(number)
                if len(self._last) == WRITERS:
                    self.all_write.set()

    def so_far(self) -> Counter[str]:
        with self._lock:
            return Counter(self._last)


@contextmanager
def writing(machine: Machine) -> Iterator[Committed]:
    surroundings = environment(machine) | {"DJANGO_SETTINGS_MODULE": "archive_site.settings"}
    script = Path(__file__).with_name("writers.py")
    with subprocess.Popen(
        [sys.executable, script],
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as writers:
        try:
            committed = Committed(writers)
            committed.start()
            assert committed.all_write.wait(120), "the writers did not begin"
            yield committed
        finally:
            os.killpg(writers.pid, signal.SIGKILL)


def test_nothing_committed_is_missing_and_it_is_one_moment(
    empty: Machine,
    make_machine: Callable[..., Machine],
    say: Callable[[str], None],
    tmp_path: Path,
) -> None:
    source = make_machine(empty)
    missing = torn = meanwhile = images = changes = 0
    with writing(source) as committed:
        for number in range(ROUNDS):
            file = tmp_path / f"{number}.tar"
            before = committed.so_far()
            with source.running():
                call_command("backup", str(file), stdout=StringIO())
            meanwhile += (committed.so_far() - before).total()
            target = make_machine(empty)
            with target.running():
                call_command("restore", str(file), stdout=StringIO())
                found = last_changes()
                missing += (before - found).total()
                torn += not is_one_moment(found)
                images += check_images(target)
            changes = found.total()
            remove(target)
            file.unlink()
    say(
        f"backup while {WRITERS} write: {ROUNDS} rounds, {meanwhile} changes committed meanwhile, "
        f"{changes} restored the last time, {missing} missing, {torn} backups of no one moment, "
        f"{images} images compared"
    )
    assert (missing, torn) == (0, 0)
    assert meanwhile >= ROUNDS, "too little was written meanwhile to prove anything"


def last_changes() -> Counter[str]:
    """Writer → how many changes, of which none in between is missing."""
    names = [
        name.split() for name in Agent.objects.filter(kind="person").values_list("name", flat=True)
    ]
    found = Counter(writer for writer, _number in names)
    assert {(w, int(n)) for w, n in names} == {
        (writer, number) for writer, count in found.items() for number in range(1, count + 1)
    }, "a change is missing between two others"
    return found


def is_one_moment(found: Counter[str]) -> bool:
    """Whether all tables, the history and the ledger speak of the same changes."""
    agents = set(Agent.objects.filter(kind="person").values_list("name", flat=True))
    return (
        agents
        == set(Event.objects.values_list("title", flat=True))
        == set(Agent.history.filter(kind="person").values_list("name", flat=True))
        and int(Document.objects.get().note) == found.total()
        and FolioImage.objects.count() == sum(count // 10 for count in found.values())
    )


def check_images(machine: Machine) -> int:
    rows = FolioImage.objects.values_list("image", "digest")
    for name, digest in rows:
        assert digest_of([(machine.media / name).read_bytes()]) == digest
    return len(rows)
