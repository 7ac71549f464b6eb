"""Events: told in the transaction that made them; a receiver that fails is tried again and breaks nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from community.accounts.models import User
from community.core import events
from community.core.models import BackgroundTask, LoggedEvent, TaskState
from community.core.tasks.worker import Worker
from tests.factories.transactions import Undone, roll_back


@dataclass(frozen=True, kw_only=True)
class KettleBoiled(events.Event):
    """For these tests only."""

    litres: int


STORED = {"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}
heard: list[int] = []
fails: list[Exception] = []


def pour(event: KettleBoiled) -> None:
    User.objects.create_user(f"cup{event.litres}")
    if fails:
        raise fails[0]
    heard.append(event.litres)


def count_litres(event: KettleBoiled) -> None:
    heard.append(-event.litres)


@pytest.fixture(autouse=True)
def _receivers(db: None) -> Iterator[None]:
    heard.clear()
    fails.clear()
    events.receives(KettleBoiled)(pour)
    events.receives(KettleBoiled)(count_litres)
    yield
    events._receivers.pop(KettleBoiled)


def boil(litres: int = 1) -> None:
    with transaction.atomic():
        events.publish(KettleBoiled(litres=litres))


def test_an_event_is_logged_and_every_receiver_hears_it() -> None:
    boil(2)
    logged = LoggedEvent.objects.get(kind="KettleBoiled")
    assert (logged.data, heard) == ({"litres": 2}, [2, -2])
    assert not BackgroundTask.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="needs a transaction"):
        events.publish(KettleBoiled(litres=1))
    assert not LoggedEvent.objects.exists()


@pytest.mark.parametrize("failure", [ZeroDivisionError("no"), IntegrityError("twice")])
def test_a_receiver_that_fails_is_undone_and_tried_again_and_the_others_hear(failure: Exception) -> None:
    fails.append(failure)
    boil()
    assert heard == [-1]
    assert not User.objects.exists()
    waiting = BackgroundTask.objects.get()
    assert waiting.arguments["args"][1].endswith("test_events.pour")
    assert repr(failure) in waiting.error or str(failure) in waiting.error
    assert LoggedEvent.objects.filter(kind="KettleBoiled").exists()


def test_a_receiver_that_failed_succeeds_later() -> None:
    fails.append(ZeroDivisionError())
    boil()
    fails.clear()
    BackgroundTask.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    assert Worker().drain() == 1
    assert not BackgroundTask.objects.exists()
    assert User.objects.filter(username="cup1").exists()


@pytest.mark.parametrize("change", [{"receiver": "gone.pour"}, {"kind": "KettleSang"}])
def test_a_receiver_that_no_longer_exists_is_parked_and_says_so(change: dict[str, str]) -> None:
    boil()
    logged = LoggedEvent.objects.get()
    LoggedEvent.objects.update(kind=change.get("kind", logged.kind))
    events.run_receiver_task.enqueue(logged.pk, change.get("receiver", events.path_of(pour)))
    parked = BackgroundTask.objects.get(state=TaskState.PARKED)
    assert "any more" in parked.error


def test_a_receiver_that_can_wait_is_a_task_and_runs_once() -> None:
    steam: list[int] = []

    def whistle(event: KettleBoiled) -> None:
        steam.append(event.litres)

    events.receives(KettleBoiled, later=True)(whistle)
    try:
        with override_settings(TASKS=STORED):
            boil(3)
            assert steam == []
            assert Worker().drain() == 1
        assert steam == [3]
        assert not BackgroundTask.objects.exists()
    finally:
        events._later_receivers.pop(KettleBoiled)


def test_an_event_of_a_transaction_that_rolls_back_never_happened() -> None:
    with pytest.raises(Undone):
        roll_back(boil)
    assert not LoggedEvent.objects.filter(kind="KettleBoiled").exists()
    assert not User.objects.exists()
