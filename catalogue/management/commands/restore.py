"""``manage.py restore FILE``: a backup becomes the catalogue."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from catalogue import backup


class Command(BaseCommand):
    help = "Fill an empty catalogue (migrated, without rows) from a backup: all of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what manage.py backup wrote")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            restored = backup.restore(file)
        except (backup.Damaged, backup.Refused, OSError) as error:
            raise CommandError(f"{error}\n" + _("Nothing was restored.")) from error
        words = _("Restored and compared: %(rows)d rows, %(images)d images, as of %(made)s.")
        found = restored.manifest
        values = {"rows": found.rows, "images": restored.images, "made": found.made}
        self.stdout.write(words % values)
        for name in restored.missing:
            self.stderr.write(_("This image was not in the backup: %(name)s") % {"name": name})
