"""The desk of a record: what is said of it, a statement more with its source, what a source is
used for."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import (
    Act,
    Agent,
    Claim,
    Contribution,
    Dating,
    Derivation,
    Document,
    Evidence,
    Publication,
    Question,
    Reading,
    Relation,
    Unit,
    Witness,
)
from tests.admin.forms import errors, messages, page, read_form
from tests.admin.holding import Holding
from tests.builders import build


def address(record: Any, name: str, *arguments: Any) -> str:
    return reverse(
        f"admin:catalogue_{record._meta.model_name}_{name}", args=(record.pk, *arguments)
    )


def desk(client: Client, record: Any, **query: str) -> Any:
    response = client.get(address(record, "statements"), query)
    assert response.status_code == 200
    return page(response)


def text(soup: Any) -> str:
    return " ".join(soup.get_text(" ", strip=True).split())


def letter(witnesses: int, relations: int) -> Document:
    document = build(Document, title="The letter")
    source = build(Publication)
    rows = [build(Witness, document=document, label=f"Copy {n}") for n in range(witnesses)]
    for derived, base in zip(rows[1:], rows, strict=False):
        statement = build(Derivation, derived=derived, base=base, derivation_kind="copied")
        build(Evidence, statement=statement, publication=source)
    target = build(Agent, name="Somebody")
    for _number in range(relations):
        relation = build(
            Relation, source_document=document, target_agent=target, relation_kind="mentions"
        )
        build(Evidence, statement=relation, publication=source, locator="p. 1")
    return document


def test_a_desk_asks_no_more_for_sixty_witnesses_and_two_hundred_relations(chief: Client) -> None:
    def queries(document: Document) -> int:
        with CaptureQueriesContext(connection) as captured:
            response = chief.get(address(document, "statements"))
        assert response.status_code == 200
        return len(captured)

    few = letter(6, 6)
    queries(few)  # what is asked once for all is asked here
    number = queries(few)
    assert queries(letter(60, 60)) == number
    assert number < 60


def test_the_desk_of_a_document_holds_what_is_said_of_its_witnesses_and_parts(
    holding: Holding, chief: Client
) -> None:
    document = holding[Document]
    build(Claim, witness=holding[Witness], claim_property="pages", value="165–173")
    build(Contribution, document=document, contributor=holding[Agent], role="author")
    soup = desk(chief, document)
    lines = {line["id"] for line in soup.select(".statement")}
    for model in (Claim, Contribution, Dating, Derivation, Reading, Relation):
        assert f"statement-{model._base_manager.order_by('pk')[0].pk}" in lines, model
    headings = [text(heading) for heading in soup.select("section h2, section h3")]
    assert headings[0] == "Questions"
    assert any(heading.startswith("Машинописная копия") for heading in headings)
    assert "165–173" in text(soup)
    claim = soup.select_one(f"#statement-{holding[Claim].pk}")
    assert "Printed in full" in text(claim)
    assert "denied" in text(claim)
    assert "Писатель" in text(claim), "the evidence stands under its statement"


def test_every_record_that_is_spoken_of_has_a_desk_and_a_link_to_it(
    holding: Holding, chief: Client
) -> None:
    build(Claim, publication=holding[Publication])
    for model in (Document, Unit, Witness, Publication, Agent):
        form = page(chief.get(address(holding[model], "change")))
        link = form.find("a", href=address(holding[model], "statements"))
        assert link is not None, model
        assert desk(chief, holding[model]).select(".statement"), model


def test_a_relation_reads_from_the_side_on_which_one_stands(chief: Client) -> None:
    source, target = build(Document, title="Reply"), build(Document, title="Question")
    build(Relation, source_document=source, target_document=target, relation_kind="replies_to")
    assert "Replies to Question" in text(desk(chief, source).select_one(".statement"))
    assert "Is replied to by Reply" in text(desk(chief, target).select_one(".statement"))


def test_the_desk_is_narrowed_to_what_needs_work(chief: Client) -> None:
    document = build(Document)
    question = build(Question, document=document, text="Was it sent?")
    bare = build(Claim, document=document, value="bare")
    asked = build(Claim, document=document, question=question, standing="preferred")
    against = build(Dating, document=document, standing="proposed")
    for statement, bearing in ((asked, "supports"), (against, "contradicts")):
        build(Evidence, statement=statement, bearing=bearing, document=document)

    def shown(**query: str) -> set[str]:
        return {line["id"] for line in desk(chief, document, **query).select(".statement")}

    assert shown(show="bare") == {f"statement-{bare.pk}"}
    assert shown(show="proposed") == {f"statement-{against.pk}"}
    assert shown(show="disputed") == {f"statement-{asked.pk}", f"statement-{against.pk}"}
    assert shown(kind="claim") == {f"statement-{bare.pk}", f"statement-{asked.pk}"}
    assert shown(kind="nonsense") == set()
    assert "resolved" in text(desk(chief, document).select_one(".disputes summary"))


def test_several_statements_are_changed_at_once_as_one_act(chief: Client) -> None:
    document = build(Document)
    claims = [build(Claim, document=document, value=f"value {n}") for n in range(3)]
    where = f"{address(document, 'statements')}?edit=1"
    sent: Any = read_form(chief.get(where), "desk_form")
    for claim in claims[:2]:
        sent[f"standing-{claim.pk}"] = "deprecated"
    sent[f"certainty-{claims[0].pk}"] = "doubtful"
    response = chief.post(where, {**sent, "change_reason": "Read again"}, follow=True)
    assert "2 statements were changed." in messages(response)
    rows = [Claim.objects.get(pk=claim.pk) for claim in claims]
    assert [row.standing for row in rows] == ["deprecated", "deprecated", "normal"]
    assert [row.certainty for row in rows] == ["doubtful", "certain", "certain"]
    act = Act.objects.get()
    assert act.reason == "Read again"
    named = [claim.history.latest().history_act_id for claim in claims]
    assert named == [act.pk, act.pk, None]
    assert claims[0].history.latest().history_change_reason == "Read again"


def test_who_comes_second_is_told_and_nothing_is_saved(chief: Client) -> None:
    document = build(Document)
    claim, other = build(Claim, document=document), build(Claim, document=document)
    where = f"{address(document, 'statements')}?edit=1"
    sent: Any = read_form(chief.get(where), "desk_form")
    Claim.objects.filter(pk=claim.pk).update(certainty="possible")
    sent |= {f"standing-{claim.pk}": "deprecated", f"standing-{other.pk}": "deprecated"}
    response = chief.post(where, sent)
    assert response.status_code == 409
    assert "changed by somebody else meanwhile" in text(page(response))
    assert Claim.objects.filter(standing="deprecated").count() == 0
    kept: Any = read_form(response, "desk_form")
    assert kept[f"standing-{claim.pk}"] == ["deprecated"]
    assert chief.post(where, kept).status_code == 302
    assert Claim.objects.filter(standing="deprecated").count() == 2


def test_a_cataloguer_neither_publishes_on_the_desk_nor_invents_a_choice(db: None) -> None:
    document = build(Document)
    claim = build(Claim, document=document, state="draft")
    user = User.objects.create_user("cataloguer", password="long enough", is_staff=True)
    wanted = [f"{verb}_{model}" for verb in ("view", "change") for model in ("document", "claim")]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client = Client()
    client.force_login(user)
    where = f"{address(document, 'statements')}?edit=1"
    sent: Any = read_form(client.get(where), "desk_form")
    for name, value in (("state", "published"), ("standing", "superseded"), ("certainty", "so-so")):
        response = client.post(where, {**sent, f"{name}-{claim.pk}": value})
        assert response.status_code == 403, name
    assert client.get(address(document, "add_statement", "claim")).status_code == 403
    assert Claim.objects.get().state == "draft"


# --- a statement more ---


def test_a_claim_and_its_source_are_saved_together(chief: Client) -> None:
    document, source = build(Document), build(Publication, title="Izvestia")
    speaker = build(Agent, name="The editors")
    where = address(document, "add_statement", "claim")
    sent: Any = read_form(chief.get(where), "statement_form")
    filled = {
        **sent,
        "claim_property": "published_in_full",
        "mode": "denied",
        "date": "../1990-05",
        "change_reason": "Read in the library",
        "evidence-publication": source.pk,
        "evidence-locator": "p. 165",
        "evidence-speaker": speaker.pk,
        "evidence-attribution": "assumed",
    }
    response = chief.post(where, {**filled, "_same": "1"})
    assert response.status_code == 302, errors(response)
    claim = Claim.objects.get(document=document)
    evidence = claim.evidence.get()
    assert (evidence.publication, evidence.speaker, evidence.locator) == (source, speaker, "p. 165")
    assert evidence.history.latest().history_change_reason == "Read in the library"
    # The next statement from the same source.
    again: Any = read_form(chief.get(response["Location"]), "statement_form")
    assert again["evidence-publication"] == [str(source.pk)]
    assert again["evidence-locator"] == ["p. 165"]
    assert again["evidence-attribution"] == ["assumed"]
    assert again.get("claim_property") == [""]
    response = chief.post(response["Location"], {**again, "claim_property": "pages", "value": "9"})
    second = Claim.objects.latest("pk")
    assert response["Location"] == f"{address(document, 'statements')}#statement-{second.pk}"
    assert second.evidence.get().speaker == speaker


def test_nothing_is_saved_where_the_source_is_wrong_and_nothing_typed_is_lost(
    chief: Client,
) -> None:
    document = build(Document)
    where = address(document, "add_statement", "claim")
    sent: Any = read_form(chief.get(where), "statement_form")
    filled = {**sent, "claim_property": "pages", "value": "165", "evidence-locator": "p. 165"}
    response = chief.post(where, filled)
    assert response.status_code == 200
    assert any("needs a source" in error for error in errors(response))
    assert not Claim.objects.exists()
    assert read_form(response, "statement_form")["value"] == ["165"]
    # Left as it is, there is no evidence.
    assert chief.post(where, {**filled, "evidence-locator": ""}).status_code == 302
    assert not Evidence.objects.exists()


def test_the_source_of_the_last_statement_is_copied_and_what_was_typed_stays(
    chief: Client,
) -> None:
    document, source = build(Document), build(Publication)
    where = address(document, "add_statement", "dating")
    last = reverse("admin:catalogue_evidence_last_source")
    assert chief.get(last).json() == {"fields": {}}
    sent: Any = read_form(chief.get(where), "statement_form")
    given = {"date": "1923", "evidence-publication": source.pk, "evidence-locator": "fol. 3"}
    assert chief.post(where, {**sent, **given}).status_code == 302
    response = chief.post(where, {**sent, "date": "1924", "_copy_last": ""})
    assert response.status_code == 200
    assert errors(response) == []
    copied: Any = read_form(response, "statement_form")
    assert copied["date"] == ["1924"]
    assert copied["evidence-publication"] == [str(source.pk)]
    assert copied["evidence-locator"] == ["fol. 3"]
    fields = chief.get(last).json()["fields"]
    assert fields["publication"] == {"value": str(source.pk), "text": source.title}
    assert Dating.objects.count() == 1
    assert reverse("admin:catalogue_evidence_last_source") in text_of_form(chief, Claim)


def text_of_form(client: Client, model: Any) -> str:
    """The form of a kind offers the last source as well."""
    response = client.get(reverse(f"admin:catalogue_{model._meta.model_name}_add"))
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("kind", "end", "given"),
    [
        ("contribution", "document", {"contributor": Agent, "role": "author"}),
        ("relation", "target_document", {"relation_kind": "cites", "source_publication": "book"}),
        ("derivation", "", {"derived": "first", "base": "second", "derivation_kind": "copied"}),
        ("reading", "document", {"passage": "number", "text": "seven", "witness": "first"}),
        ("claim", "document", {"claim_property": "pages", "value": "5", "witness": "first"}),
        ("custodyevent", "", {"holder": Agent, "witness": "first"}),
    ],
)
def test_each_kind_is_added_from_the_desk_of_a_document(
    chief: Client, kind: str, end: str, given: dict[str, Any]
) -> None:
    document = build(Document)
    records = {
        "first": build(Witness, document=document, label="first"),
        "second": build(Witness, document=document, label="second"),
        "book": build(Publication),
        Agent: build(Agent),
    }
    where = f"{address(document, 'add_statement', kind)}?end={end}"
    sent: Any = read_form(chief.get(where), "statement_form")
    for name, value in given.items():
        sent[name] = records[value].pk if value in records else value
    response = chief.post(where, sent, follow=True)
    assert len(page(response).select(".statement")) == 1, errors(response)


def test_what_cannot_be_said_of_a_record_is_not_found(chief: Client) -> None:
    document = build(Document)
    for kind in ("agentname", "nonsense"):
        assert chief.get(address(document, "add_statement", kind)).status_code == 404
    for key in ("abc", "9" * 40):
        for name in ("statements", "used_as_source"):
            where = reverse(f"admin:catalogue_document_{name}", args=(key,))
            assert chief.get(where).status_code == 404


# --- what a source is used for ---


def test_all_that_rests_on_a_source_is_shown_by_record_in_the_order_of_the_source(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, speaker = build(Publication), build(Agent, name="The editors")
    first, second = build(Document, title="First"), build(Document, title="Second")
    for document, locator in ((first, "p. 10"), (second, "p. 12"), (first, "p. 9")):
        claim = build(Claim, document=document, value=f"on {locator}")
        build(Evidence, statement=claim, publication=source, locator=locator, speaker=speaker)
    soup = page(chief.get(address(source, "used_as_source")))
    assert [text(heading).split()[0] for heading in soup.select("section h2")] == [
        "First",
        "Second",
    ]
    assert [text(term) for term in soup.select(".locator")] == ["p. 9", "p. 10", "p. 12"]
    assert len(page(chief.get(address(speaker, "used_as_source"))).select(".statement")) == 3
    monkeypatch.setattr("catalogue.admin.desk.sources.used.__defaults__", (2,))
    seen: list[str] = []
    where = address(source, "used_as_source")
    following: str | None = where
    while following:
        soup = page(chief.get(following))
        seen += [text(term) for term in soup.select(".locator")]
        link = soup.select_one("a[rel=next]")
        following = where + str(link["href"]) if link else None
    assert sorted(seen) == ["p. 10", "p. 12", "p. 9"]
