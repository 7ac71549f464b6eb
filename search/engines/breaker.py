"""A breaker: after a few faults an engine is left alone for a while, so that nobody waits for what does not answer."""

import threading
import time
from collections.abc import Callable

FAULTS = 3
# Seconds that faults may cost together: one question that waited in vain is enough.
FAULTS_COST_SECONDS = 0.7
FAULTS_WITHIN_SECONDS = 10.0
OPEN_SECONDS = 10.0


class Breaker:
    """Closed: calls go through. Open, after FAULTS in a row within some seconds, or fewer that cost long: none does.

    After OPEN_SECONDS one call is let through to see; its success closes the breaker, its failure keeps it open as long
    again. `reason` tells the last fault.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.reason = ""
        self._clock = clock
        self._lock = threading.Lock()
        self._faults: list[tuple[float, float]] = []
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
            was_open, self._try_at, self._faults, self.reason = self._try_at is not None, None, [], ""
            return was_open

    def failed(self, reason: str = "", *, lasting: bool = False, seconds: float = 0.0) -> bool:
        """Note that a call failed after so many `seconds`; a `lasting` fault opens the breaker at once.

        Returns whether it is open now.
        """
        now = self._clock()
        with self._lock:
            self.reason = reason
            self._faults = [one for one in self._faults if now - one[0] < FAULTS_WITHIN_SECONDS] + [(now, seconds)]
            cost = sum(took for _at, took in self._faults)
            is_enough = lasting or len(self._faults) >= FAULTS or cost >= FAULTS_COST_SECONDS
            if is_enough or self._try_at is not None:
                self._try_at = now + OPEN_SECONDS
            return self._try_at is not None
