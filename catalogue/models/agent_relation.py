"""Relations among agents: succession, merger, membership, hierarchy. ISAAR(CPF) 5.3."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.dated import Dated
from catalogue.models.fields import Line
from catalogue.models.history import history
from catalogue.models.statement import Assertion, standing_constraint


class AgentRelationKind(models.TextChoices):
    """What the source agent is to the target agent."""

    SUCCESSOR = "successor_of", _("is successor of")
    MERGER = "merger_of", _("resulted from the merger of")
    MEMBER = "member_of", _("is member of")
    PART = "part_of", _("is part of")
    SUBORDINATE = "subordinate_to", _("is subordinate to")
    FOUNDER = "founder_of", _("founded")
    OFFICER = "officer_of", _("held office in")
    FAMILY = "family", _("is related by family to")
    ASSOCIATE = "associate", _("is associated with")
    SAME = "same_as", _("is perhaps the same as")
    DIFFERENT = "different_from", _("is not the same as")


INVERSE = {
    AgentRelationKind.SUCCESSOR: _("was succeeded by"),
    AgentRelationKind.MERGER: _("was merged into"),
    AgentRelationKind.MEMBER: _("has as member"),
    AgentRelationKind.PART: _("has as part"),
    AgentRelationKind.SUBORDINATE: _("directs"),
    AgentRelationKind.FOUNDER: _("was founded by"),
    AgentRelationKind.OFFICER: _("had as office-holder"),
    AgentRelationKind.FAMILY: _("is related by family to"),
    AgentRelationKind.ASSOCIATE: _("is associated with"),
    AgentRelationKind.SAME: _("is perhaps the same as"),
    AgentRelationKind.DIFFERENT: _("is not the same as"),
}


class Numbering(models.TextChoices):
    """What a succession did to the reference numbers of the holdings."""

    UNKNOWN = "unknown", _("not known to have been kept")
    KEPT = "kept", _("kept")
    PREFIXED = "prefixed", _("kept with a prefix")
    CHANGED = "changed", _("changed")


class AgentRelation(Assertion, Dated):
    """``source`` *kind* ``target``: РГАСПИ *is successor of* РЦХИДНИ."""

    ends = ("source", "target")

    source = models.ForeignKey(
        "catalogue.Agent", models.PROTECT, related_name="relations_from", verbose_name=_("agent")
    )
    relation_kind = models.CharField(
        _("relation"), max_length=20, choices=AgentRelationKind.choices
    )
    target = models.ForeignKey(
        "catalogue.Agent", models.PROTECT, related_name="relations_to", verbose_name=_("to agent")
    )
    numbering = models.CharField(
        _("reference numbers"),
        max_length=10,
        choices=Numbering.choices,
        blank=True,
        help_text=_("For a succession of archives: whether reference numbers were kept."),
    )
    prefix = Line(_("prefix"), max_length=20, blank=True)
    role = Line(_("role or office"), blank=True, max_length=250)

    history = history()

    class Meta:
        verbose_name = _("relation of agents")
        verbose_name_plural = _("relations of agents")
        ordering = ("source", "date_earliest", "pk")
        constraints = (
            standing_constraint(),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="agentrelation_two_agents"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.get_relation_kind_display()} {self.target}"

    def inverse(self) -> str:
        """The relation as read from the target."""
        return str(INVERSE[AgentRelationKind(self.relation_kind)])
