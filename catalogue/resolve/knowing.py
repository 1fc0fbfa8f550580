"""The archives that texts are read with: those of the table, and those that the catalogue has."""

from functools import lru_cache

from django.db.models import Q

from catalogue.models import Agent, AgentName, AgentRelation, Repository
from catalogue.models.agent import AgentKind
from catalogue.references import repositories
from catalogue.references.repositories import Repositories
from catalogue.resolve.archives import SUCCESSIONS

MOST_NAMES = 5_000
"""Names of the catalogue that are added; the table has some thousands."""


def known_archives() -> Repositories:
    """The table, with the public names of the catalogue's archives and of those in their line."""
    lines = AgentRelation.objects.public().filter(relation_kind__in=SUCCESSIONS)
    archives = Agent.objects.public().filter(
        Q(pk__in=Repository.objects.public().values("agent"))
        | Q(pk__in=lines.values("source"))
        | Q(pk__in=lines.values("target")),
        kind=AgentKind.CORPORATE,
    )
    forms = AgentName.objects.public().filter(agent__in=archives).order_by("agent", "pk")
    names = [
        *archives.order_by("pk").values_list("pk", "name")[:MOST_NAMES],
        *forms.values_list("agent", "form")[:MOST_NAMES],
    ]
    return _with(tuple(dict.fromkeys((f"agent-{key}", name) for key, name in names)))


@lru_cache(maxsize=2)
def _with(names: tuple[tuple[str, str], ...]) -> Repositories:
    """The table with the names that it has not; made anew only when the names have changed."""
    table = repositories.TABLE
    return table.with_names(pair for pair in names if not table.exact(pair[1]))
