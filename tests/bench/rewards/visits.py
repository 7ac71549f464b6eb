"""Asking the product as a browser would, within this process."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
HOST = "bench.example.org"

# What is measured is what it returns; what it does before is not.
Prepared = Callable[[], Callable[[], object]]


class Visits:
    """Clients that share one handler, as in a server: loading the middleware is no part of a request."""

    def __init__(self) -> None:
        self.handler = Client().handler

    def client(self) -> Client:
        """A browser that was never here."""
        client = Client()
        client.handler = self.handler
        return client

    def get(self, client: Client, address: str) -> Prepared:
        """A page, which has to be there."""

        def ask() -> None:
            response = client.get(address, secure=True, headers={"host": HOST})
            assert response.status_code == 200, response.status_code

        return lambda: ask

    def statements_of(self, prepared: Prepared) -> int:
        """How many statements it sends, those that begin and end transactions and savepoints left out."""
        prepared()()
        act = prepared()
        with CaptureQueriesContext(connection) as sent:
            act()
        return sum(not each["sql"].startswith(CONTROL) for each in sent)
