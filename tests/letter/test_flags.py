"""Each of the 27 flags of the fact sheet is in the catalogue as what it is."""

from typing import Any

import pytest

from tests.letter.record import Record
from tests.letter.sheet import FLAGS


def test_every_flag_is_carried(facts: dict[str, Any]) -> None:
    assert {flag["id"] for flag in facts["flags"]} == set(FLAGS)
    assert len(FLAGS) == 27


@pytest.mark.parametrize("flag", sorted(FLAGS))
def test_a_flag_is_what_it_is(record: Record, flag: str) -> None:
    for key, wanted in FLAGS[flag].items():
        found = seen_of(record, record[key], set(wanted))
        assert found == wanted, key


def seen_of(record: Record, statement: Any, names: set[str]) -> dict[str, str]:
    """Columns of a statement, and of its first evidence: speaker, attribution, basis, source."""
    first, *more = record.evidence[statement.pk]
    source = first.source()
    found = {
        "question": record.key_of[statement.question.identifier] if statement.question else "",
        "speaker": record.key_of[first.speaker.identifier] if first.speaker else "",
        "attribution": first.attribution,
        "basis": first.basis,
        "spoken": first.date,
        "source": record.key_of[source.identifier] if source else "",  # type: ignore[attr-defined]  # sources are identified
        "contradicted": str(any(row.bearing == "contradicts" for row in more)),
    }
    return {name: str(found[name] if name in found else getattr(statement, name)) for name in names}
