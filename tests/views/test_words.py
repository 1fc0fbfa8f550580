"""What is found by typing words, and what any text typed comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import Agent, AgentName, Document, Title
from catalogue.models.statement import Standing
from catalogue.models.visibility import State
from catalogue.views import words
from tests.builders import build

pytestmark = pytest.mark.django_db


def titles(query: str) -> set[str]:
    return {row.title for row in words.matching(Document.objects.public(), words.read(query))}


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("дѣло", "Дело о жилье"),
        ("ДЕЛО", "Дело о жилье"),
        ("елка", "Ёлка в доме отдыха"),
        ("ecole", "L’École du parti"),
        ("lecole", "L’École du parti"),
        ("pismo", "Pisʹmo v redaktsiiu"),
        ("100%", "Отчёт за 100% года"),
        ("жилье дело", "Дело о жилье"),
    ],
)
def test_spelling_makes_no_difference(query: str, title: str) -> None:
    build(Document, title=title)
    build(Document, title="Something else altogether")
    assert titles(query) == {title}


def test_every_word_has_to_be_there_in_any_of_the_titles() -> None:
    letter = build(Document, title="Letter on housing")
    build(Title, document=letter, title="Письмо о жилье", language="ru")
    assert titles("letter жилье") == {"Letter on housing"}
    assert titles("letter погода") == set()


@pytest.mark.parametrize("wildcard", ["%", "_", "\\", "%_%"])
def test_wildcards_of_the_database_are_no_words(wildcard: str) -> None:
    assert words.read(wildcard).folded == ()


def test_people_are_found_under_each_public_name_and_no_other() -> None:
    agent = build(Agent, name="Trotsky, Leon")
    build(AgentName, agent=agent, form="Троцкий, Лев Давидович", language="ru")
    build(AgentName, agent=agent, form="Бронштейн", language="ru", state=State.DRAFT)
    build(AgentName, agent=agent, form="Antid Oto", language="en", standing=Standing.PROPOSED)

    def found(query: str) -> bool:
        return words.matching(Agent.objects.public(), words.read(query)).exists()

    assert found("троцкий")
    assert found("leon ДАВИДОВИЧ")
    assert not found("бронштейн")
    assert not found("antid")


def test_long_queries_are_cut_and_say_so() -> None:
    assert words.read("дом " * 20 + "дом").is_cut
    assert words.read("a" * 501).is_cut
    assert not words.read(" ".join(f"w{number}" for number in range(20))).is_cut
    assert len(words.read(" ".join(f"w{number}" for number in range(99))).folded) == 20


@given(st.text(max_size=700))
def test_any_text_is_a_query(typed: str) -> None:
    read = words.read(typed)
    assert len(read.folded) <= words.MOST
    assert len(read.typed) <= words.LONGEST


@pytest.mark.parametrize("typed", ["a" * 60_000, "w " * 1_200, "%" * 500, "\\" * 500, "'\"--;"])
def test_no_query_breaks_the_database(typed: str) -> None:
    build(Document, title="Letter")
    titles(typed)
