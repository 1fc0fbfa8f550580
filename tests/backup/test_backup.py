"""A backup holds everything, gives everything back, and hides no change of itself."""

import hashlib
import io
import json
import random
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from catalogue import backup
from catalogue.backup import tables
from catalogue.models import Act, Agent, Document, FolioImage, Part, Unit, Witness
from tests.builders import build, png
from tests.machines import Machine

pytestmark = pytest.mark.django_db  # beside the machines that the tests work on

MakeMachine = Callable[[], Machine]
HARD = "ё é q\u0301 \u2028 \U0001d11e ‏\u202e \\n \" ' % %s \ufdd0\x7f"


def rows() -> dict[str, str]:
    """The digest of every table."""
    return {
        model._meta.db_table: hashlib.sha256(b"".join(tables.lines(model, "default"))).hexdigest()
        for model in tables.tables()
    }


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def work() -> None:
    """Somebody has worked here: every kind of value, an account, images, history, a gap in keys."""
    user = User.objects.create_user("inessa", password="a long enough password", is_staff=True)
    group = Group.objects.create(name="of the house")
    group.permissions.set(Permission.objects.filter(codename="change_unit"))
    user.groups.add(group)
    user.user_permissions.set(Permission.objects.filter(codename="publish_records"))
    letter = build(Document, title=HARD, languages=("ru", "fr"), embargo_until=date(1, 2, 3))
    part = build(Part, document=letter)
    witness = build(Witness, document=letter)
    witness.parts.add(part)
    build(Unit, pk=2**53 + 1, position=-(2**62), closed_until=None)
    act = build(Act, user=user, summary="Everything at once")
    with act.recording():
        letter.note = "  kept as typed \r\n"
        letter.save()
    image = build(FolioImage, witness=witness)
    image.image = ContentFile(png() + b"another", name="60.png")  # the first one is now history
    image.save()
    build(Agent).delete()
    Session.objects.create(session_key="s" * 32, session_data="-", expire_date=timezone.now())


@pytest.fixture(scope="module")
def source(machine: MakeMachine) -> Machine:
    """Where somebody has worked. No test changes it."""
    made = machine()
    with made.running():
        work()
    return made


@pytest.fixture(scope="module")
def written(source: Machine) -> Path:
    path = source.folder / "opis.tar"
    with source.running():
        call_command("backup", str(path), stdout=StringIO())
    return path


@pytest.fixture
def file(written: Path, tmp_path: Path) -> Path:
    """A backup, to be damaged at will."""
    return Path(shutil.copy(written, tmp_path / "opis.tar"))


@pytest.fixture(scope="module")
def empty(machine: MakeMachine) -> Machine:
    """For what is refused: it stays empty."""
    return machine()


def refused(*command: str) -> str:
    with pytest.raises(CommandError) as caught:
        call_command(*command, stdout=StringIO())
    return str(caught.value)


def rewritten(file: Path, change: Callable[[str, bytes], Iterator[tuple[str, bytes]]]) -> None:
    """Write the archive anew, as somebody with tar could, with its members changed."""
    before = io.BytesIO(file.read_bytes())
    with tarfile.open(fileobj=before) as old, tarfile.open(file, "w") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            for name, data in change(member.name, content.read()):
                changed = tarfile.TarInfo(name)
                changed.size = len(data)
                new.addfile(changed, io.BytesIO(data))


def test_everything_comes_back_as_it_was(source: Machine, file: Path, machine: MakeMachine) -> None:
    empty = machine()
    with source.running():
        before = rows()
        last = Agent.objects.latest("pk").pk
    with empty.running():
        call_command("restore", str(file), stdout=StringIO())
        assert rows() == before
        assert not Session.objects.exists()
        user = User.objects.get()
        assert user.check_password("a long enough password")
        assert user.has_perm("catalogue.publish_records")
        assert user.has_perm("catalogue.change_unit")
        letter = Document.objects.get(title=HARD)
        assert (letter.languages, letter.embargo_until) == (("ru", "fr"), date(1, 2, 3))
        assert letter.history.first().history_act.user == user
        # The key of the deleted agent, which the history speaks of, is not given out again.
        assert build(Agent).pk == last + 2
    assert files(empty.media) == files(source.media)
    assert len(files(empty.media)) == 2


def test_rows_move_to_another_database_and_are_the_same_there(
    source: Machine, machine: MakeMachine
) -> None:
    empty = machine()
    output = StringIO()
    with source.running():
        before = rows()
        call_command("move_database", empty.address, stdout=output)
        assert "not empty" in refused("move_database", empty.address)
    assert "        2 catalogue_historicalfolioimage\n" in output.getvalue()
    with empty.running():
        assert rows() == before


