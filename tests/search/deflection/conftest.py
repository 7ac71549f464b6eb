"""A visitor with a browser, and a log written by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from search.models import DeflectionEvent, Place, Step

PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)

Log = Callable[..., DeflectionEvent]


@pytest.fixture
def phone(db: None) -> Client:
    """Someone with a browser, who has not been here before."""
    return Client(headers={"user-agent": PHONE, "sec-fetch-site": "same-origin"})


@pytest.fixture
def log() -> Log:
    """A step that is not stored: minutes after noon of a day in June, by whom, what."""

    def step(minutes: float, visitor: str, what: Step, *documents: str, words: str = "", found: int | None = None):
        return DeflectionEvent(
            at=NOON + timedelta(minutes=minutes),
            visitor=visitor,
            step=what,
            place=Place.HELP,
            documents=list(documents),
            words=words,
            found=found,
        )

    return step
