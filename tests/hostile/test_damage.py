"""One bit of a backup is another."""

import random
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import Agent
from tests.machines import Machine

ROUNDS = 100


def test_every_flipped_bit_is_found(
    demonstration: Machine,
    empty: Machine,
    make_machine: Callable[..., Machine],
    say: Callable[[str], None],
    tmp_path: Path,
) -> None:
    file = tmp_path / "opis.tar"
    with demonstration.running():
        call_command("backup", str(file), stdout=StringIO())
    content = bytearray(file.read_bytes())
    chance = random.Random(1923)  # noqa: S311 # any bits will do
    target = make_machine(empty)
    found = []
    with target.running():
        for _round in range(ROUNDS):
            bit = chance.randrange(8 * len(content))
            content[bit // 8] ^= 1 << bit % 8
            file.write_bytes(content)
            with pytest.raises(CommandError) as refused:
                call_command("restore", str(file), stdout=StringIO())
            found.append(str(refused.value).splitlines()[0])
            content[bit // 8] ^= 1 << bit % 8
        assert not Agent.objects.exists()
        file.write_bytes(content)
        call_command("restore", str(file), stdout=StringIO())
        assert Agent.objects.exists()
    named = sum(line.startswith(("Changed", "Missing")) for line in found)
    say(
        f"damage: {len(found)} of {ROUNDS} flipped bits found in {len(content)} bytes, "
        f"in {named} of them the member named"
    )
