"""Work that waits for no one: keeping the indexes in step."""

import logging
import time
from collections import defaultdict

from django_tasks import task

from community.core import metrics
from search.engines import EngineFault
from search.engines.breaker import Breaker
from search.engines.chosen import engine_called
from search.indexing import bring_up_to_date

logger = logging.getLogger(__name__)

# For each engine: a server that hangs must not keep the workers from what else there is to do.
writing: defaultdict[str, Breaker] = defaultdict(Breaker)


@task()
def bring_up_to_date_task(engine: str) -> None:
    """Index what is marked as outdated in an engine; one that this installation has no more is a normal end.

    While the engine is down the marks stay: housekeeping looks every minute whether it is back.
    """
    chosen, breaker, started = engine_called(engine), writing[engine], time.monotonic()
    if chosen is None or not breaker.allows():
        return
    try:
        bring_up_to_date(chosen)
    except EngineFault as fault:
        breaker.failed(str(fault), lasting=fault.lasting, seconds=time.monotonic() - started)
        logger.warning("The index of %s waits: %s", engine, fault)
        metrics.degraded.labels(service=f"index_{engine}").inc()
    else:
        breaker.succeeded()
