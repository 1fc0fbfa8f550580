"""How the tests walk through every entry of a block of the fact sheet, ``facts.yaml``.

A field that no check here reads must stand in ``omissions.yaml`` with a reason.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from catalogue.models import Dating, Relation, Statement
from tests.letter.record import Record

HERE = Path(__file__).parent
LETTER = "doc-letter-1923-10-08"
FIRST_PAGE = "addresses at the foot of the first page"
VOICES = {
    "letter": ("p-trotsky", "stated"),
    "izv_eds": ("c-izv-eds", "stated"),
    "izv_eds_assumed": ("c-izv-eds", "assumed"),
    "mia": ("c-mia", "stated"),
    "nded": ("", "unidentified"),
}
# What a relation of the fact sheet is called in the catalogue.
KINDS = {
    "mentions": {"mentions", "note_mentions"},
    "mentioned_in_note": {"note_mentions"},
    "cited_in_notes": {"note_cites"},
    "related_letter": {"related"},
    "cites": {"cites", "note_cites"},
}

Entry = Mapping[str, Any]
Check = Callable[[Record, Entry], bool]


def read(name: str) -> dict[str, Any]:
    text = (HERE / name).read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 # BaseLoader is safe
    return found


OMISSIONS = read("omissions.yaml")
FLAGS = read("flags.yaml")


def dashes(text: str) -> str:
    return text.replace("–", "-")


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def voices_of(facts: Mapping[str, Any]) -> dict[str, set[tuple[str, str]]]:
    """Part → the (speaker, attribution) that may speak there."""
    parts = {f"s{section['n']}": {VOICES["letter"]} for section in facts["sections"]}
    parts |= {"head": {VOICES["letter"], ("", "stated")}, "foot": {VOICES["letter"]}}
    for note in facts["notes"]:
        parts[f"n{note['n']}"] = {VOICES[voice] for voice in listed(note["stated_by"])}
    return parts


def is_said_at(record: Record, key: str, where: str, voices: Any) -> bool:
    """Some statement on the record rests on that part, in a voice that speaks there."""
    thing = record[key]
    said = [line for statement in record.about(thing) for line in record.said(statement)]
    said += [line for row in carriers(record, key) for line in record.said(row)]
    at_foot = where == "foot" and any(locator == FIRST_PAGE for *_rest, locator in said)
    return at_foot or any(
        part == where and (speaker, attribution) in voices[where]
        for part, speaker, attribution, _locator in said
    )


def carriers(record: Record, key: str) -> list[Statement]:
    """Statements on what stands in a publication: its witnesses."""
    thing = record[key]
    if not hasattr(thing, "witnesses"):
        return []
    return [row for witness in thing.witnesses.public() for row in record.about(witness)]


def missing_places(record: Record, entry: Entry, facts: Mapping[str, Any]) -> Iterator[str]:
    voices = voices_of(facts)
    for where in entry.get("where", []):
        if not is_said_at(record, entry["id"], where, voices):
            yield f"{entry['id']}: nobody says so in {where}"


def missing_fields(
    record: Record, block: str, entry: Entry, checks: Mapping[str, Check]
) -> Iterator[str]:
    name = entry.get("id") or entry.get("name") or entry.get("n") or entry
    for field in entry:
        if field in OMISSIONS.get(block, {}):
            continue
        if field not in checks:
            yield f"{block} {name}: nothing checks {field}"
        elif not checks[field](record, entry):
            yield f"{block} {name}: {field} is not in the catalogue: {entry[field]}"


def always(record: Record, entry: Entry) -> bool:
    """For fields that another test reads (``where``) or that only lead there (``id``)."""
    return True


def is_flagged(record: Record, entry: Entry) -> bool:
    return entry["flag"] in FLAGS


def related(record: Record, entry: Entry) -> bool:
    """The letter stands to it as the fact sheet says, in one of the places given."""
    wanted = KINDS.get(entry["relation"], {entry["relation"]})
    target = record[entry["id"]]
    rows = Relation.objects.public().filter(
        source_document=record[LETTER], **{f"target_{target._meta.model_name}": target}
    )
    return any(
        row.relation_kind in wanted
        and row.source_part is not None
        and record.key_of[row.source_part.identifier] in entry["where"]
        for row in rows
    )


def dated(record: Record, entry: Entry) -> bool:
    thing = record[entry["id"]]
    wanted = "" if entry["date"] == "null" else entry["date"]
    return bool(thing.date == wanted or f"/{wanted}" == thing.date)


def dated_in_the_voice_of(record: Record, key: str, voice: str) -> bool:
    rows = Dating.objects.public().filter(**{record[key]._meta.model_name: record[key]})
    speaker = VOICES[voice]
    return any((line[1], line[2]) == speaker for row in rows for line in record.said(row))


def speaks(record: Record, entry: Entry) -> bool:
    """Somebody speaks of it in each voice that the fact sheet names."""
    key, voices = entry["id"], entry["stated_by"]
    statements = [*record.about(record[key]), *carriers(record, key)]
    heard = {(line[1], line[2]) for row in statements for line in record.said(row)}
    if isinstance(voices, Mapping):
        if "date" in voices and not dated_in_the_voice_of(record, key, voices["date"]):
            return False
        voices = list(voices.values())
    return {VOICES[voice] for voice in listed(voices)} <= heard


def titled(field: str) -> Check:
    def check(record: Record, entry: Entry) -> bool:
        thing, wanted = record[entry["id"]], entry[field].casefold()
        titles = [thing.title, *thing.titles.values_list("title", flat=True)]
        if getattr(thing, "place", ""):
            titles += [f"{title} ({place_of(thing)})" for title in titles]
        if getattr(thing, "parent", None):
            parent = thing.parent
            titles += [parent.title, *parent.titles.values_list("title", flat=True)]
            titles += [f"{title} ({place_of(parent)})" for title in titles]
        return any(wanted == title.casefold() for title in titles)

    return check


def place_of(thing: Any) -> str:
    return str(thing.place)
