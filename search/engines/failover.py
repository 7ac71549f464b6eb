"""Search that goes on when its engine does not: the database engine answers instead, within the same request."""

import logging
import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypeVar

from community.core import metrics
from search.engines import Document, Engine, EngineFault, Filters, Found, Hit, Key
from search.engines.breaker import Breaker
from search.engines.patience import patience

logger = logging.getLogger(__name__)
T = TypeVar("T")

# For the preferred engine; the spare one then answers in some 30 ms (tests/bench/search/RESULTS.md).
ASK_SECONDS = 0.8


class FailoverEngine:
    """Asks `preferred`, and `spare` when that fails or was found to be down. Writes go to `preferred` alone."""

    def __init__(self, preferred: Engine, spare: Engine, breaker: Breaker) -> None:
        self.preferred, self.spare, self.breaker = preferred, spare, breaker
        self.answered_by = preferred.name

    @property
    def name(self) -> str:
        """The engine that answered last."""
        return self.answered_by

    def suggest(self, text: str, *, lang: str = "", limit: int = 5) -> list[Hit]:
        """What answers a question while it is typed."""
        return self._ask(lambda engine: engine.suggest(text, lang=lang, limit=limit))

    def search(self, text: str, filters: Filters, *, lang: str = "", limit: int = 200) -> Found:
        """All that fits, for the search page."""
        return self._ask(lambda engine: engine.search(text, filters, lang=lang, limit=limit))

    def related(self, document: Document, *, limit: int = 5) -> list[Hit]:
        """What resembles a document."""
        return self._ask(lambda engine: engine.related(document, limit=limit))

    def index(self, documents: Collection[Document], read_at: datetime) -> None:
        """Add or replace documents in the preferred engine. Raises EngineFault."""
        self.preferred.index(documents, read_at)

    def delete(self, keys: Collection[Key], read_at: datetime) -> None:
        """Forget documents in the preferred engine. Raises EngineFault."""
        self.preferred.delete(keys, read_at)

    def keys(self, kind: str) -> Iterable[tuple[str, str]]:
        """What the preferred engine holds. Raises EngineFault."""
        return self.preferred.keys(kind)

    def faults(self) -> int:
        """What is wrong inside the preferred engine. Raises EngineFault."""
        return self.preferred.faults()

    def mend(self) -> None:
        """Put the preferred engine's own records right. Raises EngineFault."""
        self.preferred.mend()

    def check(self) -> None:
        """See whether the preferred engine answers, unless it is left alone: the breaker knows the outcome."""
        if self.breaker.allows():
            self._try(lambda engine: engine.check())

    def _ask(self, question: Callable[[Engine], T]) -> T:
        if self.breaker.allows() and (answers := self._try(question)):
            self.answered_by = self.preferred.name
            return answers[0]
        metrics.degraded.labels(service="search").inc()
        self.answered_by = self.spare.name
        return question(self.spare)

    def _try(self, question: Callable[[Engine], T]) -> list[T]:
        """The answer of the preferred engine; none when it fails."""
        started = time.monotonic()
        try:
            with patience(ASK_SECONDS):
                answer = question(self.preferred)
        except EngineFault as fault:
            self._degraded(fault, time.monotonic() - started)
            return []
        if self.breaker.succeeded():
            logger.warning("Search is answered by %s again.", self.preferred.name)
            metrics.search_on_spare.set(0)
        return [answer]

    def _degraded(self, fault: EngineFault, seconds: float) -> None:
        if self.breaker.failed(str(fault), lasting=fault.lasting, seconds=seconds):
            metrics.search_on_spare.set(1)
        logger.warning("Search by %s failed (%s); %s answers.", self.preferred.name, fault, self.spare.name)
