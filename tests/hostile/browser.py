"""A plain browser over sockets: cookies, forms as they stand on the page, no JavaScript."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import lxml.html

SECONDS = 60.0  # until an answer counts as lost

Fields = list[tuple[str, str]]


@dataclass
class Answer:
    status: int
    body: bytes

    def form(self, ending: str = "_form") -> dict[str, list[str]]:
        """What would be sent for the form whose id ends so, nothing changed."""
        page = lxml.html.fromstring(self.body.decode())
        (form,) = (form for form in page.forms if (form.get("id") or "").endswith(ending))
        found: dict[str, list[str]] = {}
        for name, value in form.form_values():
            found.setdefault(name, []).append(value)
        return found

    def complaints(self) -> list[str]:
        """What the page says is wrong."""
        marked = " or ".join(f"contains(@class, '{name}')" for name in ("errorlist", "doubts"))
        found = lxml.html.fromstring(self.body.decode()).xpath(f"//*[{marked}]")
        return [" ".join(element.text_content().split()) for element in found]

    def says(self, words: str) -> bool:
        return words.encode() in self.body


@dataclass
class Browser:
    """One person at one machine. Redirects are answers, and are not followed."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(
        self, path: str, fields: dict[str, list[str]], files: dict[str, tuple[str, bytes]]
    ) -> Answer:
        boundary = uuid4().hex
        parts = [
            _part(boundary, f'name="{name}"', value.encode())
            for name, values in fields.items()
            for value in values
        ]
        parts += [
            _part(boundary, f'name="{name}"; filename="{file}"', content)
            for name, (file, content) in files.items()
        ]
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        return self._ask("POST", path, body, {"Content-Type": kind})

    def sign_in(self, name: str, password: str) -> None:
        page = self.get("/admin/login/")
        fields = page.form("login-form") | {"username": [name], "password": [password]}
        answer = self.post("/admin/login/", fields, {})
        assert answer.status == 302, f"{name} could not sign in: {answer.status}"

    def _ask(self, method: str, path: str, body: bytes = b"", headers: Any = None) -> Answer:
        """Raises OSError or HTTPException if no whole answer comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            sent = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
            connection.request(method, path, body or None, sent | (headers or {}))
            response = connection.getresponse()
            answer = Answer(response.status, response.read())
            for header in response.headers.get_all("Set-Cookie", []):
                for name, morsel in SimpleCookie(header).items():
                    self.cookies[name] = morsel.value
            return answer
        finally:
            connection.close()


def _part(boundary: str, disposition: str, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"
    return head.encode() + content + b"\r\n"
