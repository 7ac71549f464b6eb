"""What /readyz and /metrics tell of search: whether the engine answers, and whether its index follows."""

from datetime import timedelta

from community.core import metrics
from community.core.metrics import measures
from community.core.readiness import dependencies
from search.engines.chosen import engine, engines
from search.engines.failover import FailoverEngine
from search.indexing import LATE, waiting_for


@dependencies.register("search")
def search_state() -> str:
    """ "ok", or what is done instead, why, and what waits. Asking tries the engine, as a question would."""
    found, chosen = [], engine()
    if isinstance(chosen, FailoverEngine):
        chosen.check()
        if chosen.breaker.is_open:
            found.append(f"degraded: {chosen.spare.name} answers for {chosen.preferred.name}: {chosen.breaker.reason}")
    for one in engines():
        if waiting := waiting_for(one.name, LATE):
            found.append(f"{waiting} documents wait to be indexed in {one.name}")
    return "; ".join(found) or "ok"


@measures.register("documents to be indexed")
def measure_waiting() -> None:
    """Set the gauge of what waits for each engine."""
    for one in engines():
        metrics.documents_waiting.labels(one.name).set(waiting_for(one.name, timedelta()))