def test_no_bit_can_change_unseen(file: Path) -> None:
    before = file.read_bytes()
    content = bytearray(before)
    chance = random.Random(1923)  # noqa: S311 # any bits will do
    places = [0, len(content) - 1, *(chance.randrange(len(content)) for _place in range(30))]
    for place in places:
        content[place] ^= 1 << chance.randrange(8)
        file.write_bytes(content)
        with pytest.raises(backup.Damaged):
            backup.verify(file)
        content[place] = before[place]
    file.write_bytes(before)
    assert backup.verify(file).rows


def test_a_damaged_file_is_refused_and_what_is_wrong_is_named(file: Path, empty: Machine) -> None:
    def change(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
        if name == "rows/catalogue_act.jsonl":
            content = content.replace(b"Everything", b"Everythink")
        if not name.startswith("rows/auth_user."):
            yield name, content
        if name == "README.txt":
            yield "rows/more.jsonl", b"{}"

    rewritten(file, change)
    with empty.running():
        words = refused("restore", str(file))
        assert not Agent.objects.exists()
    assert words.splitlines() == [
        "Missing: rows/auth_user.jsonl",
        "Changed: rows/catalogue_act.jsonl",
        "Extra: rows/more.jsonl",
        "Nothing was restored.",
    ]
    assert not files(empty.media)


def test_a_file_cut_off_is_refused_and_says_so(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    words = refused("backup", "--verify", str(file)).splitlines()
    assert words[0] == "The end of the file is missing."
    assert "Missing: rows/django_content_type.jsonl" in words
    assert "Missing: rows/auth_group.jsonl" not in words


def test_another_file_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear comrades, " * 1000)
    assert "not a backup" in refused("backup", "--verify", str(path))
    assert "No such file" in refused("restore", str(tmp_path / "nothing.tar"))


def test_a_backup_replaces_no_file_and_leaves_none_behind(
    source: Machine, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    with source.running():
        assert "is there already" in refused("backup", str(file))
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1, 1, 0))
        assert "MB free" in refused("backup", str(file.with_name("more.tar")))
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.glob("*.tar*")] == [file.name]


def test_a_catalogue_in_use_is_not_filled(source: Machine, file: Path) -> None:
    with source.running():
        before = rows()
        words = refused("restore", str(file))
        assert rows() == before
    assert "The catalogue is not empty" in words
    assert "catalogue_agent: " in words


def test_a_backup_of_another_form_says_which_version_is_needed(file: Path, empty: Machine) -> None:
    with empty.running():
        recorder = MigrationRecorder(connections["default"])
        recorder.record_applied("catalogue", "0999_hereafter")
        words = refused("restore", str(file))
        recorder.record_unapplied("catalogue", "0999_hereafter")
        assert not Agent.objects.exists()
    assert "Restore it with Opis 0." in words
    assert "only here: catalogue.0999_hereafter" in words


def test_another_image_in_the_way_is_not_replaced(
    source: Machine, file: Path, empty: Machine
) -> None:
    name = next(iter(files(source.media)))
    (empty.media / name).parent.mkdir(parents=True)
    (empty.media / name).write_bytes(b"something else")
    with empty.running():
        assert name in refused("restore", str(file))
        assert not Agent.objects.exists()
    assert files(empty.media)[name] == b"something else"
    shutil.rmtree(empty.media)


def test_a_lost_image_is_said_and_does_not_hinder_the_backup(
    source: Machine, tmp_path: Path
) -> None:
    errors = StringIO()
    with source.running():
        name = str(FolioImage.objects.get().image.name)
        (source.media / name).rename(source.media / "away")
        call_command("backup", str(tmp_path / "b.tar"), stdout=StringIO(), stderr=errors)
        (source.media / "away").rename(source.media / name)
    assert name in errors.getvalue()


def test_the_archive_is_read_without_opis(source: Machine, file: Path, tmp_path: Path) -> None:
    """By tar and sha256sum, by a reader of JSON, and the whole of it by its seal."""
    folder = tmp_path / "read"
    folder.mkdir()
    script = f"tar -xf {file} && sha256sum --check --quiet SHA256SUMS"
    subprocess.run(["/bin/sh", "-c", script], cwd=folder, check=True)
    manifest = json.loads((folder / "manifest.json").read_text())
    (table,) = (table for table in manifest["tables"] if table["name"] == "catalogue_document")
    row = json.loads((folder / "rows" / "catalogue_document.jsonl").read_text().split("\n")[0])
    assert row["title"] == HARD
    assert row.keys() == table["columns"].keys()
    _name, digest, _of, _the, size, *_rest = (folder / "SEAL").read_text().split()
    assert hashlib.sha256(file.read_bytes()[: int(size)]).hexdigest() == digest
    assert file.stat().st_mode & 0o777 == 0o600
