"""``manage.py load_demo``: the letter of 8 October 1923, with everything that is known of it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue import links
from catalogue.management.demonstration import Loading, identifier_of, read
from catalogue.models import Agent, Document, Unit

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "letter"
LETTER = "doc-letter-1923-10-08"


class Command(BaseCommand):
    help = "Load the demonstration record. What is there already, or was removed, is left as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing if the catalogue holds any document, agent or unit",
        )

    def handle(self, *args: Any, if_empty: bool = False, **options: Any) -> None:
        if if_empty and any(model.objects.exists() for model in (Document, Agent, Unit)):
            return
        loading = Loading(read(FOLDER), reason="Demonstration record")
        loading.run()
        added, total = len(loading.added), len(loading.entries)
        self.stdout.write(
            ngettext(
                "Demonstration record: %(added)d record added, %(kept)d left as it was.",
                "Demonstration record: %(added)d records added, %(kept)d left as they were.",
                added,
            )
            % {"added": added, "kept": total - added}
        )
        letter = Document.objects.public().filter(identifier=identifier_of(LETTER)).first()
        if letter:
            self.stdout.write(_("The letter: %(address)s") % {"address": links.address(letter)})
