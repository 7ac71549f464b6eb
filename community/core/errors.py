"""Refusals that speak: each carries one sentence, in the reader's language, and leaves everything as it was."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import ngettext

__all__ = ["Conflict", "PermissionDenied", "TooFast", "ValidationError"]


class TooFast(Exception):
    """Someone writes faster than people do. `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        minutes = max(1, -(-retry_after // 60))
        self.retry_after = retry_after
        self.message = ngettext(
            "That is a lot at once. Please wait a minute, then try again.",
            "That is a lot at once. Please wait %(minutes)d minutes, then try again.",
            minutes,
        ) % {"minutes": minutes}
        super().__init__(self.message)


class Conflict(Exception):
    """What someone changes was changed by someone else meanwhile. `message` says what to do next."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)
