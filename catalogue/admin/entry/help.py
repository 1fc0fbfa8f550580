"""One line of help beside each field, with the clause of the standard where there is one.

What the models say of a field already, and says enough, is not repeated here.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

UNIT: dict[str, Any] = {
    "parent": _("The unit that it stands under; empty at the top of a repository. ISAD(G) 2.3"),
    "repository": _("Who holds it. Empty: that of the parent. ISAD(G) 3.1.1"),
    "position": _("Its place among its siblings; empty: the last. ISAD(G) 2.4"),
    "title": _("Concise, from the thing itself or supplied by you. ISAD(G) 3.1.2"),
    "title_language": _("Language that the title is written in, ISO 639: ru. ISAD(G) 3.1.2"),
    "title_supplied": _("By the archivist, not by the source. ISAD(G) 3.1.2"),
    "level": _("What kind of whole or part it is. ISAD(G) 3.1.4"),
    "level_label": _("What the house calls it: opis, delo, inventaire, ед. хр. ISAD(G) 3.1.4"),
    "extent": _("How much of what: 16 leaves, typescript; 3 linear metres. ISAD(G) 3.1.5"),
    "creator_history": _("The life or history of who made the records. ISAD(G) 3.2.2"),
    "archival_history": _("Through whose hands and what order it has come. ISAD(G) 3.2.3"),
    "acquisition": _("From whom, when and how the repository got it. ISAD(G) 3.2.4"),
    "scope_content": _("What it is about and what it consists of. ISAD(G) 3.3.1"),
    "appraisal": _("What was destroyed or will be, and by what rule. ISAD(G) 3.3.2"),
    "accruals": _("Whether more is expected, how much and when. ISAD(G) 3.3.3"),
    "arrangement": _("How it is ordered, and by whom. ISAD(G) 3.3.4"),
    "access": _("What law or rule lets people read it or not. ISAD(G) 3.4.1"),
    "closed_until": _("The first day on which it may be read. ISAD(G) 3.4.1"),
    "reproduction": _("Copyright, and what may be copied. ISAD(G) 3.4.2"),
    "languages": _("Languages of the material, ISO 639: ru fr. ISAD(G) 3.4.3"),
    "scripts": _("Scripts of the material, ISO 15924: Cyrl Latn. ISAD(G) 3.4.3"),
    "physical": _("Its state, and what is needed to use it. ISAD(G) 3.4.4"),
    "finding_aids": _("Lists and guides to it, of whatever kind. ISAD(G) 3.4.5"),
    "originals": _("If this is a copy: where the original is. ISAD(G) 3.5.1"),
    "copies": _("Where copies are, and how to ask for them. ISAD(G) 3.5.2"),
    "related": _("What else belongs to it, here or elsewhere. ISAD(G) 3.5.3"),
    "publication_note": _("Publications based on it. ISAD(G) 3.5.4"),
    "note": _("What no other element holds. ISAD(G) 3.6.1"),
    "archivist_note": _("Who described it, and from what. ISAD(G) 3.7.1"),
    "rules": _("Rules that the description follows. ISAD(G) 3.7.2"),
    "description_dates": _("When the description was made or revised. ISAD(G) 3.7.3"),
    "date_written": _("The date in the words of the source: 8 окт. 1923 г. ISAD(G) 3.1.3"),
    "date": _("ISO 8601-2: 1923-10-08, 1923-09~, 1922-23 (autumn), 1923-04/.. ISAD(G) 3.1.3"),
    "calendar": _("That of the source; the EDTF date is Gregorian. ISAD(G) 3.1.3"),
}
AGENT: dict[str, Any] = {
    "kind": _("Person, family or corporate body. ISAAR(CPF) 5.1.1"),
    "name": _("The heading; for an unnamed agent a short description. ISAAR(CPF) 5.1.2"),
    "unnamed": _("Known by description only; no name is on record. ISAAR(CPF) 5.1.2"),
    "date_written": _("Dates of existence, in the words of the source. ISAAR(CPF) 5.2.1"),
    "date": _("ISO 8601-2: 1879-11-07/1940-08-21, 1879~, 1920/.. ISAAR(CPF) 5.2.1"),
    "calendar": _("That of the source; the EDTF date is Gregorian. ISAAR(CPF) 5.2.1"),
    "description": _("The life or history, told shortly. ISAAR(CPF) 5.2.2"),
    "places": _("Where the agent lived or was at work, and when. ISAAR(CPF) 5.2.3"),
    "legal_status": _("For corporate bodies: what they are in law. ISAAR(CPF) 5.2.4"),
    "functions": _("What the agent did: offices, occupations. ISAAR(CPF) 5.2.5"),
    "mandates": _("Laws and charters that gave powers or duties. ISAAR(CPF) 5.2.6"),
    "internal_structure": _("How a body is divided; who descends from whom. ISAAR(CPF) 5.2.7"),
    "general_context": _("The circumstances of the time and place. ISAAR(CPF) 5.2.8"),
    "rules": _("Rules that the record follows. ISAAR(CPF) 5.4.3"),
    "sources": _("What the record was drawn from. ISAAR(CPF) 5.4.8"),
    "maintenance_note": _("Who made and changed the record, and why. ISAAR(CPF) 5.4.9"),
}
REPOSITORY: dict[str, Any] = {
    "agent": _("The corporate body that holds the archives, with its names. ISDIAH 5.1.2"),
    "code": _("Short, stands in addresses: rgaspi. ISDIAH 5.1.1"),
    "isil": _("Its code of ISO 15511, only if it has been seen. ISDIAH 5.1.1"),
    "place": _("The town. ISDIAH 5.2.1"),
    "country": _("ISO 3166-1: RU. ISDIAH 5.2.1"),
    "address": _("Where readers go and letters are sent. ISDIAH 5.2.1"),
    "telephone": _("Telephone and e-mail. ISDIAH 5.2.2"),
    "website": _("Address of its own site. ISDIAH 5.2.1"),
    "history_note": _("How it came to be, and what it was called. ISDIAH 5.3.1"),
    "context": _("The region and culture that it serves. ISDIAH 5.3.2"),
    "mandates": _("Laws that say what it is to do. ISDIAH 5.3.3"),
    "structure": _("How it is divided. ISDIAH 5.3.4"),
    "collecting": _("What it takes in, from whom. ISDIAH 5.3.5"),
    "buildings": _("Its buildings and reading rooms. ISDIAH 5.3.6"),
    "holdings": _("What it holds, and from what time. ISDIAH 5.3.7"),
    "finding_aids": _("Its guides, lists and databases. ISDIAH 5.3.8"),
    "opening_times": _("When it is open and closed. ISDIAH 5.4.1"),
    "access": _("Who is let in, with what papers. ISDIAH 5.4.2"),
    "accessibility": _("The way there; help for disabled readers. ISDIAH 5.4.3"),
    "services": _("What it does for research. ISDIAH 5.5.1"),
    "reproduction": _("How to order copies. ISDIAH 5.5.2"),
    "rules": _("Rules that the description follows. ISDIAH 5.6.3"),
    "sources": _("What the description was drawn from. ISDIAH 5.6.8"),
}
MODELS: dict[str, dict[str, Any]] = {
    "unit": UNIT,
    "agent": AGENT,
    "repository": REPOSITORY,
    "accesspoint": {"term": _("A subject, place or genre from the list of terms.")},
    "agentname": {
        "name_kind": _("Authorized, parallel, former ... ISAAR(CPF) 5.1.2 to 5.1.5"),
        "family": _("The part that it is sorted under; empty for corporate bodies."),
        "agent": _("Whose name it is."),
    },
    "agentrelation": {
        "source": _("From whom the relation is told."),
        "target": _("To whom. ISAAR(CPF) 5.3.1"),
        "relation_kind": _("What the first is to the second. ISAAR(CPF) 5.3.2"),
        "role": _("In words, as the source has it. ISAAR(CPF) 5.3.3"),
        "prefix": _("What was put before old numbers, if the numbering was prefixed."),
    },
    "claim": {
        "claim_property": _("Of what the record is said to have."),
        "mode": _("Affirmed, denied, or sought and not found."),
    },
    "contribution": {
        "contributor": _("Who took part in the making. For a unit ISAD(G) 3.2.1"),
        "role": _("Author, addressee, translator ..."),
        "name_as_printed": _("The name as it stands there, slips included."),
        "position": _("Where several have the role: first, second ..."),
    },
    "custodyevent": {
        "custody_kind": _("What happened to it. ISAD(G) 3.2.3"),
        "holder": _("Who had it from then on."),
        "holder_name": _("The holder's name as the source has it."),
        "from_agent": _("Who gave it or lost it."),
        "place": _("Where that was."),
    },
    "dating": {"dating_kind": _("What happened on the date: written, sent, printed ...")},
    "derivation": {
        "derived": _("The later text."),
        "base": _("The text that it was made from; empty if unstated."),
        "derivation_kind": _("How the one was made from the other."),
    },
    "document": {
        "title": _("As written or supplied. ISAD(G) 3.1.2"),
        "title_supplied": _("By the archivist, not by the source. ISAD(G) 3.1.2"),
        "genre": _("Letter, minutes, theses: from the list of terms."),
        "status": _("Whether it was finished, sent, adopted."),
        "note": _("What no other field holds. ISAD(G) 3.6.1"),
    },
    "event": {
        "kind": _("Congress, plenum, meeting ..."),
        "parent": _("The larger happening that it was part of."),
    },
    "evidence": {
        "statement": _("What it is evidence for or against."),
        "bearing": _("Whether the source supports the statement or contradicts it."),
        "basis": _("Seen, reported, inferred, or background."),
        "speaker": _("Who says so in the source, if anybody is named or guessed."),
        "attribution": _("How sure it is that the speaker is this one."),
        "through_publication": _("If the source was not seen: in what it is reported."),
        "through_witness": _("If the source was not seen: in what it is reported."),
        "accessed": _("The day on which the page was seen."),
    },
    "folioimage": {
        "image_kind": _("One side, an opening, a cover."),
        "position": _("Its place in the order of leaves."),
        "image": _("JPEG, PNG, TIFF or WebP; the original is kept as it is."),
        "credit": _("The line that stands below the image."),
    },
    "outsideidentifier": {
        "scheme": _("Whose identifier it is: VIAF, Wikidata, GND ..."),
        "value": _("As it is written there."),
        "seen_in": _("Where the identifier was found."),
    },
    "part": {
        "part_kind": _("A section of the text, or a note of its editors."),
        "number": _("As it is numbered there."),
        "heading": _("As it stands there, or supplied."),
        "heading_supplied": _("By the archivist, not by the source."),
    },
    "publication": {
        "kind": _("Serial, issue, book, volume, web page ..."),
        "edition": _("As printed: 2nd, revised."),
        "isbn": _("International Standard Book Number, ISO 2108."),
        "issn": _("International Standard Serial Number, ISO 3297."),
        "doi": _("Without the address before it: 10.1000/182. ISO 26324"),
        "place": _("Where it was published, as printed."),
        "publisher": _("As printed."),
    },
    "reading": {
        "part": _("The part of the text in which the passage stands."),
        "witness": _("Who reads so; empty for a conjecture."),
        "reading_kind": _("Variant, slip, or conjecture."),
    },
    "relation": {
        "relation_kind": _("What the first is to the second. ISAD(G) 3.5.3"),
        "locator": _("Where in the first it is said: a page, a note."),
    },
    "term": {
        "kind": _("Subject, place or genre."),
        "broader": _("The wider term that it stands under."),
        "scope": _("What it covers, and what not."),
    },
    "termlabel": {"label": _("The term in that language.")},
    "title": {
        "title": _("As it is written there. ISAD(G) 3.1.2"),
        "script": _("ISO 15924: Cyrl, Latn."),
        "title_kind": _("Whose title it is: as printed, supplied, translated."),
    },
    "unitreference": {
        "reference_kind": _("Current, former, or only cited so. ISAD(G) 3.1.1"),
        "repository_name": _("The name of the repository that is used there."),
        "fond": _("The number of the fond, as cited."),
        "opis": _("The number of the opis, as cited."),
        "delo": _("The number of the delo, as cited."),
        "folios": _("The leaves, as cited."),
    },
    "witness": {
        "witness_kind": _("What the thing is: typed copy, printed, scan ..."),
        "completeness": _("How much of the document it has."),
        "unit": _("Where it lies, if in an archive. ISAD(G) 3.1.1"),
        "publication": _("Where it is printed, if it is."),
        "title_as_printed": _("As it stands there, headings of editors included."),
        "rights": _("Who has rights in this text, and till when. ISAD(G) 3.4.2"),
        "survival": _("Whether it is still there."),
        "access": _("Whether readers are given it. ISAD(G) 3.4.1"),
        "closed_until": _("The first day on which it may be read. ISAD(G) 3.4.1"),
    },
}
# In one line, where the model says more.
SHORTER: dict[str, Any] = {
    "date": _("Gregorian, ISO 8601-2: 1923-10-08, 1923-09~, 1923-06-29?, 1922-23 (autumn)"),
}
# By name, where the model says nothing of its own.
EVERYWHERE: dict[str, Any] = {
    "state": _("Only what is published is seen by the public."),
    "calendar": _("That of the source; the EDTF date is Gregorian."),
    "standing": _("Preferred: our answer. Deprecated: known to be wrong."),
    "certainty": _("How sure it is that this is so."),
    "superseded_by": _("The statement that replaces this one, if its standing is superseded."),
    "title": _("As written there."),
    "language": _("ISO 639: ru, fr, en"),
    "url": _("Begins with https://"),
    "note": _("What no other field holds."),
    "rights": _("Who has rights in it, and what is allowed."),
    "place": _("From the list of terms."),
    "term": _("Choose by any label, in any language."),
    "kind": _("What sort of thing it is."),
    "part": _("If only a part of it is meant."),
    "unit": _("Choose by title, or by segments of the reference: 17 2 685"),
    "document": _("Choose by any of its titles."),
    "witness": _("Choose by short name or document."),
    "publication": _("Choose by title, number or ISBN."),
    "event": _("Choose by any of its titles."),
    "agent": _("Choose by any form of the name, in any script."),
}
# Relations have their two ends under names of their own: source_unit, target_agent.
_ENDS = ("source_", "target_")


def of(field: Any) -> Any:
    """The help for a field of a model; what the model says itself where there is nothing here."""
    own = MODELS.get(field.model._meta.model_name, {}).get(field.name) or SHORTER.get(field.name)
    if own:
        return own
    name = field.name
    for end in _ENDS:
        name = name.removeprefix(end)
    return field.help_text or EVERYWHERE.get(name, "")
