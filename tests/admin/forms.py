"""Forms of pages, filled in as a browser fills them in."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def read_form(response: Any, ending: str = "_form") -> dict[str, list[str]]:
    """What a browser would send for the form whose id ends so, nothing changed."""
    form = page(response).find("form", id=lambda value: bool(value) and value.endswith(ending))
    assert isinstance(form, Tag), "the page has no form"
    sent: dict[str, list[str]] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = str(field.get("name", ""))
        if name and not field.has_attr("disabled"):
            sent.setdefault(name, []).extend(_values(field))
    return {name: values for name, values in sent.items() if values}


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        # HTML drops the line break after the tag; browsers send CR LF for the others.
        text = field.text.removeprefix("\r\n").removeprefix("\n")
        return [text.replace("\r\n", "\n").replace("\n", "\r\n")]
    if field.name == "select":
        options = field.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")]
        if not chosen and not field.has_attr("multiple"):
            chosen = options[:1]
        return [str(option.get("value", option.text)) for option in chosen]
    kind = field.get("type", "text")
    if kind in ("submit", "file", "button", "image", "reset"):
        return []
    if kind in ("checkbox", "radio") and not field.has_attr("checked"):
        return []
    return [str(field.get("value", "on" if kind == "checkbox" else ""))]


def errors(response: Any) -> list[str]:
    """What the page says is wrong."""
    return [item.get_text(" ", strip=True) for item in page(response).select("ul.errorlist li")]


def messages(response: Any) -> list[str]:
    return [item.get_text(" ", strip=True) for item in page(response).select("ul.messagelist li")]
