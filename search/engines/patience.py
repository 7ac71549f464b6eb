"""How long whoever asks an engine is ready to wait for the whole answer, however many requests that takes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from search.engines import EngineFault

_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Wait at most `seconds` for what is asked in this block."""
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def patience_left(most: float) -> float:
    """The seconds that one request may take: `most`, or less where little is left. Raises EngineFault when none is."""
    until = _until.get()
    left = most if until is None else min(most, until - time.monotonic())
    if left <= 0:
        raise EngineFault("it took too long")
    return left
