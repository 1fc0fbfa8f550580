"""What the figure says in words, and that it says no more than it may."""

from typing import Any

from django.template.loader import render_to_string
from lxml import etree

from catalogue.stemma.layout import Edge, Node, Writing
from catalogue.stemma.svg import DETAIL_CHARACTERS, draw

SVG = "{http://www.w3.org/2000/svg}"


def rendered(nodes: Any, edges: Any = (), written: Any = None) -> Any:
    figure = draw(nodes, edges, written)
    text = render_to_string("catalogue/document/stemma.html", {"figure": figure})
    return etree.fromstring(text.strip())


def test_the_figure_is_well_formed_and_described() -> None:
    figure = rendered([Node(1, "Typed copy", "in full", "1923", 0, href="#witness-1")])
    assert figure.tag == SVG + "svg"
    described = {element.get("id"): element.text for element in figure.iter() if element.text}
    assert described[figure.get("aria-labelledby")]
    assert "One witness" in described[figure.get("aria-describedby")]


def test_every_witness_is_a_link_with_its_whole_name() -> None:
    name = "A very long name " * 20 + "and its end"
    figure = rendered([Node(1, name, "in full", "1923", 0, href="#witness-1")])
    (link,) = figure.iter(SVG + "a")
    assert link.get("href") == "#witness-1"
    assert link.find(SVG + "title").text.startswith(name)
    drawn = [text.text for text in link.iter(SVG + "text") if text.get("class") == "name"]
    assert len(drawn) == 2
    assert drawn[1].endswith("…")


def test_nothing_is_styled_or_scripted_inside_the_figure() -> None:
    hostile = '"><script>alert(1)</script>'
    figure = rendered(
        [Node(1, hostile, hostile, "1923", 0), Node(2, hostile, language=hostile)],
        [Edge(1, 2, "translated", "possible", disputed=True)],
    )
    for element in figure.iter():
        assert element.tag not in (SVG + "script", SVG + "style")
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_kind_certainty_and_dispute_each_leave_a_sign() -> None:
    nodes = [Node(1, "one", moment=0), Node(2, "two", moment=1), Node(3, "three", moment=2)]
    figure = rendered(
        nodes,
        [Edge(1, 2, "translated", "possible"), Edge(1, 3, "copied", "certain", disputed=True)],
    )
    classes = [path.get("class") for path in figure.iter(SVG + "path")]
    assert "branch translated possible" in classes
    assert "branch copied certain" in classes
    assert classes.count("dispute") == 1


def test_ink_rises_with_completeness() -> None:
    heights = [
        draw([Node(1, "x", completeness=completeness)], []).nodes[0].ink_height
        for completeness in ("unknown", "quotation", "extract", "abridged", "full")
    ]
    assert heights == sorted(set(heights))


def test_an_undated_witness_says_so() -> None:
    figure = rendered([Node(1, "Rabkrin")])
    assert "undated" in [text.text for text in figure.iter(SVG + "text")]


def test_the_writing_of_the_document_stands_at_the_head_of_the_axis() -> None:
    nodes = [Node(1, "Izvestia 1990", date="1990", moment=67 * 366)]
    texts = [
        text.text for text in rendered(nodes, (), Writing("8 October 1923", 0)).iter(SVG + "text")
    ]
    assert texts[:3] == ["8 October 1923", "the document is written", "67 years"]
    assert "the document is written" not in str(etree.tostring(rendered(nodes)))


def test_a_long_detail_is_cut_between_words() -> None:
    (drawn,) = draw([Node(1, "x", "word " * 40)], []).nodes
    assert len(drawn.detail.text) <= DETAIL_CHARACTERS
    assert drawn.detail.text.endswith("word …")
