"""The embedded default: tasks are worked off by a thread of the process that serves the site."""

import threading
from collections.abc import Sequence

from django.db import close_old_connections, transaction

from community.core.models import BackgroundTask
from community.core.tasks.backend import DatabaseBackend
from community.core.tasks.worker import Worker

# Tasks enqueued here wake the worker at once; what was deferred, or enqueued by a command, waits this long at most.
POLL_SECONDS = 2.0


class EmbeddedBackend(DatabaseBackend):
    """Stores tasks, and wakes the process's own worker when their transaction commits."""

    def stored(self, rows: Sequence[BackgroundTask]) -> None:
        """Have `rows` run soon."""
        transaction.on_commit(embedded_worker.wake)


class EmbeddedWorker:
    """One daemon thread, started when first needed, that drains the tasks each time it is woken."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._worker = Worker()

    def wake(self) -> None:
        """Have due tasks run soon."""
        with self._lock:
            self._idle.clear()
            self._wanted.set()
            if self._thread is None or not self._thread.is_alive():
                self._worker = Worker()
                self._thread = threading.Thread(target=self._work, name="embedded-worker", daemon=True)
                self._thread.start()

    def finish(self, seconds: float) -> bool:
        """Wait until nothing is left to run, at most `seconds`. Returns whether that came true."""
        return self._idle.wait(seconds)

    def stop(self) -> None:
        """End after the task that is running; the next wake starts anew."""
        self._worker.stop()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        self._worker.run(self._rest)
        close_old_connections()

    def _rest(self, _seconds: float) -> None:
        """Between two looks: nothing is due, unless the worker was woken meanwhile."""
        close_old_connections()
        with self._lock:
            if not self._wanted.is_set():
                self._idle.set()
        if self._wanted.wait(POLL_SECONDS):
            self._wanted.clear()


embedded_worker = EmbeddedWorker()
