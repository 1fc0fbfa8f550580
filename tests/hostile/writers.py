"""Eight processes that write without pause, each change in one transaction: ``python writers.py``.

Writer w's change k is an agent named "w k", an event named "w k", and every tenth time an image of
a folio; the ledger counts the changes of all. What was committed is then printed: "w k".
"""

import os
import time
from hashlib import sha256
from pathlib import Path
from sys import path, stdout

path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import django  # the path has to be there first

WRITERS = 8
PAUSE = 0.5  # seconds; what is written has to be restored twenty times


def write(writer: int, ledger: int) -> None:
    from django.core.files.base import ContentFile
    from django.db import transaction

    from catalogue.models import Agent, Document, Event, FolioImage, Unit
    from tests.hostile.drawing import drawing

    unit = Unit.objects.first()
    number = 0
    while True:
        number += 1
        name = f"{writer} {number}"
        with transaction.atomic():
            total = Document.objects.select_for_update().get(pk=ledger)
            Agent.objects.create(kind="person", name=name)
            if number % 10 == 0:
                content = drawing(writer * 1_000_000 + number)
                FolioImage.objects.create(
                    unit=unit,
                    first="1",
                    image=ContentFile(content, name="scan.png"),
                    digest=sha256(content).hexdigest(),
                )
            Event.objects.create(kind="meeting", title=name)
            total.note = str(int(total.note) + 1)
            total.save()
        os.write(stdout.fileno(), f"{name}\n".encode())  # whole lines, whoever else is writing
        time.sleep(PAUSE)


def main() -> None:
    django.setup()
    from django.db import connections

    from catalogue.models import Document, Unit
    from tests.builders import build

    build(Unit)
    ledger = build(Document, title="Ledger", note="0")
    connections.close_all()  # a connection is not shared with a child
    for writer in range(WRITERS):
        if not os.fork():
            write(writer, ledger.pk)
    os.wait()


if __name__ == "__main__":
    main()
