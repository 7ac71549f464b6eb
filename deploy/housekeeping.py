"""What must happen regularly: scheduled pages, counts that are proven, old rows."""

import logging
import threading
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError, close_old_connections, transaction
from django.utils import timezone

from community.tickets.actions.confirm_guest import forget_unconfirmed
from community.tickets.models import TicketFormKey
from community.topics.actions.recount import recount_section, recount_tags
from community.topics.models import IdempotencyKey, Section

logger = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
FIRST_AFTER_SECONDS = 5.0
KEYS_KEPT = timedelta(days=7)


def keep_house() -> dict[str, int]:
    """Do all of it once, and return how much of each there was; safe to run on several machines at once."""
    call_command("publish_scheduled", verbosity=0)
    now = timezone.now()
    return {
        "counts corrected": sum(recount_section(section) for section in Section.objects.all()) + recount_tags(),
        "old rows deleted": delete_old_rows(now),
    }


def delete_old_rows(now: datetime) -> int:
    """Forget sessions that expired, form keys that no form can send any more, and what guests never confirmed."""
    with transaction.atomic():
        gone = [
            Session.objects.filter(expire_date__lt=now).delete()[0],
            IdempotencyKey.objects.filter(created_at__lt=now - KEYS_KEPT).delete()[0],
            TicketFormKey.objects.filter(created_at__lt=now - KEYS_KEPT).delete()[0],
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
