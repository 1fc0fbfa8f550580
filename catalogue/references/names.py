"""Names of archives found in running text: a tree of words, walked once from each word."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product

from catalogue.references.words import (
    MOST_SPELLINGS,
    REMEMBERED,
    WORD,
    Word,
    is_abbreviation,
    is_little,
    read_word,
    spell,
)

ANY = "*"  # in a name, any word with a capital: "Государственный архив * области"
_LONGEST_WORD = 40  # letters; a longer one is in no name
_MOST_LITTLE = 3  # little words in a row, that one writer has and another leaves out
_STEP = re.compile(r"\{\w+\}|\*|" + WORD.pattern)
# What may stand between the words of a name: no colon, semicolon or slash.
_GAP = re.compile(r"[\s\u00ad\u200b.,()«»“”„\"'\u2019\u2018\-\u2010-\u2015]{1,40}")
_CLOSE_GAP = re.compile(r"\s{1,40}|[\-\u2010\u2011]\s{0,4}")


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name at text[start:end]. `keys` are of all archives that bear it, none for one that has
    only the form of a name; a `weak` one is a name only where fond or numbers follow."""

    start: int
    end: int
    name: str
    keys: tuple[str, ...]
    weak: bool


@dataclass(slots=True)
class _Node:
    """A place in the tree: the words that lead on, and the names that end here.

    A slot leads on by the words of another tree: those of a region, in "Госархив {ru}".
    """

    children: dict[str, "_Node"] = field(default_factory=dict)
    slots: dict[str, "_Node"] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    is_end: bool = False
    is_weak: bool = True

    def copy(self) -> "_Node":
        return _Node(dict(self.children), dict(self.slots), self.keys, self.is_end, self.is_weak)

    def onward(self, step: str, own: set[int]) -> "_Node":
        """The node that a step leads to, made or copied unless it is among our `own`."""
        branches, step = (self.slots, step[1:-1]) if step[0] == "{" else (self.children, step)
        node = branches.get(step)
        if node is None or id(node) not in own:
            node = branches[step] = node.copy() if node else _Node()
            own.add(id(node))
        return node

    def end(self, keys: tuple[str, ...], weak: bool) -> None:
        """Let a name end here."""
        self.keys = tuple(dict.fromkeys((*self.keys, *keys)))
        self.is_weak = weak and (self.is_weak or not self.is_end)
        self.is_end = True


@dataclass(frozen=True, slots=True)
class _Path:
    """How far one name has been followed: in a slot, `back` is where it goes on after it."""

    node: _Node
    doubtful: bool = False
    back: _Node | None = None
    regions: tuple[str, ...] | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        if self.regions is None:
            return self.node.keys
        return tuple(f"{key}-{region}" for key in self.node.keys for region in self.regions)


class _State:
    """All names that may have been begun by the words so far; what follows is worked out once."""

    def __init__(self, paths: Iterable[_Path], roots: Mapping[str, _Node]) -> None:
        self._roots = roots
        self._paths = [entered for path in paths for entered in self._entered(path)]
        self._onward: dict[tuple[tuple[str, bool], ...], _State] = {}
        self.steps = {step for path in self._paths for step in path.node.children}
        ended = [path for path in self._paths if path.back is None and path.node.is_end]
        self.is_end = bool(ended)
        self.keys = tuple(dict.fromkeys(key for path in ended for key in path.keys))
        self.is_weak = all(path.node.is_weak or path.doubtful for path in ended)

    def _entered(self, path: _Path) -> Iterator[_Path]:
        """A path, and those that go on from there into slots, or out of one."""
        yield path
        for slot, onward in path.node.slots.items():
            yield from self._entered(_Path(self._roots[slot], path.doubtful, onward))
        if path.back is not None and path.node.is_end:
            yield from self._entered(_Path(path.back, path.doubtful, None, path.node.keys))

    def onward(self, word: Word, gap: str = "") -> "_State | None":
        """The state that a word after a gap leads to."""
        steps = tuple([step for step in word.steps if step[0] in self.steps])
        if ANY in self.steps and word.is_capital and _CLOSE_GAP.fullmatch(gap):
            steps += ((ANY, False),)
        if not steps:
            return None
        state = self._onward.get(steps)
        if state is None:
            state = self._onward[steps] = _State(self._taken(steps), self._roots)
        return state

    def _taken(self, steps: Iterable[tuple[str, bool]]) -> Iterator[_Path]:
        for step, doubtful in steps:
            for path in self._paths:
                node = path.node.children.get(step)
                if node is not None:
                    yield _Path(node, path.doubtful or doubtful, path.back, path.regions)


