"""Checks of documents, witnesses and images."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import (
    Derivation,
    Document,
    FolioImage,
    FolioRange,
    Witness,
)
from catalogue.models.document import DocumentStatus
from catalogue.models.visibility import State, today
from catalogue.models.witness import Completeness, Survival, WitnessAccess, WitnessKind
from catalogue.quality.check import Check, there_is, undated

# Witnesses that were made from something.
MADE_FROM = (
    WitnessKind.TYPED_COPY,
    WitnessKind.CARBON,
    WitnessKind.MANUSCRIPT_COPY,
    WitnessKind.PHOTOCOPY,
    WitnessKind.MICROFILM,
    WitnessKind.SCAN,
    WitnessKind.PRINTED,
    WitnessKind.ONLINE,
)

CHECKS = (
    Check(
        "document-undated",
        _("Documents without a date"),
        _("They stand at the end of every list and on no timeline."),
        lambda: Document.objects.filter(undated()),
    ),
    Check(
        "document-witness",
        _("Documents without a witness"),
        _("Nothing says where the text is. If none was found, the status should say so."),
        lambda: Document.objects.filter(~Q(there_is(Witness, "document"))).exclude(
            status=DocumentStatus.NOT_FOUND
        ),
    ),
    Check(
        "witness-base",
        _("Dead ends: copies and printings with nothing about what they come from"),
        _("Say what it was made from, or that its base text is not stated."),
        lambda: Witness.objects.filter(
            ~Q(there_is(Derivation, "derived")), witness_kind__in=MADE_FROM
        ).exclude(survival=Survival.HYPOTHETICAL),
    ),
    Check(
        "witness-placeless",
        _("Witnesses in no unit, publication or repository, and at no address"),
        _("A reader cannot get to it. If it is lost, its survival should say so."),
        lambda: Witness.objects.filter(
            unit__isnull=True, publication__isnull=True, repository__isnull=True, url=""
        ).filter(survival=Survival.EXTANT),
    ),
    Check(
        "witness-folios",
        _("Witnesses with folios, but in no unit"),
        _("Folios of what? The number of the file is missing."),
        lambda: Witness.objects.filter(there_is(FolioRange, "witness"), unit__isnull=True),
    ),
    Check(
        "witness-undated",
        _("Witnesses without a date, in no publication"),
        _("Which copy is the older cannot be told."),
        lambda: Witness.objects.filter(undated(publication__isnull=True)).exclude(
            witness_kind=WitnessKind.ORIGINAL
        ),
    ),
    Check(
        "witness-completeness",
        _("Witnesses in print whose completeness is not known"),
        _("Whether the text was ever printed in full hangs on it."),
        lambda: Witness.objects.filter(
            publication__isnull=False, completeness=Completeness.UNKNOWN
        ),
    ),
    Check(
        "witness-closed",
        _("Witnesses said to be closed after their closing period"),
        _("They may be open by now."),
        lambda: Witness.objects.filter(access=WitnessAccess.CLOSED, closed_until__lt=today()),
    ),
    Check(
        "image-rights",
        _("Images without a word on rights"),
        _("Without it nobody may use or show them."),
        lambda: FolioImage.objects.filter(rights=""),
    ),
    Check(
        "witness-hidden",
        _("Published witnesses of documents that are not public"),
        _("Nobody sees them: publish the document, or withdraw them."),
        lambda: Witness.objects.filter(state=State.PUBLISHED, public_from__isnull=True),
    ),
    Check(
        "image-hidden",
        _("Published images of units or witnesses that are not public"),
        _("Nobody sees them: publish what they show, or withdraw them."),
        lambda: FolioImage.objects.filter(state=State.PUBLISHED, public_from__isnull=True),
    ),
    Check(
        "translation-language",
        _("Derivations that are translations into the language of their base"),
        _("One of the two languages is wrong, or it is a copy."),
        lambda: Derivation.objects.filter(
            Exists(
                Witness.objects.filter(pk=OuterRef("derived"), language=OuterRef("base__language"))
            ),
            derivation_kind="translated",
        ).exclude(base__language=""),
    ),
)
