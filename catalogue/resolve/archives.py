"""From the name of an archive to where its holdings are, with every succession on the way.

Names are those of the catalogue's agents, at any time and in any script. One that no agent bears is
looked up in the table of `catalogue.references`, which has the other names of the archive and what
became of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from catalogue.models import Agent, AgentName, AgentRelation, Repository
from catalogue.models.agent import AgentKind, heading
from catalogue.models.agent_relation import AgentRelationKind, Numbering
from catalogue.models.statement import Standing
from catalogue.references import repositories
from catalogue.resolve.answer import Step
from catalogue.resolve.shelves import repositories_with
from catalogue.text import fold, skeleton

SUCCESSIONS = (AgentRelationKind.SUCCESSOR, AgentRelationKind.MERGER)
GENERATIONS = 6
"""Successions that are followed; no archive has had more."""
REJECTED = (Standing.DEPRECATED, Standing.SUPERSEDED)

Key = TypeVar("Key")
Cited = tuple[str, tuple[str, ...]]
"""A name as printed, and the keys in the table of the archives that bear it."""


@dataclass(frozen=True)
class Place:
    """A public repository where holdings are now, and the successions that lead there.

    `is_back` is for a repository that has them from an earlier time: the catalogue may know papers
    under the archive that had them before the one that is cited.
    """

    repository: Repository
    steps: tuple[Step, ...] = ()
    is_back: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether numbers cited are those of the shelves there."""
        return all(step.keeps_numbers for step in self.steps)

    def fond(self, cited: str) -> str:
        """The number that a fond has there, as far as it is known."""
        for step in self.steps if cited else ():
            if step.numbering == Numbering.PREFIXED:
                cited = cited.removeprefix(step.prefix) if self.is_back else step.prefix + cited
        return cited


