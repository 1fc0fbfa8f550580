"""Compare the files of images with the records that name them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from catalogue.models.image_files import disagreements, remove


class Command(BaseCommand):
    help = "Say which images have lost their file, which files changed, and which nothing names."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--verify",
            action="store_true",
            help="also compare the SHA-256 of every original; goes on where it was broken off",
        )
        parser.add_argument(
            "--restart", action="store_true", help="with --verify: begin with the first image again"
        )
        parser.add_argument(
            "--delete", action="store_true", help="delete files that no record and no history names"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Fails (exit status 1) if an original is missing or changed."""
        words = {
            "missing": _("missing: %(name)s (%(record)s)"),
            "changed": _("changed: %(name)s is no longer what was uploaded (%(record)s)"),
            "orphan": _("deleted: %(name)s") if options["delete"] else _("orphan: %(name)s"),
        }
        lost = orphans = 0
        for found in disagreements(verify=options["verify"], restart=options["restart"]):
            record = f"{found.image.owner}, {found.image}" if found.image else ""
            self.stdout.write(words[found.kind] % {"name": found.name, "record": record})
            if found.kind == "orphan":
                orphans += 1
                if options["delete"]:
                    remove(found)
            else:
                lost += 1
        if lost:
            raise CommandError(_("Originals missing or changed: %(number)d") % {"number": lost})
        self.stdout.write(_("Every image has its file. Orphans: %(number)d") % {"number": orphans})
