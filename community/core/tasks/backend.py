"""The backend behind django-tasks: enqueueing inserts a row, in the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import normalize_json

from community.core.models import BackgroundTask


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTask(Task[Any, Any]):
    """A task as `@task()` declares it here.

    `in_transaction`: it only writes to the database, and does so in one transaction with the end of its row: its
    effect happens exactly once. Any other task must bear being run twice.
    """

    in_transaction: bool = False


class GiveUp(Exception):
    """Raised by a task that would fail again however often it was tried: it is parked at once."""


class DatabaseBackend(BaseTaskBackend):
    """Stores tasks for the workers of `manage.py worker`."""

    task_class = StoredTask
    supports_defer = True
    supports_async_task = True
    supports_priority = True

    def enqueue(self, task: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> TaskResult[Any]:
        """Store one call of `task`; it runs soon after the transaction commits, and never when that rolls back."""
        self.validate_task(task)
        row = self.row(task, args, kwargs)
        row.save(force_insert=True)
        self.stored([row])
        return TaskResult(
            task=task,
            id=str(row.pk),
            status=TaskResultStatus.READY,
            enqueued_at=row.enqueued_at,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

    def row(self, task: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> BackgroundTask:
        """The row of one call, not saved yet."""
        row = BackgroundTask(
            path=task.module_path,
            arguments=normalize_json({"args": list(args), "kwargs": dict(kwargs)}),
            priority=task.priority,
            enqueued_at=timezone.now(),
        )
        if task.run_after is not None:
            row.run_after = task.run_after
        return row

    def stored(self, rows: Sequence[BackgroundTask]) -> None:
        """Hear of `rows` that were stored in the current transaction; workers of other processes look by themselves."""


def enqueue_all(task: Task[Any, Any], calls: Iterable[Sequence[Any]]) -> None:
    """Store a call of `task` for each list of arguments: one statement, however many there are."""
    backend = task.get_backend()
    if not isinstance(backend, DatabaseBackend):
        raise ImproperlyConfigured(f"{type(backend).__name__} does not store tasks; set TASKS to a backend that does.")
    backend.validate_task(task)
    if rows := BackgroundTask.objects.bulk_create([backend.row(task, args, {}) for args in calls]):
        backend.stored(rows)
