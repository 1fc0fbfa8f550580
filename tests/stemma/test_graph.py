"""From records to the graph that is drawn."""

import datetime
from typing import Any

import pytest

from catalogue.models import Derivation, Publication, Witness
from catalogue.stemma.graph import edges_of, nodes_of
from catalogue.stemma.layout import Node

PUBLIC = datetime.date(1, 1, 1)


def witness(**fields: Any) -> Witness:
    fields = {"pk": 1, "label": "Izvestia 1990", "witness_kind": "printed", **fields}
    return Witness(**fields)


def node(**fields: Any) -> Node:
    return nodes_of([witness(**fields)], fields.pop("reader", "en"))[0]


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("typed_copy", "archival"),
        ("printed", "printed"),
        ("online", "online"),
        ("scan", "archival"),
    ],
)
def test_archive_print_and_web_have_shapes_of_their_own(kind: Any, shape: Any) -> None:
    assert node(witness_kind=kind).shape == shape


def test_a_witness_without_a_date_is_dated_by_its_publication() -> None:
    publication = Publication(pk=1, title="Izvestia", date="1990-05", public_from=PUBLIC)
    publication.read_date()
    found = node(publication=publication)
    assert found.date == "May 1990"
    assert found.moment == publication.date_earliest


def test_a_publication_that_is_not_public_tells_nothing() -> None:
    publication = Publication(pk=1, title="Izvestia", date="1990-05")
    publication.read_date()
    assert node(publication=publication).date == ""
    assert node(publication=publication).moment is None


def test_a_date_too_long_for_the_axis_is_shown_by_its_years() -> None:
    one = witness(date="1923-09-29/1924-10-08")
    one.read_date()
    assert nodes_of([one], "en")[0].date == "1923–1924"


def test_a_witness_whose_existence_is_inferred_is_drawn_as_supposed() -> None:
    assert node(existence_certain=False).survival == "hypothetical"
    assert node(survival="lost").survival == "lost"


def test_the_node_leads_to_the_row_of_the_table() -> None:
    one = witness()
    assert nodes_of([one], "en")[0].href == f"#witness-{one.identifier}"


def derivation(**fields: Any) -> Derivation:
    return Derivation(
        **{"pk": 1, "derived_id": 2, "base_id": 1, "derivation_kind": "copied", **fields}
    )


def test_certainty_of_a_derivation_is_that_of_its_edge() -> None:
    drawn = {
        certainty: edges_of([derivation(certainty=certainty)])[0].certainty
        for certainty in ("certain", "probable", "possible", "doubtful", "unknown")
    }
    assert drawn == {
        "certain": "certain",
        "probable": "probable",
        "possible": "possible",
        "doubtful": "possible",
        "unknown": "possible",
    }


def test_what_rests_on_inference_alone_is_never_drawn_as_certain() -> None:
    (edge,) = edges_of([derivation()], inferred={1})
    assert edge.certainty == "probable"


def test_a_derivation_that_a_question_is_about_is_marked() -> None:
    assert not edges_of([derivation()])[0].disputed
    assert edges_of([derivation(question_id=5)])[0].disputed


def test_an_unstated_base_and_a_superseded_derivation_draw_no_edge() -> None:
    assert edges_of([derivation(base_id=None, derivation_kind="unstated")]) == []
    assert edges_of([derivation(standing="superseded")]) == []
