"""The embedded task backend: rows in the same database as in production, worked off by a thread of this process."""

import logging
import threading
import time
from typing import Any

from django.db import OperationalError, close_old_connections, transaction
from django_tasks_db.backend import DatabaseBackend, TaskResult
from django_tasks_db.management.commands.db_worker import Worker

logger = logging.getLogger(__name__)

BUSY_SECONDS = 1.0


class EmbeddedBackend(DatabaseBackend):
    """Enqueues a row in the caller's transaction, and wakes the process's own worker when it commits."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any, Any]:
        """Store the task; it runs soon after the transaction commits, and never when that rolls back."""
        result: TaskResult[Any, Any] = super().enqueue(task, args, kwargs)
        transaction.on_commit(lambda: embedded_worker.wake(self.alias))
        return result


class EmbeddedWorker:
    """One daemon thread, started when first needed, that drains the task table each time it is woken."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self, backend: str) -> None:
        """Have the tasks of `backend` run soon."""
        with self._lock:
            self._idle.clear()
            self._wanted.set()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, args=(backend,), name="embedded-worker", daemon=True)
                self._thread.start()

    def finish(self, seconds: float) -> bool:
        """Wait until nothing is left to run, at most `seconds`. Returns whether that came true."""
        return self._idle.wait(seconds)

    def _work(self, backend: str) -> None:
        while self._wanted.wait():
            self._wanted.clear()
            try:
                drain(backend)
            except OperationalError as error:
                logger.warning("The database is busy (%s): tasks are tried again in a moment.", error)
                self._wanted.set()
                time.sleep(BUSY_SECONDS)
            with self._lock:
                if not self._wanted.is_set():
                    self._idle.set()


def drain(backend: str = "default") -> None:
    """Run every task that is ready, in this thread."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=backend,
        startup_delay=False,
        max_tasks=None,
        worker_id=f"embedded-{threading.get_ident()}",
        excluded_queue_names=[],
    )
    try:
        worker.run()
    finally:
        close_old_connections()


embedded_worker = EmbeddedWorker()
