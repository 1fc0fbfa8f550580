"""An archivist at a keyboard: opens forms of the administration, types, chooses, saves.

Nothing is sent but by the browser's own forms. What a form already holds, because the person came
by a link or copied the statement before, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, Response
from playwright.sync_api import TimeoutError as PlaywrightTimeout

# The value of each field of a form: a text, a tuple of texts for several choices. A choice among
# records is its key in the database.
Values = Mapping[str, str | tuple[str, ...]]

READ_FIELDS = """form => Object.fromEntries(
    [...form.elements]
        .filter(field => field.name && !["submit", "button", "file"].includes(field.type))
        .map(field => [field.name,
            field.type === "checkbox" ? (field.checked ? "true" : "false")
            : field.multiple ? [...field.selectedOptions].map(option => option.value)
            : field.value.replaceAll("\\r\\n", "\\n")])
)"""
# The place, from 1, of the suggestion that stands for a record; 0 while it is not shown.
FIND_OPTION = """key => {
    const kept = django.jQuery.fn.select2.amd.require("select2/utils");
    return [...document.querySelectorAll(".select2-container--open .select2-results__option")]
        .findIndex(option => (kept.GetData(option, "data") || {}).id === key) + 1;
}"""
PATIENCE = 10_000  # milliseconds
LONG = 40  # letters: who has more to enter has it in a note, and pastes it
GLANCE = 10  # letters, before somebody looks at what is suggested


class Mistyped(AssertionError):
    """The form did not take what was typed."""


@dataclass(frozen=True)
class Choice:
    """A record to choose: its key, and the words by which a person looks for it."""

    key: str
    words: str


@dataclass
class Typist:
    page: Page
    address: str
    forms: int = 0
    choices: int = 0
    keys: int = 0
    copies: int = 0
    doubts: int = 0

    COUNTED: ClassVar[tuple[str, ...]] = ("forms", "choices", "keys", "doubts")

    def sign_in(self, name: str, password: str) -> None:
        self.page.goto(f"{self.address}/admin/login/")
        self.page.locator("#id_username").press_sequentially(name)
        self.page.locator("#id_password").press_sequentially(password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#user-tools")

    def open(self, model: str, **prefilled: str) -> None:
        """An empty form; the one that "save and add another" has brought serves as well."""
        query = f"?{urlencode(prefilled)}" if prefilled else ""
        address = f"{self.address}/admin/catalogue/{model}/add/{query}"
        if self.page.url != address or self.page.locator(".errornote").count():
            self.page.goto(address)
        self.forms += 1

    def copy_last_source(self) -> None:
        """The source of the statement before, where there is one: what differs is typed over."""
        button = self.page.locator("button.last-source")
        if self.copies and button.is_visible():
            with self.page.expect_response("**/last-source/"):
                button.click()
        self.copies += 1

    @property
    def form(self) -> Locator:
        return self.page.locator("#content-main form").first

    def enter(self, values: Mapping[str, Any]) -> None:
        """Make the form hold the values: only what differs is typed or chosen."""
        for _attempt in range(3):
            held = self.form.evaluate(READ_FIELDS)
            wrong = [name for name, value in values.items() if not _same(held.get(name), value)]
            if not wrong:
                return
            for name in wrong:
                self._set(name, values[name])
        held = self.form.evaluate(READ_FIELDS)
        found = {name: (held.get(name), value) for name, value in values.items()}
        raise Mistyped(
            f"{self.page.url}: {[row for row in found.items() if row[1][0] != row[1][1]]}"
        )

    def _set(self, name: str, value: Any) -> None:
        target = self.page.locator(f'#content-main [name="{name}"]').first
        if isinstance(value, tuple):
            for choice in value:
                self._choose(name, choice)
        elif isinstance(value, Choice):
            self._choose(name, value)
        else:
            self._fill(target, value)

    def _fill(self, target: Locator, value: str) -> None:
        kind = target.evaluate("field => field.tagName + ':' + field.type")
        if kind == "INPUT:checkbox":
            target.set_checked(value == "true")
        elif kind.startswith("SELECT") and "admin-autocomplete" in (
            target.get_attribute("class") or ""
        ):
            self._clear(target)
        elif kind.startswith("SELECT"):
            target.select_option(value)
        else:
            self._unfold(target)
            target.click()
            self.page.keyboard.press("ControlOrMeta+A")
            if not value:
                self.page.keyboard.press("Delete")
            elif len(value) > LONG or "\n" in value:
                self.page.keyboard.insert_text(value)
            else:
                target.press_sequentially(value)
                self.keys += len(value)

    def _unfold(self, target: Locator) -> None:
        """Areas of the form that are folded are opened by their heading."""
        if not target.is_visible():
            target.locator("xpath=ancestor::details[not(@open)]/summary").first.click()

    def _clear(self, target: Locator) -> None:
        target.locator("xpath=following-sibling::*[contains(@class,'select2')][1]").locator(
            ".select2-selection__clear"
        ).first.click()
        self.page.keyboard.press("Escape")

    def _choose(self, name: str, choice: Choice) -> None:
        """Type words into an autocomplete field and take the record meant."""
        target = self.page.locator(f'#content-main [name="{name}"]').first
        self._unfold(target.locator("xpath=following-sibling::*[contains(@class,'select2')][1]"))
        target.locator("xpath=following-sibling::*[contains(@class,'select2')][1]").locator(
            ".select2-selection"
        ).first.click()
        search = self.page.locator(".select2-container--open .select2-search__field").last
        self._look_for(choice, search)
        self.choices += 1
        options = self.page.locator(".select2-container--open .select2-results__option")
        for _attempt in range(3):
            try:
                place = self.page.wait_for_function(FIND_OPTION, arg=choice.key, timeout=PATIENCE)
            except PlaywrightTimeout as error:
                shown = options.all_inner_texts()
                raise Mistyped(f"{name}: “{choice.words}” found only {shown}") from error
            with suppress(PlaywrightTimeout):  # the list was drawn anew before it was clicked
                options.nth(place.json_value() - 1).click(timeout=PATIENCE)
                return

    def _look_for(self, choice: Choice, search: Locator) -> None:
        """Type as much as it takes: the first letters, and the rest if they bring others only."""
        typed = ""
        for words in (choice.words[:GLANCE].rstrip(), choice.words):
            if words == typed:
                return
            with self.page.expect_response(partial(_is_answer_to, words)) as answer:
                search.press_sequentially(words.removeprefix(typed))
            self.keys += len(words) - len(typed)
            typed = words
            if any(row["id"] == choice.key for row in answer.value.json()["results"]):
                return

    def add_row(self, prefix: str) -> None:
        """One more empty row below the form."""
        self.page.locator(f"#{prefix}-group .add-row a").first.click()

    def rows(self, prefix: str) -> int:
        return int(self.page.locator(f"#id_{prefix}-TOTAL_FORMS").input_value())

    def save(self, button: str = "_continue") -> str:
        """Press a button of the form. Returns the key of the record saved."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.locator(f"input[name='{button}'], button[name='{button}']").first.click()
        return self._saved()

    def _saved(self) -> str:
        success = self.page.locator(".messagelist .success a[href*='/catalogue/']").first
        refused = self.page.locator(".errornote")
        doubts = self.page.locator("section.doubts")
        success.or_(refused).or_(doubts).first.wait_for(timeout=PATIENCE)
        if doubts.count():
            self.doubts += 1
            with self.page.expect_navigation(wait_until="domcontentloaded"):
                doubts.locator("input[type=submit]").click()
            success.or_(refused).first.wait_for(timeout=PATIENCE)
        if refused.count():
            problems: Sequence[str] = self.page.locator(".errornote, .errorlist").all_inner_texts()
            raise Mistyped(f"{self.page.url}: {problems}")
        link = re.search(r"/(\d+)/change/", success.get_attribute("href") or "")
        assert link is not None
        return link[1]


def _is_answer_to(words: str, response: Response) -> bool:
    """Suggestions for all that was typed, not for its beginning."""
    address = urlsplit(response.url)
    return address.path.endswith("/autocomplete/") and parse_qs(address.query).get("term") == [
        words
    ]


def _same(held: Any, wanted: Any) -> bool:
    if isinstance(wanted, Choice):
        return bool(held == wanted.key)
    if isinstance(wanted, tuple):
        return sorted(held or ()) == sorted(choice.key for choice in wanted)
    return bool(held == wanted)
