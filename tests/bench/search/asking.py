"""Questions at a steady rate, however long the answers take, and how long they took."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from search.engines import EngineFault
from tests.bench.pages.visitor import Visitor

AT_ONCE = 8


@dataclass(frozen=True)
class Times:
    """Milliseconds that questions took."""

    median: float
    slow: float
    worst: float
    count: int
    failed: int = 0

    def __str__(self) -> str:
        said = f"p50 {self.median:6.1f} ms   p95 {self.slow:6.1f} ms   max {self.worst:6.0f} ms   ({self.count})"
        return f"{said}, {self.failed} not by Elasticsearch" if self.failed else said


def times_of(seconds: Sequence[float], failed: int = 0) -> Times:
    """Median, 95th percentile and maximum. Raises ValueError when there is none."""
    if not seconds:
        raise ValueError("nothing was measured")
    ordered = sorted(1000 * one for one in seconds)
    return Times(ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1], len(ordered), failed)


def at_rate(rate: float, texts: Sequence[str], ask: Callable[[str], object]) -> Times:
    """Ask for each of `texts`, `rate` a second. A question that has to wait for its turn is counted from that turn.

    `ask` raises EngineFault when Elasticsearch was not who answered.
    """
    start, failed = time.perf_counter() + 0.1, list[str]()

    def one(place: int) -> float:
        due = start + place / rate
        time.sleep(max(due - time.perf_counter(), 0))
        try:
            ask(texts[place])
        except EngineFault as fault:
            failed.append(str(fault))
        return time.perf_counter() - due

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return times_of(list(pool.map(one, range(len(texts)))), len(failed))


class Site:
    """The API of a running site, asked over connections that are kept."""

    def __init__(self, port: int) -> None:
        self.port, self._kept = port, threading.local()

    def get(self, path: str) -> str:
        """What is answered. Raises RuntimeError for an error, EngineFault when the spare engine answered."""
        if not hasattr(self._kept, "visitor"):
            self._kept.visitor = Visitor(self.port)
        page = self._kept.visitor.get(path)
        if page.status != 200:
            raise RuntimeError(f"{path} gave {page.status}: {page.text[:200]}")
        if '"engine": "database"' in page.text:
            raise EngineFault("the database engine answered")
        return str(page.text)
