"""Logs hold no address that is a key."""

import logging

import pytest

from community.core.log_privacy import HideKeys

SECRET = "xY3_" + "k" * 39


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        (f"Not Found: /en/tickets/{SECRET}/", ()),
        ("%s: %s", ("Unprocessable Entity", f"/fr/tickets/{SECRET}/file/{SECRET}/")),
        ("Forbidden (%s): %s", ("no token", f"/en/account/login/?next=%2Fen%2Ftickets%2F{SECRET}%2F")),
    ],
)
def test_a_key_in_an_address_is_masked(said: str, arguments: tuple[str, ...]) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, said, arguments, None)
    assert HideKeys(["tickets"]).filter(record)
    shown = record.getMessage()
    assert SECRET not in shown.partition("/file/")[0]
    assert "tickets" in shown


def test_everything_else_is_left_as_it_is() -> None:
    record = logging.LogRecord("a", logging.INFO, "", 1, "%s of %s: /en/t/12/how-to/", ("7", "9"), None)
    HideKeys(["tickets"]).filter(record)
    assert (record.getMessage(), record.args) == ("7 of 9: /en/t/12/how-to/", ("7", "9"))
