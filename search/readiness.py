"""What /readyz tells of search: whether the engine answers, and whether its index follows."""

from community.core.readiness import dependencies
from search.engines.chosen import engine, engines
from search.engines.failover import FailoverEngine
from search.indexing import LATE, waiting_for


@dependencies.register("search")
def search_state() -> str:
    """ "ok", or what is done instead and what waits."""
    found, chosen = [], engine()
    if isinstance(chosen, FailoverEngine) and chosen.breaker.is_open:
        found.append(f"degraded: {chosen.preferred.name} does not answer, {chosen.spare.name} does")
    for one in engines():
        if waiting := waiting_for(one.name, LATE):
            found.append(f"{waiting} documents wait to be indexed in {one.name}")
    return "; ".join(found) or "ok"
