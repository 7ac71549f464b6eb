"""Transactions that fail on purpose."""

from collections.abc import Callable

from django.db import transaction


class Undone(Exception):
    """Ends a transaction that a test wants rolled back."""


def roll_back(what: Callable[[], object]) -> None:
    """Do `what` in a transaction that then fails. Raises Undone."""
    with transaction.atomic():
        what()
        raise Undone
