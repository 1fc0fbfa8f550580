"""Archival references → records of the catalogue, with the reason.

    found = references.find(text, repositories=known_archives())
    answer = resolve(reference)       # one; or many at a bounded cost:
    answers = resolve_all([(found.whole, found.repositories), ...])
    answer.kind                       # Kind: exact, inside, overlapping, file-only, ... candidate
    answer.hits, answer.succession    # records, and by which successions they were reached
    fetch_names(answers)              # before they are told, so that telling asks no more queries
    explain(answer), remarks(answer)  # in words of the language that is active
    as_data(found), resolution(found, answer)  # as plain data, for programs

Only public records are ever named.
"""

from catalogue.resolve.answer import Answer, Hit, Kind, Remark, Step
from catalogue.resolve.knowing import known_archives
from catalogue.resolve.resolving import resolve, resolve_all
from catalogue.resolve.telling import (
    archive_name,
    as_data,
    explain,
    fetch_names,
    names_of,
    remarks,
    resolution,
    unit_reference,
    unresolved,
)

__all__ = [
    "Answer",
    "Hit",
    "Kind",
    "Remark",
    "Step",
    "archive_name",
    "as_data",
    "explain",
    "fetch_names",
    "known_archives",
    "names_of",
    "remarks",
    "resolution",
    "resolve",
    "resolve_all",
    "unit_reference",
    "unresolved",
]
