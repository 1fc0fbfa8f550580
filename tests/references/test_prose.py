"""What is no reference is not found, and nothing takes long to find."""

import ast
import inspect
import pkgutil
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import catalogue.references
from catalogue.references import find

PROSE = Path(__file__).with_name("prose.txt").read_text(encoding="utf-8")
# Units that, repeated, tempt a reader into going back and forth.
HOSTILE = [
    "Ф. 1 ", "ф. 1, ", "оп. 1 ", "л. 1, ", "1, ", "1/", "1.", "1-", "(", "Ф. 1 (", "РГАСПИ. ",
    "Архив ", "Ibid. ", "там ", "\u00ad", "а\u0301", "Box 1 ", "FO 3", "BArch, R 1 ", "p. 1 ",
    "f. 1 abc ", "12 л. ", "abc // ", "Л. 1. Копия. ", "1 000 ", "оп. 1, 1934, ", "ф. Р-",
    ", Moscow", "(РГАСПИ) ", "Ф. 1 слово слово, оп. ", "ф. 1/2/3/4-", "\n", "A", "Abc ",
]  # fmt: skip


@pytest.mark.parametrize("line", PROSE.splitlines())
def test_prose_has_no_references(line):
    assert find(line) == []


def test_lines_of_prose_together_have_none_either():
    assert find(PROSE) == []


def _count_calls(text: str) -> int:
    """How many functions, ours and those written in C, are called to read a text."""
    calls = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        find(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("unit", HOSTILE)
def test_the_work_grows_as_the_text_does(unit):
    find(unit)
    short, long = (_count_calls(unit * (size // len(unit))) for size in (2_000, 8_000))
    assert long < 5 * short + 2_000


def _repeats(parsed: Any) -> list[tuple[Any, int]]:
    """The subpatterns of a parsed pattern that repeat, with how often at most."""
    found: list[tuple[Any, int]] = []
    for operation, argument in parsed:
        if str(operation) in ("MAX_REPEAT", "MIN_REPEAT"):
            found.append((argument[2], int(argument[1])))
        for part in argument if isinstance(argument, tuple | list) else ():
            for inner in part if isinstance(part, list) else [part]:
                if hasattr(inner, "getwidth"):
                    found += _repeats(inner)
    return found


# Its words are letters and marks in turn, which are never mistaken for one another.
_PROVEN = {"names", "words"}


def _patterns() -> list[re.Pattern[str]]:
    modules = [
        import_module(f"catalogue.references.{module.name}")
        for module in pkgutil.iter_modules(catalogue.references.__path__)
        if module.name not in _PROVEN
    ]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, re.Pattern)
    ]


def test_no_pattern_repeats_what_repeats_without_bound():
    from re import _parser  # type: ignore[attr-defined]  # the only parser of patterns there is

    patterns = _patterns()
    assert len(patterns) > 30
    for pattern in patterns:
        for inner, most in _repeats(_parser.parse(pattern.pattern, pattern.flags)):
            unbounded = [each for each, many in _repeats(inner) if many > 1_000]
            assert most <= 1_000 or not unbounded, pattern.pattern


def test_no_pattern_is_hidden_in_a_function():
    """So that the test above sees them all."""
    for module in pkgutil.iter_modules(catalogue.references.__path__):
        source = inspect.getsource(import_module(f"catalogue.references.{module.name}"))
        hidden = [
            node.lineno
            for function in ast.walk(ast.parse(source))
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) in ("re.match", "re.sub", "re.fullmatch", "re.findall")
        ]
        assert hidden == [], module.name
