"""Every kind of page of the administration: accessible, and worked without a mouse."""

from __future__ import annotations

import re
from base64 import b32decode
from collections.abc import Callable, Iterator
from string import Formatter
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, expect

from tests.admin import matrix
from tests.browser.demonstration import Site
from tests.browser.test_administration import desk
from tests.browser.test_pages import COLOURS, RULES, axe
from tests.browser.test_together import PASSWORD, sign_in

pytestmark = pytest.mark.browser

__all__ = ["axe", "desk"]  # fixtures, shared with the other tests of the browser

C = "/admin/catalogue"
OWN = "A note on paper and on ink"

PERSON = "accessible"

Place = str | Callable[["Visitor"], None]


class Visitor:
    """Somebody at a browser, and what the site has for them."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page, self.site = page, site
        self._keys: dict[str, list[str]] = {}

    def go(self, place: Place) -> None:
        if callable(place):
            place(self)
        else:
            kinds = {name for _, name, _, _ in Formatter().parse(place) if name}
            found = {kind.split("[")[0]: self.keys(kind.split("[")[0]) for kind in kinds}
            self.page.goto(place.format(**found))
        self.page.wait_for_load_state()  # a click returns before the page it leads to is whole

    def keys(self, kind: str) -> list[str]:
        """Of the first records of the list."""
        if kind not in self._keys:
            self.page.goto(f"{C}/{kind}/")
            boxes = self.page.locator("input.action-select")
            self._keys[kind] = boxes.evaluate_all("boxes => boxes.map(box => box.value)")
        return self._keys[kind]


def first_check(visitor: Visitor) -> None:
    visitor.page.goto("/admin/quality/")
    visitor.page.locator("#content tbody a").first.click()


def letter(visitor: Visitor) -> None:
    """The form of the document of which most is said, with a row added."""
    visitor.page.goto(f"{C}/document/?q=letter")
    visitor.page.locator("#result_list tbody th a").first.click()
    visitor.page.locator("#titles-group .add-row a").click()


def own(page: Page) -> str:
    """The form of a document that no other test knows; its address."""
    page.goto(f"{C}/document/?q={OWN}")
    if page.locator("#result_list tbody th a").count():
        page.locator("#result_list tbody th a").first.click()
    else:
        page.goto(f"{C}/document/add/")
        page.fill("#id_title", OWN)
        page.click("input[name=_continue]")
    return page.url


def conflict(visitor: Visitor) -> None:
    page = visitor.page
    sign_in(page, PERSON, PASSWORD)
    mine = own(page)
    other = page.context.new_page()
    other.goto(mine)
    other.fill("#id_summary", "On pens")
    other.click("input[name=_save]")
    other.close()
    page.fill("#id_summary", "On blotters")
    page.click("input[name=_save]")
    expect(page.locator(".differences")).to_be_visible()


def doubted(visitor: Visitor) -> None:
    own(visitor.page)
    title = visitor.page.input_value("#id_title")
    visitor.page.goto(f"{C}/document/add/")
    visitor.page.fill("#id_title", title)
    visitor.page.fill("#id_date", "1923")
    visitor.page.click("input[name=_save]")
    expect(visitor.page.locator(".doubts")).to_be_visible()


def edited(visitor: Visitor) -> None:
    page = visitor.page
    own(page)
    page.goto(f"{C}/document/?q={OWN}")
    page.locator("input.action-select").first.check()
    page.select_option("select[name=action]", "replace_many")
    page.locator(".actions button").click()
    page.fill("#id_found", "paper")
    page.fill("#id_becomes", "paper and vellum")
    for name in page.locator("input[name=names]").all():
        name.check()
    page.click("#replace_many_form input[type=submit]")
    expect(page.locator(".changes")).to_be_visible()


def applied(visitor: Visitor) -> None:
    edited(visitor)
    visitor.page.click("input[name=apply]")
    visitor.page.goto(f"{C}/act/")
    visitor.page.locator("#result_list tbody th a").first.click()


def undoing(visitor: Visitor) -> None:
    visitor.page.goto(f"{C}/act/")
    visitor.page.locator("#result_list tbody th a").first.click()
    visitor.page.get_by_role("link", name="Take it back").click()
    visitor.page.click("#undo_form input[type=submit]", trial=True)


def own_history(visitor: Visitor) -> None:
    own(visitor.page)
    visitor.page.get_by_role("link", name="History").click()


def compared(visitor: Visitor) -> None:
    own_history(visitor)
    visitor.page.get_by_role("button", name="Compare the two").click()


def restored(visitor: Visitor) -> None:
    own_history(visitor)
    visitor.page.locator(".put-back").first.click()


def as_it_was(visitor: Visitor) -> None:
    own_history(visitor)
    visitor.page.locator("td.when a").last.click()


def locked_out(visitor: Visitor) -> None:
    for _attempt in range(5):
        visitor.page.goto("/admin/login/")
        visitor.page.fill("#id_username", "somebody else")
        visitor.page.fill("#id_password", "a wrong password")
        visitor.page.click("input[type=submit]")
    expect(visitor.page.locator("h1").last).to_contain_text("locked")


def asked_for_reset(visitor: Visitor) -> None:
    visitor.page.goto("/admin/password-reset/")
    visitor.page.fill("#id_email", "admin@archive.example")
    visitor.page.click("input[type=submit]")


def reset_link(visitor: Visitor) -> None:
    """The address in the e-mail that was sent last."""
    mail = max(visitor.site.mail.iterdir(), key=lambda path: path.stat().st_mtime)
    found = re.search(r"http://\S+/password-reset/\S+/", mail.read_text())
    assert found is not None
    visitor.page.goto(urlsplit(found[0]).path)
    expect(visitor.page.locator("#id_new_password1")).to_be_visible()


def expired(visitor: Visitor) -> None:
    visitor.page.goto(f"{C}/document/add/")
    visitor.page.fill("#id_title", OWN)
    visitor.page.context.clear_cookies(name="sessionid")
    visitor.page.click("input[name=_save]")
    expect(visitor.page.locator(".kept-page textarea").first).to_be_visible()


def codes(visitor: Visitor) -> None:
    sign_in(visitor.page, PERSON, PASSWORD)
    visitor.page.goto("/admin/second-factor/set-up/")
    key = visitor.page.locator("li code").inner_text()
    visitor.page.fill("#id_code", f"{totp(b32decode(key)):06d}")
    visitor.page.click("input[type=submit]")
    expect(visitor.page.locator(".paper-codes")).to_be_visible()


def asked_for_code(visitor: Visitor) -> None:
    visitor.page.context.clear_cookies()
    visitor.page.goto("/admin/")
    visitor.page.fill("#id_username", PERSON)
    visitor.page.fill("#id_password", PASSWORD)
    visitor.page.click("input[type=submit]")
    expect(visitor.page).to_have_url(re.compile("second-factor"))


# What answers with no page of its own: data, files, ways to another page, what is only posted.
NO_PAGE = (
    "admin:(read_date|read_folios|read_name|compose_reference|autocomplete|jsi18n|view_on_site)",
    "admin:(logout|app_list)",
    "admin:catalogue_[a-z]+_export_sheet",
    "admin:catalogue_evidence_last_source",
    "admin:catalogue_unit_(branch|step)",
    "admin:catalogue_folioimage_(arrange|file|copy)",
    "admin:catalogue_statement_(add|change|delete|history|compare|restore|simple_history)",
    "admin:catalogue_(act|tombstone)_(add|delete)",
    "admin:.*unnamed.*",
    "catalogue:.*",
)

# The name of a view -> where it is shown. Views that one line matches show pages of one kind.
# {document[0]} is the key of the first document of the list; a function leads to the page itself.
PLACES: dict[str, Place] = {
    "admin:index": "/admin/",
    "admin:review": "/admin/review/",
    "admin:proposals": "/admin/proposals/",
    "admin:today": "/admin/today/",
    "admin:quality": "/admin/quality/",
    "admin:quality_check": first_check,
    "admin:duplicates": "/admin/duplicates/",
    "admin:duplicates_of": "/admin/duplicates/publication/",
    "admin:images_report": f"{C}/folioimage/report/",
    "admin:password_change": "/admin/password_change/",
    "admin:password_change_done": "/admin/password_change/done/",
    "admin:second_factor_set_up": "/admin/second-factor/set-up/",
    "admin:auth_user_add": "/admin/auth/user/add/",
    "admin:auth_user_change": "/admin/auth/user/1/change/",
    "admin:auth_user_password_change": "/admin/auth/user/1/password/",
    "admin:auth_user_changelist": "/admin/auth/user/",
    "admin:auth_group_change": "/admin/auth/group/1/change/",
    "admin:auth_group_(changelist|add)": "/admin/auth/group/add/",
    "admin:auth_[a-z]+_delete": "/admin/auth/group/1/delete/",
    "admin:auth_[a-z]+_history": "/admin/auth/group/1/history/",
    "admin:catalogue_unit_tree": f"{C}/unit/tree/?unit={{unit[0]}}&open={{unit[0]}}",
    "admin:catalogue_unit_move": f"{C}/unit/tree/move/?units={{unit[2]}}&at={{unit[0]}}",
    "admin:catalogue_unit_order": f"{C}/unit/tree/order/?parent={{unit[0]}}",
    "admin:catalogue_unit_renumber": f"{C}/unit/tree/renumber/?parent={{unit[0]}}",
    "admin:catalogue_unit_changelist": f"{C}/unit/",
    "admin:catalogue_folioimage_upload": f"{C}/folioimage/upload/?unit={{unit[1]}}",
    "admin:catalogue_[a-z]+_statements": f"{C}/document/{{document[0]}}/statements/",
    "admin:catalogue_[a-z]+_add_statement": f"{C}/document/{{document[0]}}/statements/add/claim/",
    "admin:catalogue_[a-z]+_used_as_source": f"{C}/publication/{{publication[0]}}/used/",
    "admin:catalogue_[a-z]+_edit_many": f"{C}/document/many/edit/?all",
    "admin:catalogue_[a-z]+_replace_many": f"{C}/document/many/replace/?all",
    "admin:catalogue_[a-z]+_sheet": f"{C}/document/many/sheet/",
    "admin:catalogue_[a-z]+_preview_many": edited,
    "admin:catalogue_act_change": applied,
    "admin:catalogue_act_undo": undoing,
    "admin:catalogue_[a-z]+_merge": f"{C}/agent/merge/?keep={{agent[0]}}&merge={{agent[1]}}",
    "admin:catalogue_[a-z]+_changelist": f"{C}/document/?q=letter",
    "admin:catalogue_statement_changelist": f"{C}/statement/",
    "admin:catalogue_[a-z]+_history": own_history,
    "admin:catalogue_[a-z]+_compare": compared,
    "admin:catalogue_[a-z]+_restore": restored,
    "admin:catalogue_[a-z]+_simple_history": as_it_was,
    "admin:catalogue_[a-z]+_delete": f"{C}/document/{{document[0]}}/delete/",
    # Rows of records have few fields, and statements are alike: of each sort those with most.
    "admin:catalogue_(document|title|accesspoint|outsideidentifier)_(add|change)": letter,
    "admin:catalogue_witness_(add|change)": f"{C}/witness/{{witness[0]}}/change/",
    "admin:catalogue_(unit|unitreference)_(add|change)": f"{C}/unit/{{unit[0]}}/change/",
    "admin:catalogue_(agent|agentname)_(add|change)": f"{C}/agent/{{agent[0]}}/change/",
    "admin:catalogue_publication_(add|change)": f"{C}/publication/{{publication[0]}}/change/",
    "admin:catalogue_event_(add|change)": f"{C}/event/{{event[0]}}/change/",
    "admin:catalogue_repository_(add|change)": f"{C}/repository/{{repository[0]}}/change/",
    "admin:catalogue_(term|termlabel)_(add|change)": f"{C}/term/{{term[0]}}/change/",
    "admin:catalogue_(part|foliorange)_(add|change)": f"{C}/part/{{part[0]}}/change/",
    "admin:catalogue_folioimage_(add|change)": f"{C}/folioimage/add/",
    "admin:catalogue_tombstone_change": f"{C}/tombstone/",  # there is none yet
    "admin:catalogue_claim_(add|change)": f"{C}/claim/{{claim[0]}}/change/",
    "admin:catalogue_relation_(add|change)": f"{C}/relation/add/",
    "admin:catalogue_(custodyevent|contribution)_(add|change)": f"{C}/contribution/add/",
    "admin:catalogue_(dating|question|reading|agentrelation)_(add|change)": f"{C}/reading/add/",
    "admin:catalogue_(derivation|evidence)_(add|change)": f"{C}/evidence/{{evidence[0]}}/change/",
    # What has no address of its own: the same address answers otherwise in a certain case.
    "doubts": doubted,
    "images of nothing": f"{C}/folioimage/upload/",
    "the tree of nothing": f"{C}/unit/tree/",
}
# What other people are asked, and what comes by e-mail; in this order.
OUTSIDE: dict[str, Place] = {
    "admin:login": "/admin/login/",
    "locked out": locked_out,
    "admin_password_reset": "/admin/password-reset/",
    "password_reset_done": asked_for_reset,
    "password_reset_confirm": reset_link,
    "password_reset_complete": "/admin/password-reset/complete/",
    "a conflict": conflict,
    "the form of somebody signed out": expired,
    "the codes of a second factor": codes,
    "admin:second_factor": asked_for_code,
}
# axe need not fetch style sheets anew, nor report on all that is as it should be.
QUICKLY = {"preload": False, "resultTypes": ["violations"]}
IN_DARK = ("admin:index", "admin:catalogue_unit_tree", "a conflict", "admin:today", "admin:login")


def test_every_view_has_its_place() -> None:
    lacking = [
        view.name
        for view in matrix.views()
        if not any(re.fullmatch(pattern, view.name) for pattern in (*NO_PAGE, *PLACES, *OUTSIDE))
    ]
    assert lacking == []


def test_every_page_is_accessible(desk: Page, browser: Browser, site: Site, axe: Axe) -> None:
    """In the light scheme; the dark one differs in its colours alone, as a few pages show."""
    faults: list[str] = []
    desk.set_viewport_size({"width": 1280, "height": 900})
    someone(desk)
    visitor = Visitor(desk, site)
    for name, place in PLACES.items():
        visitor.go(place)
        faults += faults_of(axe, desk, name)
    context = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900})
    stranger = Visitor(context.new_page(), site)
    for name, place in OUTSIDE.items():
        stranger.go(place)
        faults += faults_of(axe, stranger.page, name)
    context.close()
    assert not faults, "\n".join(faults)


def someone(page: Page) -> None:
    """A colleague with an account of her own, who may see the administration."""
    page.goto("/admin/auth/user/add/")
    page.fill("#id_username", PERSON)
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.click("input[name=_save]")
    page.check("#id_is_staff")
    page.check("#id_is_superuser")
    page.click("input[name=_save]")


def faults_of(axe: Axe, page: Page, name: str) -> Iterator[str]:
    yield from _violations(axe, page, RULES, name)
    if name in IN_DARK:
        page.emulate_media(color_scheme="dark")
        page.wait_for_timeout(300)  # the colours fade into each other
        yield from _violations(axe, page, COLOURS, f"{name}, dark")
        page.emulate_media(color_scheme="light")


def _violations(axe: Axe, page: Page, rules: dict[str, Any], name: str) -> Iterator[str]:
    for rule in axe.run(page, options={**rules, **QUICKLY}).response["violations"]:
        nodes = [node["html"] for node in rule["nodes"]]
        yield f"{name}: {rule['id']}, {rule['help']}: {nodes[0][:200]} ({len(nodes)} times)"


@pytest.fixture
def note(browser: Browser, site: Site) -> None:
    """A document that no other test knows."""
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    sign_in(page, "admin", site.password)
    own(page)
    context.close()


def test_a_document_is_worked_on_by_keyboard_alone(page: Page, site: Site, note: None) -> None:
    """Focus moves on, is seen wherever it stands, and is nowhere caught."""
    page.goto("/admin/")
    page.keyboard.type("admin")  # the first field has the focus
    tab_to(page, "#id_password")
    page.keyboard.type(site.password)
    page.keyboard.press("Enter")
    tab_to(page, "#content-main .model-document th a")
    page.keyboard.press("Enter")
    tab_to(page, "#searchbar")
    page.keyboard.type(OWN)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q="))
    tab_to(page, "#result_list tbody th a")
    page.keyboard.press("Enter")
    tab_to(page, "#id_summary")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Read by keyboard.")
    tab_to(page, "#access_points-group .add-row a")
    rows = page.locator("#access_points-group tr.form-row:not(.empty-form)")
    before = rows.count()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before + 1)
    row = f"#access_points-{before}"
    tab_to(page, f"{row} .field-term [role=combobox]", backwards=True)
    expect(page.locator(f"{row} .field-term [role=combobox]")).to_have_accessible_name("Term")
    page.keyboard.press("Enter")
    expect(page.locator(".select2-search__field")).to_be_focused()
    expect(page.locator(".select2-search__field")).to_have_accessible_name("Term")
    page.keyboard.type("mosc")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Moscow")
    page.keyboard.press("Enter")
    expect(page.locator(f"{row} .field-term .select2-selection__rendered")).to_contain_text(
        "Moscow"
    )
    tab_to(page, "input[name=_continue]")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#id_summary")).to_have_value("Read by keyboard.")
    expect(rows).to_have_count(before + 1)


def tab_to(page: Page, selector: str, backwards: bool = False) -> None:
    """Press the key until the element has the focus; on the way the focus is always seen."""
    page.wait_for_load_state()
    wanted = page.locator(selector).first
    expect(wanted).to_be_visible()
    stood: list[str] = []
    while not wanted.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        stood.append(page.evaluate(WHERE))
        assert len(stood) < 150, f"out of reach: {selector}"
        assert stood[-2:-1] != stood[-1:], f"caught: {stood[-1]}"
        assert not stood[-1].startswith("unseen"), stood[-1]


# Where the focus is: a number of its own for each element, and whether it is seen there.
WHERE = """() => {
    const here = document.activeElement;
    const style = getComputedStyle(here);
    const isSeen = here === document.body
        || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1);
    const place = [...document.querySelectorAll("*")].indexOf(here);
    return `${isSeen ? "seen" : "unseen"} ${place} ${here.outerHTML.slice(0, 120)}`;
}"""
