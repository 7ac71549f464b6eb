"""What someone was shown, carried by their own form: nothing is stored before something happens.

A token is a random key and the documents shown, signed, at most 64 characters: `k3J9xQpA.t1z-a2.5f3c…`.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "search.ask_token"
SIGNATURE_LENGTH = 12
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LETTERS = {"topic": "t", "article": "a"}
KINDS = {letter: kind for kind, letter in LETTERS.items()}


@dataclass(frozen=True)
class AskToken:
    """One look at suggestions: its random key, and what was shown as "kind:id"."""

    key: str
    shown: tuple[str, ...]


def seal(shown: Iterable[tuple[str, str]]) -> str:
    """A new token for documents shown, each a kind and an id."""
    listed = "-".join(f"{LETTERS[kind]}{_in_base_36(int(object_id))}" for kind, object_id in shown)
    return _signed(f"{secrets.token_urlsafe(6)}.{listed}")


def unseal(token: str) -> AskToken | None:
    """What `token` says; None when it is not one of ours."""
    said = token.rpartition(".")[0]
    if not said or not constant_time_compare(_signed(said), token):
        return None
    key, _, listed = said.partition(".")
    shown = (f"{KINDS[item[0]]}:{int(item[1:], 36)}" for item in listed.split("-") if item)
    return AskToken(key, tuple(shown))


def _signed(said: str) -> str:
    return f"{said}.{salted_hmac(SALT, said).hexdigest()[:SIGNATURE_LENGTH]}"


def _in_base_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"
