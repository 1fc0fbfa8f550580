"""Sixteen people edit the same twenty records."""

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from catalogue.models import Agent, Document, Term
from tests.hostile.browser import Answer, Browser
from tests.hostile.conftest import PASSWORD, SESSIONS
from tests.hostile.site import Site

SECONDS = 60
CONFLICT = 409
Edited = type[Agent] | type[Document] | type[Term]
FIELDS: dict[Edited, tuple[str, int]] = {
    Agent: ("maintenance_note", 7),
    Document: ("note", 6),
    Term: ("scope", 7),
}


@dataclass(frozen=True)
class Target:
    """A record's form, and the field that everybody writes into."""

    model: Edited
    key: int

    @property
    def path(self) -> str:
        return f"/admin/catalogue/{self.model._meta.model_name}/{self.key}/change/"

    @property
    def field(self) -> str:
        return FIELDS[self.model][0]


@dataclass
class Session:
    """Adds words to what stands in a field, and remembers those that were acknowledged."""

    name: str
    browser: Browser
    acknowledged: list[tuple[Target, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    surprises: list[str] = field(default_factory=list)

    def work(self, targets: list[Target]) -> None:
        chance = random.Random(self.name)  # noqa: S311 # which records is of no consequence
        until = time.monotonic() + SECONDS
        self.browser.sign_in(self.name, PASSWORD)
        number = 0
        while time.monotonic() < until:
            number += 1
            self.add(chance.choice(targets), f"{self.name}-{number}", until, chance)

    def add(self, target: Target, word: str, until: float, chance: random.Random) -> None:
        """Read the form, add the word, send it; told of a conflict, begin again."""
        while time.monotonic() < until:
            page = self.ask(self.browser.get(target.path))
            if page.status != 200:
                return
            fields = page.form(f"{target.model._meta.model_name}_form")
            before = fields.get(target.field, [""])[0]
            fields[target.field] = [f"{before} {word}".strip()]
            fields["_save"] = ["Save"]
            time.sleep(chance.random() * 0.2)
            answer = self.ask(self.browser.post(target.path, fields, {}))
            if answer.status == 302:
                self.acknowledged.append((target, word))
                return
            if answer.status != CONFLICT:
                said = f"{answer.status}, and no conflict: {answer.complaints()}"
                self.surprises.append(f"{target.path}: {said}")
                return
            self.counts["told"] += 1

    def ask(self, answer: Answer) -> Answer:
        self.counts["requests"] += 1
        if answer.status >= 400 and answer.status != CONFLICT:
            self.surprises.append(f"status {answer.status}")
        return answer


def test_no_change_is_lost_and_no_page_breaks(site: Site, say: Callable[[str], None]) -> None:
    with site.machine.running():
        targets = [
            Target(model, key)
            for model, (_field, number) in FIELDS.items()
            for key in model.objects.order_by("pk").values_list("pk", flat=True)[:number]
        ]
    sessions = [Session(f"s{number}", Browser(site.port)) for number in range(SESSIONS)]
    with ThreadPoolExecutor(SESSIONS) as threads:
        for done in [threads.submit(session.work, targets) for session in sessions]:
            done.result()

    counts: Counter[str] = sum((session.counts for session in sessions), Counter())
    acknowledged = [(s.name, *change) for s in sessions for change in s.acknowledged]
    with site.machine.running():
        lost = [word for _name, target, word in acknowledged if word not in _words(target)]
        unnamed = [word for name, target, word in acknowledged if _author(target, word) != name]
    surprises = [line for session in sessions for line in session.surprises] + site.complaints()
    say(
        f"editing: {SESSIONS} sessions, {len(targets)} records, {counts['requests']} requests, "
        f"{len(acknowledged)} saves acknowledged, {counts['told']} told of a conflict, "
        f"{len(lost)} lost, {len(unnamed)} not in the history, {len(surprises)} errors"
    )
    assert (lost, unnamed, surprises) == ([], [], [])
    assert len(acknowledged) >= SESSIONS, "too few saves to prove anything"
    assert counts["told"], "nobody met anybody: the round proves nothing"


def _words(target: Target) -> list[str]:
    text: str = target.model.objects.values_list(target.field, flat=True).get(pk=target.key)
    return text.split()


def _author(target: Target, word: str) -> str:
    """Who brought a word in, by the history."""
    for version in target.model.history.filter(id=target.key).order_by("history_id"):
        if word in getattr(version, target.field).split():
            return str(version.history_user_name)
    return ""
