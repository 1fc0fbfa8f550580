"""Any statement in a few words: what it says, of what, and how it is asserted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from catalogue.models.claim import Claim, Mode, Property
from catalogue.models.contribution import Role
from catalogue.models.relation import RelationKind
from catalogue.views.apparatus import Cited
from catalogue.views.records import Named, date_words, named


@dataclass(frozen=True)
class Side:
    """``label`` says what is asserted, ``text`` the answer; ``mode`` is empty if affirmed."""

    cited: Cited
    label: str
    text: str
    language: str = ""
    when: str = ""
    mode: str = ""
    mode_label: str = ""
    about: Named | None = None


def side_of(cited: Cited, subject: Any = None) -> Side:
    """A statement in words; ``subject`` is the record of which it need not be said."""
    statement = cited.statement
    label, text, language = _WORDS[statement.kind](statement)
    about = statement.subject() if hasattr(statement, "subject") else None
    denied = isinstance(statement, Claim) and statement.mode != Mode.AFFIRMED
    return Side(
        cited=cited,
        label=label,
        text=text,
        language=language,
        when=date_words(statement) if statement.kind in _SPANS else "",
        mode=statement.mode if denied else "",
        mode_label=str(Mode(statement.mode).label) if denied else "",
        about=named(about) if about is not None and about != subject else None,
    )


_SPANS = frozenset({"claim", "contribution", "agentrelation", "custodyevent", "agentname"})
_Words = tuple[str, str, str]


def _claim(row: Any) -> _Words:
    return str(Property(row.claim_property).label), row.value, ""


def _dating(row: Any) -> _Words:
    return str(row.get_dating_kind_display()), date_words(row), ""


def _contribution(row: Any) -> _Words:
    return str(Role(row.role).label), named(row.contributor).text, ""


def _derivation(row: Any) -> _Words:
    return f"{row.derived.label}: {row.get_derivation_kind_display()}", str(row.base or ""), ""


def _relation(row: Any) -> _Words:
    source, target = named(row.source()).text, named(row.target()).text
    return f"{source} {RelationKind(row.relation_kind).label}", target, ""


def _reading(row: Any) -> _Words:
    where = row.witness.label if row.witness else _("conjecture")
    return f"{row.passage} · {where}", row.text, row.language


def _reference(row: Any) -> _Words:
    return str(row.get_reference_kind_display()), row.raw, ""


def _custody(row: Any) -> _Words:
    return str(row.get_custody_kind_display()), named(row.holder).text, ""


def _name(row: Any) -> _Words:
    return str(row.get_name_kind_display()), row.form, row.language


def _agent_relation(row: Any) -> _Words:
    label = f"{named(row.source).text} {row.get_relation_kind_display()}"
    return label, f"{named(row.target).text} {f'({row.role})' if row.role else ''}".strip(), ""


_WORDS: dict[str, Callable[[Any], _Words]] = {
    "agentname": _name,
    "agentrelation": _agent_relation,
    "claim": _claim,
    "contribution": _contribution,
    "custodyevent": _custody,
    "dating": _dating,
    "derivation": _derivation,
    "reading": _reading,
    "relation": _relation,
    "unitreference": _reference,
}
