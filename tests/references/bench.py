"""How well and how fast references are read: `make bench`.

Scores are by row, every field right; macro-averages give each source the same weight. Speed is
the best of several passes over one text, beside that of a pattern that only finds its words, for
a machine is as busy as it is.
"""

import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from catalogue.references import find
from tests.references.corpus import (
    Row,
    is_right,
    macro_average,
    read,
    read_shared,
    read_wild,
    scores,
)

ROOT = Path(__file__).parents[2]
PASSES = 7
COPIES = 5
_WORD = re.compile(r"\w+")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _best(work: Callable[[], object]) -> float:
    """The seconds of processor time of the quickest of several passes."""
    seconds = []
    for _ in range(PASSES):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def print_scores(title: str, rows: Sequence[Row]) -> None:
    right = sum(is_right(row, read(row)) for row in rows)
    say(f"{title}: {right} of {len(rows)} right, {right / len(rows):.1%}")
    for by in ("language", "scheme", "source"):
        score = scores(rows, by)
        say(f"  by {by} (macro-average {macro_average(score):.1%})")
        for name, (good, of) in score.items():
            say(f"    {name or '-':24} {good:4} of {of:4}")
    for row in rows:
        if not is_right(row, read(row)):
            say(f"  not right: {row.name}")


def print_speed(rows: Sequence[Row]) -> None:
    notes = [row.raw for row in rows if row.is_fond_scheme] * COPIES
    text = "".join(f"{number}. {note}\n" for number, note in enumerate(notes, 1))
    seconds, bare = _best(lambda: find(text)), _best(lambda: list(_WORD.finditer(text)))
    count = len(find(text))
    say(f"Speed: {count / seconds:,.0f} references a second ({count} in {len(text):,} characters)")
    say(f"  {seconds / bare:.0f} times the time of a pattern that finds the words alone")


def main() -> None:
    shared = ROOT.parent / "shared"
    wild = read_wild()
    print_scores("Our own corpus, tests/references/wild.tsv", wild)
    if (shared / "references" / "references.tsv").is_file():
        published = read_shared(shared)
        print_scores("The corpus of publications, ../shared/references", published)
        print_speed(published)
    else:
        say("The corpus of publications, ../shared/references, is not here.")
        print_speed(wild)


if __name__ == "__main__":
    main()