@dataclass(frozen=True)
class Whereabouts:
    """What is known of an archive that is cited: the agents that bear the name, where it was read,
    the places of its holdings, and its keys in the table."""

    agents: frozenset[int] = frozenset()
    name: AgentName | None = None
    places: tuple[Place, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass
class _Line:
    """An agent reached from the one that is cited."""

    agent: int
    steps: tuple[Step, ...] = ()
    is_back: bool = False


@dataclass
class _Bearers:
    """The agents that bear one of several names."""

    agents: list[int] = field(default_factory=list)
    name: AgentName | None = None


def whereabouts(cited: Iterable[Cited]) -> dict[Cited, Whereabouts]:
    """What is known of each archive; the number of queries grows with the generations alone."""
    asked = [each for each in dict.fromkeys(cited) if each[0] or each[1]]
    keys = {each: _known(each[1]) or repositories.TABLE.exact(each[0]) for each in asked}
    bearers = _bearers({each: (each[0],) for each in asked if each[0]})
    found = _placed({each: bearers[each] for each in bearers}, keys)
    rest = [each for each in asked if each not in found or not found[each].places]
    if rest:
        known = _bearers({each: _names(keys[each]) for each in rest if keys[each]})
        placed = _placed(known, keys).items()  # under another name than the one that is printed
        found |= {each: replace(place, name=None) for each, place in placed if place.agents}
        rest = [each for each in rest if each not in found or not found[each].places]
    if rest:
        found |= _by_the_table(rest, keys, found)
    return {each: found.get(each, Whereabouts(keys=keys[each])) for each in asked}


def places_with(fonds: Iterable[str]) -> dict[str, Whereabouts]:
    """The public repositories that have a fond, for references that name no archive."""
    holders = repositories_with(fonds)
    held = {key for keys in holders.values() for key in keys}
    rows = Repository.objects.public().filter(pk__in=held).select_related("agent")
    public = {row.pk: row for row in rows} if held else {}
    return {
        fond: Whereabouts(places=tuple(Place(public[key]) for key in keys if key in public))
        for fond, keys in holders.items()
    }


def _bearers(names: Mapping[Key, Sequence[str]]) -> dict[Key, _Bearers]:
    """The public corporate agents that bear the names; the same letters before the same sounds."""
    wanted = {key for forms in names.values() for key in map(_skeleton, forms)}
    if not wanted:
        return {}
    forms: dict[str, list[tuple[str, int, AgentName | None]]] = defaultdict(list)
    rows = AgentName.objects.public().filter(skeleton__in=wanted, agent__kind=AgentKind.CORPORATE)
    for row in rows.order_by("pk"):
        forms[row.skeleton].append((row.folded, row.agent_id, row))
    if missing := wanted - forms.keys():
        agents = Agent.objects.public().filter(skeleton__in=missing, kind=AgentKind.CORPORATE)
        for agent in agents.order_by("pk"):
            forms[agent.skeleton].append((agent.folded, agent.pk, None))
    found = {}
    for each, texts in names.items():
        found[each] = _Bearers()
        alike = [form for text in dict.fromkeys(map(_skeleton, texts)) for form in forms[text]]
        folded = set(map(fold, texts))
        same = [form for form in alike if form[0] in folded] or alike
        for _folded, agent, row in same:
            found[each].name = found[each].name or row
            if agent not in found[each].agents:
                found[each].agents.append(agent)
    return found


def _placed(
    bearers: Mapping[Cited, _Bearers], keys: Mapping[Cited, tuple[str, ...]]
) -> dict[Cited, Whereabouts]:
    """Where the holdings of the agents are: with themselves, with their successors, and if with
    none of these, with those that they succeeded."""
    starts = {agent for each in bearers.values() for agent in each.agents}
    if not starts:
        return {}
    lines = _lines(starts, is_back=False)
    held = _repositories(line.agent for reached in lines.values() for line in reached)
    if lost := {start for start in starts if not any(x.agent in held for x in lines[start])}:
        earlier = _lines(lost, is_back=True)
        held |= _repositories(line.agent for reached in earlier.values() for line in reached)
        lines |= earlier
    return {
        each: Whereabouts(
            frozenset(found.agents),
            found.name,
            tuple(
                Place(held[line.agent], line.steps, line.is_back)
                for agent in found.agents
                for line in lines[agent]
                if line.agent in held
            ),
            keys[each],
        )
        for each, found in bearers.items()
    }


def _lines(starts: set[int], *, is_back: bool) -> dict[int, list[_Line]]:
    """From each agent on to all that took over from it, or back to all that it took over from."""
    onward = _successions(starts, is_back=is_back)
    lines: dict[int, list[_Line]] = {}
    for start in starts:
        lines[start] = [_Line(start)]
        for line in lines[start]:
            for row in onward.get(line.agent, ()):
                agent = row.target_id if is_back else row.source_id
                if all(agent != other.agent for other in lines[start]):
                    lines[start].append(_Line(agent, (*line.steps, _step(row)), is_back))
    return lines


def _successions(starts: set[int], *, is_back: bool) -> dict[int, list[AgentRelation]]:
    """The public successions by the agent that they lead on from; a query for each generation."""
    near, far = ("source", "target") if is_back else ("target", "source")
    found: dict[int, list[AgentRelation]] = defaultdict(list)
    reached, frontier = set(starts), set(starts)
    for _generation in range(GENERATIONS):
        rows = (
            AgentRelation.objects.public()
            .filter(**{f"{near}__in": frontier}, relation_kind__in=SUCCESSIONS)
            .exclude(standing__in=REJECTED)
            .select_related("source", "target")
        )
        for row in rows.order_by("date_earliest", "pk"):
            found[getattr(row, f"{near}_id")].append(row)
        frontier = {getattr(row, f"{far}_id") for some in found.values() for row in some} - reached
        reached |= frontier
        if not frontier:
            break
    return found


def _step(row: AgentRelation) -> Step:
    return Step(
        earlier=row.target.name,
        later=row.source.name,
        date=row.date,
        numbering=Numbering(row.numbering or Numbering.UNKNOWN),
        prefix=row.prefix,
        relation=row,
    )


def _repositories(agents: Iterable[int]) -> dict[int, Repository]:
    """The public repositories that agents are."""
    rows = Repository.objects.public().filter(agent__in=set(agents)).select_related("agent")
    rows = rows.order_by()
    return {row.agent_id: row for row in rows}


# --- the table of archives ---


def _by_the_table(
    rest: Iterable[Cited],
    keys: Mapping[Cited, tuple[str, ...]],
    found: Mapping[Cited, Whereabouts],
) -> dict[Cited, Whereabouts]:
    """Archives that the catalogue does not know, in whose line one stands that it does."""
    routes = {each: [route for key in keys[each] for route in _routes(key)] for each in rest}
    bearers = _bearers({key: _names((key,)) for some in routes.values() for key, *_line in some})
    held = _repositories(agent for some in bearers.values() for agent in some.agents)
    return {
        each: replace(
            found.get(each, Whereabouts(keys=keys[each])),
            places=tuple(
                Place(held[agent], steps, is_back)
                for key, steps, is_back in some
                for agent in bearers[key].agents
                if agent in held
            ),
        )
        for each, some in routes.items()
    }


def _routes(key: str) -> Iterator[tuple[str, tuple[Step, ...], bool]]:
    """The archives that an archive of the table passed to, then those that it came from."""
    for is_back in (False, True):
        routes: dict[str, tuple[Step, ...]] = {key: ()}
        waiting = [key]
        for near in waiting:
            table = repositories.TABLE
            for row in table.before(near) if is_back else table.after(near):
                far = row.earlier if is_back else row.later
                if far not in routes:
                    step = Step(
                        earlier=table.get(row.earlier).name(),
                        later=table.get(row.later).name(),
                        date=str(row.year or ""),
                        numbering=Numbering(row.numbering or Numbering.UNKNOWN),
                    )
                    routes[far] = (*routes[near], step)
                    waiting.append(far)
        yield from ((far, steps, is_back) for far, steps in routes.items() if steps)


def _known(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys that are the table's own; others were added from the catalogue."""
    return tuple(key for key in keys if key in _table_keys())


@lru_cache(maxsize=1)
def _table_keys() -> frozenset[str]:
    return frozenset(archive.key for archive in repositories.TABLE.archives)


def _names(keys: Iterable[str]) -> tuple[str, ...]:
    """The names of archives of the table that are theirs alone."""
    return tuple(name for key in keys for name in _own_names(key))


@lru_cache(maxsize=2_000)
def _own_names(key: str) -> tuple[str, ...]:
    table = repositories.TABLE
    texts = dict.fromkeys(name.text for name in table.get(key).names if not name.weak)
    return tuple(text for text in texts if table.exact(text) == (key,))


@lru_cache(maxsize=20_000)
def _skeleton(name: str) -> str:
    return skeleton(heading(name))[:200]
