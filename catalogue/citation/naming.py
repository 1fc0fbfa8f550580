"""Agents as CSL names: which form of a name, and its parts."""

import re
from collections.abc import Iterable

from catalogue.citation.wording import share_script
from catalogue.dates import day_number
from catalogue.models import Agent, AgentName
from catalogue.models.agent import AgentKind
from catalogue.models.agent_name import NameKind
from catalogue.models.visibility import today

Name = dict[str, str]  # CSL-JSON: {"family", "given"} or {"literal"}

_INITIALS = re.compile(r"(?:\w{1,2}\.[\s-]*)+")


def public_forms(agent: Agent, language: str) -> list[AgentName]:
    """The forms in a language that may be shown, the best first. Reads ``names``: prefetch them."""
    forms = [form for form in agent.names.all() if form.language == language]
    return sorted((form for form in forms if form.is_current_form()), key=AgentName.rank)


def csl_name(agent: Agent, language: str) -> Name | None:
    """The name of a public agent in a citation in ``language``; None for who may not be named.

    English notes on Russian history give initials ("L. D. Trotsky"), French ones the whole name:
    so a form with initials, where one is on record, comes first in English.
    """
    if not agent.is_public or agent.unnamed:
        return None
    forms = [form for form in public_forms(agent, language) if form.name_kind in HEADINGS]
    if language == "en":
        forms.sort(key=lambda form: not _INITIALS.fullmatch(form.given))
    if forms:
        return _parts(forms[0])
    return _heading(agent)


HEADINGS = frozenset({NameKind.AUTHORIZED, NameKind.PARALLEL, NameKind.PSEUDONYM, NameKind.OTHER})


def csl_names(agents: Iterable[Agent], language: str) -> list[Name]:
    """The names of the agents that may be named, in their order, each once."""
    names: list[Name] = []
    for agent in agents:
        name = csl_name(agent, language)
        if name and name not in names:
            names.append(name)
    return names


def spoken(name: Name) -> str:
    """A name as running text has it: L. D. Trotsky."""
    return name.get("literal") or f"{name.get('given', '')} {name['family']}".strip()


def full_and_short(agent: Agent, language: str, day: int | None = None) -> tuple[str, str]:
    """The name of a public body and its acronym ("" for none): today's, or that of a day.

    ``day`` is a Julian Day Number. Today's name is in ``language``, else the heading; an old one
    may be in any language, because it is better told in another than not at all. ("", "") if
    unknown.
    """
    forms = [form for form in agent.names.all() if form.is_current_form()]
    if day is None:
        forms = [form for form in forms if form.language == language and _is_todays(form)]
    else:
        forms = _nearest([form for form in forms if form.covers(day)], language)
    forms.sort(key=AgentName.rank)
    full = [form.form for form in forms if form.name_kind != NameKind.ABBREVIATION]
    short = [form.form for form in forms if form.name_kind == NameKind.ABBREVIATION]
    if not full:
        full = [agent.name] if day is None else short[:1]
    name = full[0] if full else ""
    return name, short[0] if short and short[0] != name else ""


def _nearest(forms: list[AgentName], language: str) -> list[AgentName]:
    """The forms in a language; else those in its script; else all."""
    own = [form for form in forms if form.language == language]
    return own or [form for form in forms if share_script(form.language, language)] or forms


def _is_todays(form: AgentName) -> bool:
    undated = form.date_earliest is None and form.date_latest is None
    day = today()
    covered = form.covers(day_number(day.year, day.month, day.day))
    return form.name_kind != NameKind.FORMER and (undated or covered)


def _parts(form: AgentName) -> Name:
    if form.agent.kind == AgentKind.PERSON and form.family:
        return (
            {"family": form.family, "given": form.given} if form.given else {"family": form.family}
        )
    return {"literal": form.form}


def _heading(agent: Agent) -> Name:
    """The authorized heading, which for persons is written "Family, Given"."""
    family, comma, given = agent.name.partition(", ")
    if agent.kind == AgentKind.PERSON and comma:
        return {"family": family, "given": given}
    return {"literal": agent.name}


def name_language(reader: str, printed: str) -> str:
    """In which language to name the people of a printed text: one entry keeps to one script."""
    return reader if not printed or share_script(reader, printed) else printed
