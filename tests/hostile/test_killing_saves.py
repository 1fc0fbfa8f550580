"""Workers are killed while people upload images."""

import hashlib
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from itertools import count

import pytest

from catalogue.models import FolioImage, Unit, image_files
from tests.hostile.browser import Browser
from tests.hostile.conftest import PASSWORD
from tests.hostile.drawing import drawing
from tests.hostile.site import Site

ROUNDS = 50
UPLOADERS = 4
PATH = "/admin/catalogue/folioimage/add/"
_numbers = count(1)


class Uploader:
    """Uploads one image after the other, and notes those that were acknowledged."""

    def __init__(self, port: int, name: str, unit: int) -> None:
        self.browser = Browser(port)
        self.browser.sign_in(name, PASSWORD)
        self.fields = self.browser.get(PATH).form("folioimage_form")
        self.fields |= {"unit": [str(unit)], "_save": ["Save"]}
        self.acknowledged: set[str] = set()
        self.cut_off = 0
        self.refusals: list[str] = []

    def work(self, killed: threading.Event) -> None:
        """Until the request in which the server was killed has ended, one way or the other."""
        while not killed.is_set():
            try:
                self.upload()
            except (OSError, HTTPException):
                self.cut_off += 1

    def upload(self) -> float:
        """Returns the seconds that it took. Raises OSError or HTTPException if it is cut off."""
        number = next(_numbers)
        content = drawing(number)
        fields = self.fields | {"first": [str(number)]}
        began = time.monotonic()
        answer = self.browser.post(PATH, fields, {"image": (f"{number}.png", content)})
        if answer.status == 302:
            self.acknowledged.add(hashlib.sha256(content).hexdigest())
        else:
            self.refusals.append(f"status {answer.status}")
        return time.monotonic() - began


def test_row_and_file_agree_or_the_sweeper_says_so(
    site: Site, say: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_files, "YOUNG", -1)  # seconds: a file may be as young as it likes
    chance = random.Random(1923)  # noqa: S311 # any instants will do
    with site.machine.running():
        unit = Unit.objects.order_by("pk").values_list("pk", flat=True)[0]
    uploaders = [Uploader(site.port, f"s{number}", unit) for number in range(UPLOADERS)]
    orphans = 0
    took = max(uploader.upload() for uploader in uploaders)
    with ThreadPoolExecutor(UPLOADERS) as threads, site.machine.running():
        for _round in range(ROUNDS):
            killed = threading.Event()
            working = [threads.submit(uploader.work, killed) for uploader in uploaders]
            time.sleep(chance.random() * 2 * took)
            site.kill_workers()
            killed.set()
            for done in working:
                done.result()
            orphans = compare(site)
        kept = set(FolioImage.objects.values_list("digest", flat=True))
    acknowledged = set().union(*(uploader.acknowledged for uploader in uploaders))
    cut_off = sum(uploader.cut_off for uploader in uploaders)
    say(
        f"killed saves: {ROUNDS} rounds, {cut_off} requests cut off, {len(acknowledged)} images "
        f"acknowledged, {len(acknowledged - kept)} of them lost, {len(kept)} rows, each with its "
        f"file, {orphans} files without a row, each named by the sweeper"
    )
    assert acknowledged <= kept
    assert [line for uploader in uploaders for line in uploader.refusals] == []
    assert cut_off >= ROUNDS // 2, "too few requests were under way to prove anything"
    assert acknowledged, "nothing was saved: the round proves nothing"


def compare(site: Site) -> int:
    """Hold rows and files together. Returns the number of files that no row names."""
    findings = list(image_files.disagreements(verify=True, restart=True))
    assert [found for found in findings if found.kind in ("missing", "changed")] == []
    named = set(FolioImage.objects.values_list("image", flat=True))
    originals = site.machine.media / image_files.ORIGINALS
    files = {
        path.relative_to(site.machine.media).as_posix()
        for path in originals.rglob("*")
        if path.is_file()
    }
    said = {found.name for found in findings if found.name.startswith(image_files.ORIGINALS)}
    assert files - named == said
    return len(said)
