"""``manage.py move_database URL``: from SQLite to PostgreSQL, or back."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from django.db.utils import ConnectionHandler
from django.utils.translation import gettext as _

from catalogue import backup

TARGET = "target"


class Command(BaseCommand):
    help = "Copy all rows of this database (DATABASE_URL) into another, empty one, and compare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", help="as in DATABASE_URL: postgres://..., sqlite:////path")

    def handle(self, *args: Any, url: str, **options: Any) -> None:
        database = settings.DATABASE_OF_URL(url)
        connections[TARGET] = ConnectionHandler({"default": {}, TARGET: database})[TARGET]
        try:
            call_command("migrate", database=TARGET, interactive=False, verbosity=0)
            counts = backup.move(TARGET)
        except (backup.Refused, DatabaseError, ValueError) as error:
            raise CommandError(f"{error}\n" + _("Nothing was moved.")) from error
        finally:
            connections[TARGET].close()
            del connections[TARGET]
        for table, rows in counts.items():
            self.stdout.write(f"{rows:>9} {table}")
        words = _("Copied and compared: %(rows)d rows. Set DATABASE_URL to the new address now.")
        self.stdout.write(words % {"rows": sum(counts.values())})
