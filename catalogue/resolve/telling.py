"""Answers in words, in the language that is active, and as plain data for programs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue import links
from catalogue.models import Agent, Unit, Witness
from catalogue.models.agent_relation import Numbering
from catalogue.references import Found, as_cited, print_folios, printing, repositories
from catalogue.resolve.answer import Answer, Hit, Kind, Remark, Step

_REMARKS: Mapping[Remark, Any] = {
    Remark.RENAMED: _("“%(name)s” is an earlier name of the archive, which is now %(archive)s."),
    Remark.NUMBERS_OF_A_YEAR: _(
        "The numbers are those of %(year)s, when the papers were with another archive; nobody says "
        "that they are still in use."
    ),
    Remark.SEVERAL_ARCHIVES: _("Several archives bear or bore this name; each is listed."),
    Remark.SEVERAL_SHELVES: _("More than one shelf has this number; each is listed."),
    Remark.SPELT_OTHERWISE: _("The catalogue spells one of the numbers otherwise."),
    Remark.LEAVES_UNKNOWN: _(
        "The catalogue has a document in this file of which nobody says on which folios it is."
    ),
    Remark.MORE_DOCUMENTS: _("Only the first documents are listed here; there are more."),
    Remark.ALSO_CITED: _("Something else is on record under the same numbers; it is listed too."),
    Remark.NOT_LOOKED_UP: _("A folder, box, bundle, volume or part was not looked for."),
}
_NOTHING_BEFORE = _("It refers to a reference before it, and there is none.")
_OTHER_SCHEME = _("This is not a reference by fond, opis and delo; it was not looked for.")


def fetch_names(answers: Iterable[Answer]) -> None:
    """Fetch what naming the records of answers needs, for all of them at once."""
    agents: list[Agent] = []
    documents = []
    for answer in answers:
        agents += [answer.repository.agent] if answer.repository else []
        for step in answer.succession:
            agents += [step.relation.source, step.relation.target] if step.relation else []
        for hit in answer.hits:
            if isinstance(hit.record, Witness):
                documents.append(hit.record.document)
            else:
                agents.append(hit.record.repository.agent)
    prefetch_related_objects(agents, "names")
    prefetch_related_objects(documents, "titles")


def explain(answer: Answer) -> str:
    """The answer in a sentence or two for readers who are no programmers."""
    if answer.kind == Kind.CANDIDATE:
        return f"{_doubt(answer)} {gettext('Going by the numbers:')} {_reached(answer)}"
    if answer.kind == Kind.CITED:
        return (
            f"{gettext('The catalogue has it on record under these numbers.')} {_reached(answer)}"
        )
    if answer.kind == Kind.NO_REPOSITORY:
        if not answer.hits:
            return gettext("It names no archive, and no shelf of this catalogue has these numbers.")
        return gettext(
            "It names no archive. Shelves that have these numbers are listed; which of them is "
            "meant cannot be told."
        )
    if answer.kind == Kind.UNKNOWN:
        return _unknown(answer)
    return _reached(answer)


def remarks(answer: Answer) -> list[str]:
    """What else there is to know, a sentence for each remark."""
    values = {
        "name": answer.name.form if answer.name else "",
        "archive": archive_name(answer),
        "year": answer.year,
    }
    return [str(_REMARKS[remark]) % values for remark in answer.remarks]


def archive_name(answer: Answer) -> str:
    """The repository of today, in the language of the reader."""
    return _label(answer.repository.agent) if answer.repository else ""


def names_of(step: Step) -> tuple[str, str]:
    """The earlier and the later archive."""
    if step.relation is None:
        return step.earlier, step.later
    return _label(step.relation.target), _label(step.relation.source)


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


def _label(agent: Agent) -> str:
    return agent.label_in(_language())


def _level(unit: Unit | None) -> str:
    """What the archive calls the level, with its number: delo 685."""
    if unit is None:
        return ""
    return f"{unit.level_label or unit.get_level_display()} {unit.segment}".strip()


def unit_reference(unit: Unit) -> str:
    """The reference of a unit in the reader's notation, under the repository's name of today."""
    name = _label(unit.repository.agent)
    if unit.reference_given:
        return f"{name}, {unit.reference_given}"
    return printing.for_reader(replace(unit.reference(), repository=name), _language())


def _doubt(answer: Answer) -> str:
    values = {"earlier": names_of(answer.succession[0])[0], "later": archive_name(answer)}
    if any(step.numbering == Numbering.CHANGED for step in answer.succession):
        return (
            gettext(
                "A candidate only: papers of %(earlier)s are now with %(later)s, where numbers "
                "were changed."
            )
            % values
        )
    return (
        gettext(
            "A candidate only: papers of %(earlier)s are now with %(later)s, but it is not known "
            "that they kept their numbers."
        )
        % values
    )


def _unknown(answer: Answer) -> str:
    if not answer.archives:
        return gettext("This catalogue knows no archive called “%(name)s”.") % {
            "name": answer.reference.repository
        }
    table = repositories.TABLE
    archives = [table.get(key) for key in answer.archives]
    values = {"archive": " / ".join(archive.name(_language()) for archive in archives)}
    return (
        gettext("The archive is known (%(archive)s), but this catalogue has nothing of it.")
        % values
    )


def _reached(answer: Answer) -> str:
    """How far the numbers lead."""
    documents = [hit for hit in answer.hits if hit.how == answer.reach]
    first = documents[0].record if documents else None
    folios = print_folios(first.folios(), _language()) if isinstance(first, Witness) else ""
    values = {
        "archive": archive_name(answer),
        "unit": _level(answer.unit),
        "cited": print_folios(answer.reference.folios, _language()),
        "folios": folios,
        "count": len(documents),
        **{name: getattr(answer.reference, name) for name in ("fond", "opis", "delo")},
    }
    return _reach_sentence(answer, isinstance(first, Witness), len(documents)) % values


def _reach_sentence(answer: Answer, is_document: bool, count: int) -> str:
    reference = answer.reference
    if answer.reach == Kind.EXACT and not is_document:
        return gettext("The catalogue describes exactly this: %(unit)s.")
    if answer.reach == Kind.EXACT:
        return ngettext(
            "These are exactly the folios of one document.",
            "These are exactly the folios of %(count)s documents.",
            count,
        )
    if answer.reach == Kind.INSIDE:
        return ngettext(
            "The folios cited (%(cited)s) are inside a document that takes up folios %(folios)s.",
            "The folios cited (%(cited)s) are inside %(count)s documents.",
            count,
        )
    if answer.reach == Kind.OVERLAPPING:
        return ngettext(
            "Some of the folios cited (%(cited)s) are those of a document that takes up folios "
            "%(folios)s.",
            "The folios cited (%(cited)s) are partly those of %(count)s documents.",
            count,
        )
    if answer.reach == Kind.FILE:
        return gettext(
            "The catalogue has the file, %(unit)s, but no catalogued document is on the folios "
            "cited (%(cited)s)."
        )
    if answer.reach == Kind.REPOSITORY and not reference.fond:
        return gettext("The catalogue knows the archive, %(archive)s; no fond is cited.")
    if answer.reach == Kind.REPOSITORY:
        return gettext(
            "The catalogue knows the archive, now %(archive)s, but describes no fond %(fond)s "
            "there."
        )
    return _partial_sentence(answer)


def _partial_sentence(answer: Answer) -> str:
    """Only the fond or the opis is known; of what is missing, the highest level is named."""
    reference = answer.reference
    if answer.reach == Kind.FOND and reference.opis:
        return gettext("Only %(unit)s is in the catalogue; no opis %(opis)s is described in it.")
    if reference.delo:
        return gettext("Only %(unit)s is in the catalogue; no file %(delo)s is described in it.")
    return gettext(
        "The catalogue has %(unit)s; folios are cited, but not the file that they are in."
    )


# --- for programs ---


def as_data(found: Found) -> dict[str, Any]:
    """A reference found in a text as plain data, not looked for; docs/references.md has the
    fields."""
    return {
        "raw": found.raw,
        "start": found.start,
        "end": found.end,
        "scheme": found.scheme,
        "language": found.language,
        "readings": [as_cited(reading.reference) for reading in found.readings],
        "resolution": None,
    }


def unresolved(found: Found) -> str:
    """Why there is nothing to look for."""
    return str(_NOTHING_BEFORE if found.is_fond_scheme else _OTHER_SCHEME)


def resolution(found: Found, answer: Answer | None, origin: str = "") -> dict[str, Any]:
    """What a reference leads to, as plain data. `origin` is what addresses begin with:
    "https://example.org"."""
    if answer is None:
        kind = "nothing-before" if found.is_fond_scheme else "other-scheme"
        return {"kind": kind, "explanation": unresolved(found)}
    record, unit = answer.record, answer.unit
    told = zip(answer.remarks, remarks(answer), strict=True)
    return {
        "kind": answer.kind,
        "reach": answer.reach,
        "explanation": explain(answer),
        "remarks": [{"kind": kind, "explanation": sentence} for kind, sentence in told],
        "url": origin + links.address(record) if record else None,
        "repository": answer.repository
        and {"name": archive_name(answer), "url": origin + links.address(answer.repository)},
        "unit": unit
        and {
            "reference": unit_reference(unit),
            "title": unit.title,
            "url": origin + links.address(unit),
        },
        "records": [_record(hit, origin) for hit in answer.hits],
        "succession": [_succession(step) for step in answer.succession],
    }


def _record(hit: Hit, origin: str) -> dict[str, Any]:
    record = hit.record
    if isinstance(record, Witness):
        title = record.document.title_in(_language())[0]
        folios = print_folios(record.folios(), _language())
    else:
        title, folios = record.title, ""
    return {
        "how": hit.how,
        "type": record._meta.model_name,
        "title": title,
        "folios": folios,
        "url": origin + links.address(record),
        "cited_as": hit.cited.raw if hit.cited else None,
    }


def _succession(step: Step) -> dict[str, Any]:
    earlier, later = names_of(step)
    return {
        "earlier": earlier,
        "later": later,
        "date": step.date,
        "numbering": step.numbering,
        "prefix": step.prefix,
    }
