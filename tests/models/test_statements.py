"""What the database holds of statements, whoever writes."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from catalogue.models import (
    STATEMENTS,
    Agent,
    AgentName,
    Claim,
    Derivation,
    Document,
    Evidence,
    FolioRange,
    Part,
    Publication,
    Relation,
    Repository,
    Statement,
    Unit,
    Witness,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> Document:
    return Document.objects.create(title="Letter of 8 October 1923", date="1923-10-08")


def make_witness(document: Document, label: str, **values: Any) -> Witness:
    return Witness.objects.create(
        document=document, label=label, **{"witness_kind": "printed"} | values
    )


def derive(derived: Witness, base: Witness | None, **values: Any) -> Derivation:
    return Derivation.objects.create(
        derived=derived,
        base=base,
        **{"derivation_kind": "copied", "standing": "preferred"} | values,
    )


def refused(model: Any, **values: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**values)


def test_a_witness_is_in_a_unit_or_a_publication_or_in_neither(letter: Document) -> None:
    agent = Agent.objects.create(kind="corporate", name="РГАСПИ")
    repository = Repository.objects.create(agent=agent, code="rgaspi")
    unit = Unit.objects.create(repository=repository, level="file", title="Дело 685")
    issue = Publication.objects.create(kind="issue", title="Известия ЦК КПСС")
    make_witness(letter, "lost", repository=repository)
    make_witness(letter, "archival", unit=unit)
    make_witness(letter, "printed", publication=issue)
    refused(
        Witness, document=letter, label="both", witness_kind="scan", unit=unit, publication=issue
    )


def test_folios_run_forward(letter: Document) -> None:
    witness = make_witness(letter, "copy")
    leaves = FolioRange.objects.create(witness=witness, first="53", last="68")
    assert leaves.first_order < leaves.last_order
    backwards = FolioRange(witness=witness, first="68", last="53")
    with pytest.raises(ValidationError, match="forward"):
        backwards.full_clean(exclude=["first_order", "last_order"])
    with pytest.raises(IntegrityError), transaction.atomic():
        FolioRange.objects.filter(pk=leaves.pk).update(last_order=0)


def test_the_verso_comes_after_its_recto(letter: Document) -> None:
    witness = make_witness(letter, "copy")
    FolioRange.objects.create(witness=witness, first="1", last="1v")
    with pytest.raises(ValidationError):
        FolioRange(witness=witness, first="1v", last="1r").clean()


@pytest.mark.parametrize("length", [2, 3, 5])
def test_preferred_derivations_form_no_cycle(letter: Document, length: int) -> None:
    witnesses = [make_witness(letter, str(number)) for number in range(length)]
    for derived, base in zip(witnesses[1:], witnesses, strict=False):
        derive(derived, base)
    closing = Derivation(
        derived=witnesses[0], base=witnesses[-1], derivation_kind="copied", standing="preferred"
    )
    with pytest.raises(ValidationError, match="circle"):
        closing.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        closing.save()


def test_a_derivation_cannot_become_preferred_when_that_closes_a_cycle(letter: Document) -> None:
    first, second = make_witness(letter, "a"), make_witness(letter, "b")
    derive(second, first)
    against = derive(first, second, standing="normal")
    with pytest.raises(IntegrityError), transaction.atomic():
        Derivation.objects.filter(pk=against.pk).update(standing="preferred")


def test_a_witness_may_have_several_bases(letter: Document) -> None:
    french, print_, web = (make_witness(letter, label) for label in ("fr", "print", "web"))
    derive(web, print_)
    derive(french, print_)
    derive(french, web)
    assert french.derivations.count() == 2


def test_a_base_text_that_is_not_stated_has_no_base(letter: Document) -> None:
    witness = make_witness(letter, "quotation")
    derive(witness, None, derivation_kind="unstated")
    refused(Derivation, derived=witness, base=None, derivation_kind="copied")


@pytest.mark.parametrize("mode", ["denied", "sought", "silent"])
def test_a_claim_that_is_denied_has_no_value_standing_as_preferred(
    letter: Document, mode: str
) -> None:
    claim = {"document": letter, "claim_property": "pages", "mode": mode, "value": "165–173"}
    Claim.objects.create(**claim)
    refused(Claim, **claim, standing="preferred")
    Claim.objects.create(document=letter, claim_property="published_in_full", mode=mode)


def test_a_claim_speaks_of_exactly_one_record(letter: Document) -> None:
    agent = Agent.objects.create(kind="person", name="Trotsky, Leon")
    refused(Claim, claim_property="office")
    refused(Claim, claim_property="office", document=letter, agent=agent)


def test_a_relation_has_one_record_at_each_end(letter: Document) -> None:
    agent = Agent.objects.create(kind="person", name="Trotsky, Leon")
    refused(Relation, relation_kind="mentions", source_document=letter)
    refused(
        Relation,
        relation_kind="mentions",
        source_document=letter,
        target_document=letter,
        target_agent=agent,
    )


def test_a_part_at_an_end_belongs_to_the_document_there(letter: Document) -> None:
    other = Document.objects.create(title="Other")
    part = Part.objects.create(document=other, number=1)
    relation = Relation(
        relation_kind="mentions", source_document=letter, source_part=part, target_document=other
    )
    with pytest.raises(ValidationError, match="another document"):
        relation.clean()


def test_a_number_stands_once_among_sections_and_once_in_each_edition(letter: Document) -> None:
    Part.objects.create(document=letter, number=1)
    refused(Part, document=letter, number=1)
    for label in ("1990", "2014"):
        edition = make_witness(letter, label)
        note = {"document": letter, "witness": edition, "part_kind": "note", "number": 1}
        Part.objects.create(**note)
        refused(Part, **note)


def test_what_is_superseded_names_what_supersedes_it(letter: Document) -> None:
    claim = Claim.objects.create(document=letter, claim_property="pages", value="165–175")
    refused(Claim, document=letter, claim_property="pages", standing="superseded")
    refused(Claim, document=letter, claim_property="pages", superseded_by=claim)
    Claim.objects.create(
        document=letter, claim_property="pages", standing="superseded", superseded_by=claim
    )


def test_evidence_that_was_seen_has_a_source(letter: Document) -> None:
    claim = Claim.objects.create(document=letter, claim_property="pages", value="165–175")
    refused(Evidence, statement=claim, basis="seen")
    refused(Evidence, statement=claim, basis="seen", document=letter, publication=issue())
    Evidence.objects.create(statement=claim, basis="background")


def issue() -> Publication:
    return Publication.objects.create(kind="issue", title="Известия ЦК КПСС")


def test_an_unidentified_speaker_is_not_named(letter: Document) -> None:
    claim = Claim.objects.create(document=letter, claim_property="pages", value="165–175")
    agent = Agent.objects.create(kind="person", name="N. N.")
    refused(Evidence, statement=claim, document=letter, speaker=agent, attribution="unidentified")
    Evidence.objects.create(statement=claim, document=letter, attribution="unidentified")


def test_every_statement_knows_its_own_kind(letter: Document) -> None:
    agent = Agent.objects.create(kind="person", name="Trotsky, Leon")
    name = AgentName.objects.create(agent=agent, form="Троцкий Л. Д.", language="ru")
    claim = Claim.objects.create(document=letter, claim_property="pages", value="165–175")
    found = [statement.concrete() for statement in Statement.objects.order_by("pk")]
    assert found == [name, claim]
    assert {model._meta.model_name for model in STATEMENTS} >= {"agentname", "claim"}


def test_deleting_what_is_referred_to_is_refused_with_the_list(letter: Document) -> None:
    witness = make_witness(letter, "copy")
    part = Part.objects.create(document=letter, number=1)
    with pytest.raises(ProtectedError) as refusal:
        letter.delete()
    assert refusal.value.protected_objects == {witness, part}
    assert Document.objects.filter(pk=letter.pk).exists()


def test_deleting_a_statement_takes_its_root_and_its_evidence_along(letter: Document) -> None:
    claim = Claim.objects.create(document=letter, claim_property="pages", value="165–175")
    Evidence.objects.create(statement=claim, document=letter)
    claim.delete()
    assert not Statement.objects.exists()
    assert not Evidence.objects.exists()