class NameTree:
    """All names, and how they are found; not changed once made.

    `roots` has one tree for each slot, and the names themselves under "".
    """

    def __init__(self, roots: Mapping[str, _Node] | None = None) -> None:
        self._roots = dict(roots or {"": _Node()})
        self._initial = _State([_Path(self._roots[""])], self._roots)
        self._begin = lru_cache(maxsize=REMEMBERED)(self._begin_anew)

    def with_names(
        self, names: Iterable[tuple[str, tuple[str, ...], bool]], slot: str = ""
    ) -> "NameTree":
        """A tree with more names, each with the keys of its archives and whether it is weak."""
        root = self._roots[slot].copy() if slot in self._roots else _Node()
        own: set[int] = set()
        for name, keys, weak in names:
            for path in _paths(name):
                node = root
                for step in path:
                    node = node.onward(step, own)
                node.end(keys, weak or _is_weak_spelling(path, name))
        return NameTree({**self._roots, slot: root})

    def _begin_anew(self, printed: str) -> _State | None:
        """Where names that begin with a word lead."""
        if len(printed) > _LONGEST_WORD:
            return None
        return self._initial.onward(read_word(printed))

    def find(self, text: str) -> Iterator[NameFound]:
        """Names in order, the longest at each place; the search goes on after its end."""
        position = 0
        for word in WORD.finditer(text):
            state = self._begin(word[0])
            if state is not None and word.start() >= position:
                found = _follow(text, word, state)
                if found is not None:
                    position = found.end
                    yield found

    def exact(self, name: str) -> tuple[str, ...]:
        """The keys of a whole string."""
        found = next(self.find(name), None)
        if found is None or re.search(r"\w", name[: found.start] + name[found.end :]):
            return ()
        return found.keys


def _paths(name: str) -> Iterator[tuple[str, ...]]:
    """The ways in which a name may be spelled, each as the steps that lead to it in the tree."""
    steps, before = [], ""
    for word in _STEP.findall(name):
        if word[0] in ("{", ANY):
            steps.append([word])
        elif not before or not _may_be_missing(word, before):
            steps.append(spell(word))
        before = word
    return islice(product(*steps), MOST_SPELLINGS)


def _is_weak_spelling(path: tuple[str, ...], name: str) -> bool:
    """Whether a name spelled in other letters may be another language's word: GATO for ГАТО."""
    return len(path) == 1 and path[0].isascii() and not name.isascii() and len(path[0]) <= 5


def _may_be_missing(word: str, before: str) -> bool:
    """Whether a name is known without a little word, as it is not after an abbreviation."""
    return is_little(word) and (word.isupper() or not is_abbreviation(before))


def _follow(text: str, word: re.Match[str], state: _State) -> NameFound | None:
    """The longest name that begins with a word, having followed all that are possible."""
    start, little = word.start(), 0
    last = (word, state) if state.is_end else None
    while state.steps:
        gap = _GAP.match(text, word.end())
        following = WORD.match(text, gap.end()) if gap else None
        if gap is None or following is None or len(following[0]) > _LONGEST_WORD:
            break
        onward = state.onward(read_word(following[0]), gap[0])
        if onward is not None:
            state, little = onward, 0
            last = (following, state) if state.is_end else last
        elif little < _MOST_LITTLE and _may_be_missing(following[0], word[0]):
            little += 1
        else:
            break
        word = following
    return _found(text, start, *last) if last else None


def _found(text: str, start: int, word: re.Match[str], state: _State) -> NameFound:
    """The name that ends with a word, with the point of a shortened one: "обл."."""
    end = word.end()
    if text.startswith(".", end) and read_word(word[0]).is_shortened:
        end += 1
    return NameFound(start, end, text[start:end], state.keys, state.is_weak)
