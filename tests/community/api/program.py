"""A program that uses the API, as the tests are one."""

import json
from typing import Any

from django.test import Client

from community.accounts.models import User
from community.api.tokens import make_token

PREFIX = "/api/v1/"


class Program:
    """A client of the API in somebody's name, or in nobody's."""

    def __init__(self, user: User | None = None, token: str = "", **headers: str) -> None:
        self.client = Client(raise_request_exception=False)
        given = token or (make_token(user) if user else "")
        self.headers = {**({"Authorization": f"Bearer {given}"} if given else {}), **headers}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request; `headers` have underscores for dashes."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            PREFIX + path,
            data=b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode(),
            content_type="application/json",
            headers={**self.headers, **named},
        )
