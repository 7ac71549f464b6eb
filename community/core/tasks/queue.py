"""How the queue of background tasks stands, for operators: /readyz, /metrics, and the list of what was given up."""

from django.utils import timezone

from community.core import metrics
from community.core.models import BackgroundTask

# Longer than this, and no worker seems to be running.
LATE_SECONDS = 60


def queue_state() -> str:
    """ "ok", or one line that says what waits and why that matters."""
    waiting, oldest, parked = _figures()
    found = []
    if oldest > LATE_SECONDS:
        found.append(f"degraded: {waiting} tasks wait, the oldest for {oldest} s; is a worker running?")
    if parked:
        found.append(f"{parked} parked, see the background tasks at the desk")
    return "; ".join(found) or "ok"


@metrics.measures.register("background tasks")
def measure_queue() -> None:
    """Set the gauges of the queue."""
    waiting, oldest, parked = _figures()
    metrics.tasks_waiting.set(waiting)
    metrics.tasks_oldest_seconds.set(oldest)
    metrics.tasks_parked.set(parked)


def _figures() -> tuple[int, int, int]:
    """How many tasks are due, since how many seconds the oldest, and how many are parked."""
    due = BackgroundTask.objects.due()
    oldest = due.order_by("run_after").values_list("run_after", flat=True).first()
    waited = max(0, round((timezone.now() - oldest).total_seconds())) if oldest else 0
    return due.count(), waited, BackgroundTask.objects.parked().count()
