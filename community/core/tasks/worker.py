"""Works stored tasks off, one at a time: claims under a lease, runs, retries with back-off, gives up in the open."""

import logging
import os
import secrets
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.module_loading import import_string
from django_tasks.base import Task

from community.core import metrics
from community.core.models import BackgroundTask, TaskState, in_future
from community.core.tasks.backend import GiveUp

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
# A claim that a task committed and that is younger than this is somebody at work: one that died has its lease running.
AT_WORK = LEASE - timedelta(seconds=5)
# A task that takes longer hangs: its lease is not renewed any more, and another worker starts it again.
LONGEST_SECONDS = 3600.0
POLL_SECONDS = 0.5
# After the first failure, the second, … ; the one after the last parks the task.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200, 21600, 86400))
LONGEST_ERROR = 4000


class Worker:
    """Runs due tasks in the calling thread; a second thread only renews the lease of what takes long."""

    def __init__(self, name: str = "", term: timedelta = LEASE) -> None:
        self.term = term
        self.name = name or f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"
        self._stopping = threading.Event()
        self._swept_at = 0.0

    def stop(self) -> None:
        """End after the task that is running."""
        self._stopping.set()

    def run(self, rest: Callable[[float], object] | None = None) -> None:
        """Work until `stop`; `rest` waits that many seconds, or less, when nothing is due."""
        rest = rest or self._stopping.wait
        while not self._stopping.is_set():
            try:
                worked = self.step()
            except (OperationalError, InterfaceError) as error:
                logger.warning("The database does not answer (%s); trying again.", type(error).__name__)
                worked = False
                close_old_connections()
            if not worked:
                rest(POLL_SECONDS)

    def drain(self) -> int:
        """Run all that is due, then return how many tasks were run."""
        count = 0
        while not self._stopping.is_set() and self.step():
            count += 1
        return count

    def step(self) -> bool:
        """Take over what dead workers left, then run one due task. Returns whether there was one."""
        if time.monotonic() - self._swept_at > self.term.total_seconds() / 6:
            self._swept_at = time.monotonic()
            put_back_abandoned()
        row = claim(self.name, self.term)
        if row is None:
            return False
        with self._lease(row):
            execute(row)
        return True

    @contextmanager
    def _lease(self, row: BackgroundTask) -> Iterator[None]:
        """Keep `row` ours as long as the block lasts."""
        ended = threading.Event()
        threading.Thread(target=renew_until, args=(ended, row, self.term), name="lease", daemon=True).start()
        try:
            yield
        finally:
            ended.set()


def renew_until(ended: threading.Event, row: BackgroundTask, term: timedelta) -> None:
    """Renew the lease of `row` thrice a `term` until `ended`, or until the task must be called hung."""
    until = time.monotonic() + LONGEST_SECONDS
    while not ended.wait(term.total_seconds() / 3) and time.monotonic() < until:
        try:
            held_by(row).update(leased_until=in_future(term))
        except DatabaseError as error:
            logger.warning("The lease of %s could not be renewed: %s", row, type(error).__name__)
        finally:
            connection.close()


def claim(worker: str, term: timedelta = LEASE) -> BackgroundTask | None:
    """The next due task, leased by `worker` for `term`; None when nothing is due."""
    due = BackgroundTask.objects.due()
    # On SQLite a transaction takes the only pen: not for asking whether there is work.
    if not due.exists():
        return None
    with transaction.atomic():
        row = due.select_for_update(skip_locked=True).first()
        if row is None:
            return None
        lease(row, worker, term)
    return row


def lease(row: BackgroundTask, worker: str, term: timedelta = LEASE) -> None:
    """Make `row` the business of `worker`, for another attempt."""
    row.state, row.worker, row.attempts = TaskState.RUNNING, worker, row.attempts + 1
    row.leased_until = in_future(term)
    row.save(update_fields=["state", "worker", "attempts", "leased_until"])


def held_by(row: BackgroundTask) -> QuerySet[BackgroundTask]:
    """The row of `row` as long as its lease is the one that was claimed, and no other worker took over."""
    return BackgroundTask.objects.filter(pk=row.pk, state=TaskState.RUNNING, worker=row.worker, attempts=row.attempts)


def execute(row: BackgroundTask) -> bool:
    """Run a claimed task to its end: done and deleted, or set back for another attempt. Returns whether it is done."""
    started = time.monotonic()
    try:
        if row.attempts > len(WAITS) + 1:
            raise GiveUp(f"Its worker ended {row.attempts - 1} times without finishing it.")
        call(row)
    except Exception as error:  # noqa: BLE001  whatever a task does wrong, it must not take the worker with it
        fail(row, error)
        metrics.tasks.labels(row.path, "failed").inc()
        return False
    metrics.tasks.labels(row.path, "done").inc()
    metrics.task_seconds.labels(row.path).observe(time.monotonic() - started)
    return True


def call(row: BackgroundTask) -> None:
    """Run the task of a leased `row`, and delete it with its effect. Raises what the task raises."""
    task, arguments = named(row.path), row.arguments
    if not getattr(task, "in_transaction", False):
        task.call(*arguments["args"], **arguments["kwargs"])
        held_by(row).delete()
        return
    with transaction.atomic():
        # Whoever took over meanwhile has the row, and the effect is theirs.
        if held_by(row).select_for_update().exists():
            task.call(*arguments["args"], **arguments["kwargs"])
            held_by(row).delete()


def named(path: str) -> Task[Any, Any]:
    """The task at `path`. Raises GiveUp when this release has none of that name."""
    try:
        task = import_string(path)
    except ImportError as error:
        raise GiveUp(f"There is no task called {path} any more.") from error
    if not isinstance(task, Task):
        raise GiveUp(f"{path} is not a task.")
    return task


def fail(row: BackgroundTask, error: Exception) -> None:
    """Set `row` back for another attempt after its wait, or park it."""
    last = isinstance(error, GiveUp | ImproperlyConfigured) or row.attempts > len(WAITS)
    said = "".join(traceback.format_exception(error))[-LONGEST_ERROR:]
    changes: dict[str, Any] = {"error": said, "leased_until": None}
    if last:
        changes |= {"state": TaskState.PARKED}
        logger.error("Task %s is parked after %d attempts: %r", row, row.attempts, error)
    else:
        changes |= {"state": TaskState.READY, "run_after": in_future(WAITS[row.attempts - 1])}
        logger.warning("Task %s failed, attempt %d: %r", row, row.attempts, error)
    held_by(row).update(**changes)


def put_back_abandoned() -> int:
    """Make the tasks of dead workers ready again. Returns how many there were."""
    if not BackgroundTask.objects.abandoned().exists():
        return 0
    with transaction.atomic():
        found = BackgroundTask.objects.abandoned().select_for_update(skip_locked=True).values_list("pk", flat=True)
        lost = BackgroundTask.objects.filter(pk__in=list(found))
        count = lost.update(state=TaskState.READY, leased_until=None, run_after=Now())
    logger.warning("%d tasks were taken over from workers that died.", count)
    metrics.tasks_taken_over.inc(count)
    return count


def put_back_running() -> int:
    """Make all running tasks ready again: for a process that knows that it is the only one, when it starts."""
    return BackgroundTask.objects.filter(state=TaskState.RUNNING).update(state=TaskState.READY, leased_until=None)
