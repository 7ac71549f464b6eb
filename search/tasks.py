"""Work that waits for no one: keeping the indexes in step."""

import logging

from django_tasks import task

from community.core import metrics
from search.engines import EngineFault
from search.engines.chosen import engine_called
from search.indexing import bring_up_to_date

logger = logging.getLogger(__name__)


@task()
def bring_up_to_date_task(engine: str) -> None:
    """Index what is marked as outdated in an engine; one that this installation has no more is a normal end.

    While the engine is down the marks stay: housekeeping looks every minute whether it is back.
    """
    chosen = engine_called(engine)
    if chosen is None:
        return
    try:
        bring_up_to_date(chosen)
    except EngineFault as fault:
        logger.warning("The index of %s waits: %s", engine, fault)
        metrics.degraded.labels(service=f"index_{engine}").inc()
