"""What must happen regularly: scheduled pages, counts that are proven, old rows."""

import logging
import threading
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError, close_old_connections, transaction
from django.utils import timezone

from community.core.daily import begin_daily_tasks
from community.tickets.actions.confirm_guest import forget_unconfirmed
from community.tickets.models import TicketFormKey
from community.topics.actions.recount import recount_section, recount_tags
from community.topics.models import IdempotencyKey, Section
from rewards.ambassadors.keeping import keep_programme
from search.engines.chosen import engines
from search.indexing import LATE, waiting_for
from search.models import DeflectionEvent
from search.tasks import bring_up_to_date_task

logger = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
FIRST_AFTER_SECONDS = 5.0
KEYS_KEPT = timedelta(days=7)
# Thirteen months: what the French data protection authority allows for measuring an audience without asking.
STEPS_KEPT = timedelta(days=396)


def keep_house() -> dict[str, int]:
    """Do all of it once, and return how much of each there was; safe to run on several machines at once."""
    call_command("publish_scheduled", verbosity=0)
    now = timezone.now()
    return {
        "documents waiting to be indexed": catch_up(),
        "counts corrected": sum(recount_section(section) for section in Section.objects.all()) + recount_tags(),
        "daily tasks begun": begin_daily_tasks(),
        "steps of ambassadors": keep_programme(),
        "old rows deleted": delete_old_rows(now),
    }


def catch_up() -> int:
    """Have every engine index what has waited for more than a minute: it was down. Returns how many documents wait."""
    waiting = {one.name: waiting_for(one.name, LATE) for one in engines()}
    for name, count in waiting.items():
        if count:
            bring_up_to_date_task.enqueue(name)
    return sum(waiting.values())


def delete_old_rows(now: datetime) -> int:
    """Forget sessions that expired, form keys that no form can send, what guests never confirmed, and old steps."""
    with transaction.atomic():
        gone = [
            Session.objects.filter(expire_date__lt=now).delete()[0],
            IdempotencyKey.objects.filter(created_at__lt=now - KEYS_KEPT).delete()[0],
            TicketFormKey.objects.filter(created_at__lt=now - KEYS_KEPT).delete()[0],
            DeflectionEvent.objects.filter(at__lt=now - STEPS_KEPT).delete()[0],
        ]
    return sum(gone) + forget_unconfirmed()


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
            except OperationalError:
                logger.warning("Housekeeping found the database busy; it tries again in a minute.")
            finally:
                close_old_connections()

    def stop(self) -> None:
        """End after the round that is going on."""
        self._stopped.set()
