"""Questions at a steady rate, however long the answers take, and how long they took."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.bench.pages.visitor import Visitor

AT_ONCE = 8


@dataclass(frozen=True)
class Times:
    """Milliseconds that questions took."""

    median: float
    slow: float
    worst: float
    count: int

    def __str__(self) -> str:
        return f"p50 {self.median:6.1f} ms   p95 {self.slow:6.1f} ms   max {self.worst:6.0f} ms   ({self.count})"


def times_of(seconds: Sequence[float]) -> Times:
    """Median, 95th percentile and maximum. Raises ValueError when there is none."""
    if not seconds:
        raise ValueError("nothing was measured")
    ordered = sorted(1000 * one for one in seconds)
    return Times(ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1], len(ordered))


def at_rate(rate: float, texts: Sequence[str], ask: Callable[[str], object]) -> Times:
    """Ask for each of `texts`, `rate` a second. A question that has to wait for its turn is counted from that turn."""
    start = time.perf_counter() + 0.1

    def one(place: int) -> float:
        due = start + place / rate
        time.sleep(max(due - time.perf_counter(), 0))
        ask(texts[place])
        return time.perf_counter() - due

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return times_of(list(pool.map(one, range(len(texts)))))


class Site:
    """The API of a running site, asked over connections that are kept."""

    def __init__(self, port: int) -> None:
        self.port, self._kept = port, threading.local()

    def get(self, path: str) -> str:
        """What is answered. Raises RuntimeError for an error."""
        if not hasattr(self._kept, "visitor"):
            self._kept.visitor = Visitor(self.port)
        page = self._kept.visitor.get(path)
        if page.status != 200:
            raise RuntimeError(f"{path} gave {page.status}: {page.text[:200]}")
        return str(page.text)
