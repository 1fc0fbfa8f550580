"""What exists: things, statements about them, and the evidence for statements."""

from catalogue.models.access_point import AccessPoint, OutsideIdentifier
from catalogue.models.account import Account
from catalogue.models.act import Act
from catalogue.models.agent import Agent
from catalogue.models.agent_name import AgentName
from catalogue.models.agent_relation import AgentRelation
from catalogue.models.claim import Claim
from catalogue.models.contribution import Contribution
from catalogue.models.custody_event import CustodyEvent
from catalogue.models.dating import Dating
from catalogue.models.derivation import Derivation
from catalogue.models.distinction import Distinction
from catalogue.models.document import Document, Part
from catalogue.models.event import Event
from catalogue.models.evidence import Evidence
from catalogue.models.folio_image import FolioImage
from catalogue.models.identifier import Tombstone
from catalogue.models.publication import Publication
from catalogue.models.question import Question
from catalogue.models.reading import Reading
from catalogue.models.relation import Relation
from catalogue.models.repository import Repository
from catalogue.models.statement import Statement
from catalogue.models.term import Term, TermLabel
from catalogue.models.title import Title
from catalogue.models.unit import Unit
from catalogue.models.unit_reference import UnitReference
from catalogue.models.witness import FolioRange, Witness

STATEMENTS = (
    AgentName,
    AgentRelation,
    Claim,
    Contribution,
    CustodyEvent,
    Dating,
    Derivation,
    Reading,
    Relation,
    UnitReference,
)

__all__ = [
    "STATEMENTS",
    "AccessPoint",
    "Account",
    "Act",
    "Agent",
    "AgentName",
    "AgentRelation",
    "Claim",
    "Contribution",
    "CustodyEvent",
    "Dating",
    "Derivation",
    "Distinction",
    "Document",
    "Event",
    "Evidence",
    "FolioImage",
    "FolioRange",
    "OutsideIdentifier",
    "Part",
    "Publication",
    "Question",
    "Reading",
    "Relation",
    "Repository",
    "Statement",
    "Term",
    "TermLabel",
    "Title",
    "Tombstone",
    "Unit",
    "UnitReference",
    "Witness",
]
