"""Background tasks for tests: stored as in production, then run by the worker's own code in the same transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.core.models import BackgroundTask
from community.core.tasks.backend import DatabaseBackend
from community.core.tasks.worker import call, fail, lease


class AtOnceBackend(DatabaseBackend):
    """Runs each task as soon as it is stored; what is deferred, or fails, stays for a worker."""

    def stored(self, rows: Sequence[BackgroundTask]) -> None:
        """Run `rows`."""
        for row in rows:
            if isinstance(row.run_after, datetime) and row.run_after > timezone.now():
                continue
            lease(row, "at once")
            try:
                with transaction.atomic():
                    call(row)
            except Exception as error:  # noqa: BLE001  whatever a task raises is for its row to tell
                fail(row, error)
