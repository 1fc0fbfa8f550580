"""``manage.py backup FILE``: the whole catalogue in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from catalogue import backup


class Command(BaseCommand):
    help = "Write the database and the images to a new file, while the catalogue is in use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that does not exist yet: opis.tar")
        parser.add_argument(
            "--verify", action="store_true", help="only say whether a file is as it was written"
        )

    def handle(self, *args: Any, file: Path, verify: bool = False, **options: Any) -> None:
        try:
            if verify:
                self._verify(file)
            else:
                self._write(file)
        except (backup.Damaged, backup.Refused, OSError) as error:
            raise CommandError(str(error)) from error

    def _verify(self, file: Path) -> None:
        found = backup.verify(file)
        words = _("Whole, to the last bit. Written %(made)s by Opis %(opis)s: %(rows)d rows.")
        self.stdout.write(words % {"made": found.made, "opis": found.opis, "rows": found.rows})

    def _write(self, file: Path) -> None:
        written = backup.write(file.absolute())
        words = _("Backed up: %(rows)d rows, %(images)d images. Keep it safe: it holds everything.")
        self.stdout.write(words % {"rows": written.manifest.rows, "images": written.images})
        for name in written.missing:
            self.stderr.write(_("Image gone, and not in the backup: %(name)s") % {"name": name})
        for name in written.changed:
            self.stderr.write(_("Image not as it was uploaded: %(name)s") % {"name": name})
