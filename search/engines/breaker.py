"""A breaker: after a few faults an engine is left alone for a while, so that nobody waits for what does not answer."""

import threading
import time
from collections.abc import Callable

FAULTS = 3
FAULTS_WITHIN_SECONDS = 10.0
OPEN_SECONDS = 10.0


class Breaker:
    """Closed: calls go through. Open, after FAULTS in a row within some seconds: none does. After OPEN_SECONDS one call
    is let through to see; its success closes the breaker, its failure keeps it open as long again.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._faults: list[float] = []
        self._try_at: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether calls are held back."""
        return self._try_at is not None

    def allows(self) -> bool:
        """Whether a call may be made now; the caller then reports `succeeded` or `failed`."""
        with self._lock:
            if self._try_at is None:
                return True
            if self._clock() < self._try_at:
                return False
            self._try_at = self._clock() + OPEN_SECONDS
            return True

    def succeeded(self) -> bool:
        """Note that a call went well. Returns whether that closed the breaker."""
        with self._lock:
            was_open, self._try_at, self._faults = self._try_at is not None, None, []
            return was_open

    def failed(self, *, lasting: bool = False) -> bool:
        """Note that a call failed; a `lasting` fault opens the breaker at once. Returns whether it is open now."""
        now = self._clock()
        with self._lock:
            self._faults = [at for at in self._faults if now - at < FAULTS_WITHIN_SECONDS] + [now]
            if lasting or len(self._faults) >= FAULTS or self._try_at is not None:
                self._try_at = now + OPEN_SECONDS
            return self._try_at is not None
