"""Background tasks: run once, retried with back-off, taken over from the dead, given up in the open."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from django_tasks import task

from community.accounts.models import User
from community.core.models import BackgroundTask, TaskState
from community.core.tasks.backend import GiveUp, enqueue_all
from community.core.tasks.embedded import embedded_worker
from community.core.tasks.queue import queue_state
from community.core.tasks.worker import WAITS, Worker, claim, execute, held_by, put_back_abandoned
from tests.factories.transactions import Undone, roll_back

STORED = {"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}
EMBEDDED = {"default": {"BACKEND": "community.core.tasks.embedded.EmbeddedBackend"}}
done: list[str] = []
fails: list[Exception] = []


@task()
def sweep(room: str) -> None:
    done.append(room)
    if fails:
        raise fails[0]


@task(in_transaction=True)
def register(name: str) -> None:
    User.objects.create_user(name)
    if fails:
        raise fails[0]


@pytest.fixture(autouse=True)
def _stored(db: None) -> Iterator[None]:
    done.clear()
    fails.clear()
    with override_settings(TASKS=STORED):
        yield


def now_due() -> None:
    BackgroundTask.objects.filter(state=TaskState.READY).update(run_after=timezone.now() - timedelta(seconds=1))


def test_a_task_runs_once_and_leaves_nothing() -> None:
    sweep.enqueue("hall")
    assert Worker().drain() == 1
    assert done == ["hall"]
    assert not BackgroundTask.objects.exists()
    assert Worker().drain() == 0


def test_urgent_tasks_come_first_then_those_that_waited_longest() -> None:
    sweep.enqueue("first")
    sweep.enqueue("second")
    sweep.using(priority=10).enqueue("urgent")
    Worker().drain()
    assert done == ["urgent", "first", "second"]


def test_a_deferred_task_waits_for_its_time() -> None:
    sweep.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("attic")
    assert Worker().drain() == 0
    now_due()
    assert Worker().drain() == 1


def test_a_task_that_fails_is_tried_ever_later_then_parked_until_an_operator_retries_it() -> None:
    fails.append(ZeroDivisionError("broom broken"))
    sweep.enqueue("cellar")
    waits = []
    for _attempt in WAITS:
        Worker().drain()
        row = BackgroundTask.objects.get()
        waits.append(row.run_after - timezone.now() + timedelta(seconds=1))
        now_due()
    assert [round(wait / timedelta(seconds=10)) for wait in waits] == [wait // timedelta(seconds=10) for wait in WAITS]
    Worker().drain()
    row = BackgroundTask.objects.get()
    assert row.state == TaskState.PARKED
    assert "broom broken" in row.error
    assert "1 parked" in queue_state()
    assert Worker().drain() == 0
    fails.clear()
    assert row.retry()
    assert not row.retry()
    assert Worker().drain() == 1
    assert not BackgroundTask.objects.exists()


@pytest.mark.parametrize(
    ("path", "why"), [("nowhere.at_all", "any more"), ("tests.factories.transactions.Undone", "no")]
)
def test_a_task_that_can_never_run_is_parked_at_once(path: str, why: str) -> None:
    sweep.enqueue("hall")
    BackgroundTask.objects.update(path=path)
    Worker().drain()
    parked = BackgroundTask.objects.get(state=TaskState.PARKED)
    assert why in parked.error


def test_a_task_that_gives_up_is_parked_at_once() -> None:
    fails.append(GiveUp("the hall is gone"))
    sweep.enqueue("hall")
    Worker().drain()
    assert BackgroundTask.objects.get().state == TaskState.PARKED


def test_what_a_transactional_task_wrote_goes_with_its_failure() -> None:
    fails.append(ZeroDivisionError())
    register.enqueue("zoe")
    Worker().drain()
    assert not User.objects.exists()
    fails.clear()
    now_due()
    Worker().drain()
    assert User.objects.get().username == "zoe"


def test_the_task_of_a_dead_worker_is_taken_over_and_one_at_work_is_left_alone() -> None:
    for room in ("hall", "attic"):
        sweep.enqueue(room)
    dead, alive = claim("dead"), claim("alive")
    assert dead
    assert alive
    assert put_back_abandoned() == 0
    held_by(dead).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert put_back_abandoned() == 1
    assert Worker().drain() == 1
    assert done == ["hall"]
    assert BackgroundTask.objects.get().worker == "alive"


def test_a_worker_that_wakes_up_too_late_changes_nothing() -> None:
    register.enqueue("zoe")
    late = claim("late")
    assert late
    held_by(late).update(leased_until=timezone.now() - timedelta(seconds=1))
    put_back_abandoned()
    again = claim("other")
    assert again
    assert execute(late)
    assert not User.objects.exists()
    assert execute(again)
    assert User.objects.count() == 1


def test_a_task_that_kills_its_workers_is_parked_in_the_end() -> None:
    sweep.enqueue("hall")
    BackgroundTask.objects.update(attempts=len(WAITS) + 1)
    Worker().drain()
    parked = BackgroundTask.objects.get()
    assert parked.state == TaskState.PARKED
    assert "Its worker ended" in parked.error
    assert not done


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_by_a_transaction_that_rolls_back() -> None:
    with pytest.raises(Undone):
        roll_back(lambda: sweep.enqueue("hall"))
    assert not BackgroundTask.objects.exists()


@pytest.mark.django_db(transaction=True)
@override_settings(TASKS=EMBEDDED)
def test_an_embedded_task_runs_after_the_commit_and_never_after_a_rollback() -> None:
    with pytest.raises(Undone):
        roll_back(lambda: sweep.enqueue("hall"))
    with transaction.atomic():
        sweep.enqueue("attic")
        assert BackgroundTask.objects.get().state == TaskState.READY
    assert embedded_worker.finish(20)
    embedded_worker.stop()
    assert done == ["attic"]
    assert not BackgroundTask.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_share_the_work_and_do_nothing_twice() -> None:
    rooms = [f"room {number}" for number in range(60)]
    enqueue_all(sweep, [(room,) for room in rooms])

    def work() -> None:
        Worker().drain()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == sorted(rooms)
    assert not BackgroundTask.objects.exists()
