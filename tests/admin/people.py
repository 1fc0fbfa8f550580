"""One person of each role, signed in."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.test import Client

from catalogue.models import role

ROLES = [one.name for one in role.ROLES]


def person(name: str, group: str) -> Client:
    """A client that somebody with a role has signed in with; "" is a superuser."""
    user = User.objects.create(username=name, is_staff=True, is_superuser=not group)
    if group:
        user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def everybody() -> dict[str, Client]:
    """By role: somebody who is not signed in, one of each group, a superuser."""
    signed_in = {name: person(f"a {name}", name) for name in ROLES}
    return {"anonymous": Client(), **signed_in, "superuser": person("a superuser", "")}
