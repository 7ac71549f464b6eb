"""What must happen regularly: scheduled pages, receivers to try again, tasks that a crash left behind, old rows."""

import logging
import threading
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError, close_old_connections, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community.core import events
from community.core.models import ParkedReceiver
from community.core.tasks import embedded_worker
from community.topics.actions.recount import recount_section, recount_tags
from community.topics.models import IdempotencyKey, Section

logger = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
FIRST_AFTER_SECONDS = 5.0
RETRIES_AT_ONCE = 200
TASK_LOST_AFTER = timedelta(minutes=30)
TASKS_KEPT = timedelta(days=14)
KEYS_KEPT = timedelta(days=7)


def keep_house() -> dict[str, int]:
    """Do all of it once, and return how much of each there was; safe to run on several machines at once."""
    call_command("publish_scheduled", verbosity=0)
    now = timezone.now()
    return {
        "receivers retried": retry_receivers(now),
        "tasks put back": put_back_lost_tasks(now - TASK_LOST_AFTER),
        "counts corrected": sum(recount_section(section) for section in Section.objects.all()) + recount_tags(),
        "old rows deleted": delete_old_rows(now),
    }


def retry_receivers(now: datetime) -> int:
    """Run the parked receivers whose time has come again; one that nobody knows any more stays for the operator."""
    due = ParkedReceiver.objects.filter(retry_at__lte=now).select_related("event").order_by("retry_at")
    succeeded = 0
    for parked in due[:RETRIES_AT_ONCE]:
        try:
            succeeded += events.retry(parked)
        except LookupError as error:
            logger.warning("%s", error)
            ParkedReceiver.objects.filter(pk=parked.pk).update(retry_at=now + timedelta(days=1))
    return succeeded


def put_back_lost_tasks(before: datetime) -> int:
    """Make tasks that began before `before` and never ended ready again: their worker is gone. Tasks bear that."""
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=before)
    return lost.update(status=TaskResultStatus.READY, started_at=None)


def delete_old_rows(now: datetime) -> int:
    """Forget sessions that expired, tasks that ended long ago, and form keys that no form can send any more."""
    with transaction.atomic():
        ended = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - TASKS_KEPT)
        gone = [
            Session.objects.filter(expire_date__lt=now).delete()[0],
            ended.delete()[0],
            IdempotencyKey.objects.filter(created_at__lt=now - KEYS_KEPT).delete()[0],
        ]
    return sum(gone)


class Housekeeper(threading.Thread):
    """Keeps house every minute, beside the server of the embedded default."""

    def __init__(self, first_after: float = FIRST_AFTER_SECONDS, every: float = EVERY_SECONDS) -> None:
        super().__init__(name="housekeeper", daemon=True)
        self.first_after, self.every = first_after, every
        self._stopped = threading.Event()

    def run(self) -> None:
        """Once soon, when the first visitor has been answered, then every `every` seconds until stopped."""
        wait = self.first_after
        while not self._stopped.wait(wait):
            wait = self.every
            try:
                keep_house()
                embedded_worker.wake("default")
            except OperationalError:
                logger.warning("Housekeeping found the database busy; it tries again in a minute.")
            finally:
                close_old_connections()

    def stop(self) -> None:
        """End after the round that is going on."""
        self._stopped.set()
