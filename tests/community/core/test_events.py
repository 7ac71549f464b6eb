"""Events: told in the transaction that made them; a receiver that fails is parked and breaks nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.accounts.models import User
from community.core import events
from community.core.models import LoggedEvent, ParkedReceiver
from tests.factories.transactions import Undone, roll_back


@dataclass(frozen=True, kw_only=True)
class KettleBoiled(events.Event):
    """For these tests only."""

    litres: int


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
    assert not ParkedReceiver.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="needs a transaction"):
        events.publish(KettleBoiled(litres=1))
    assert not LoggedEvent.objects.exists()


@pytest.mark.parametrize("failure", [ZeroDivisionError("no"), IntegrityError("twice")])
def test_a_receiver_that_fails_is_undone_and_parked_and_the_others_hear(failure: Exception) -> None:
    fails.append(failure)
    boil()
    assert heard == [-1]
    assert not User.objects.exists()
    parked = ParkedReceiver.objects.get()
    assert parked.receiver.endswith("test_events.pour")
    assert repr(failure) == parked.error
    assert LoggedEvent.objects.filter(kind="KettleBoiled").exists()


def test_a_parked_receiver_is_tried_again_until_it_succeeds() -> None:
    fails.append(ZeroDivisionError())
    boil()
    parked = ParkedReceiver.objects.get()
    waits = []
    for _attempt in range(6):
        assert not events.retry(parked)
        parked.refresh_from_db()
        waits.append(round((parked.retry_at - timezone.now()) / timedelta(minutes=1)))
    assert waits == [5, 30, 120, 720, 720, 720]
    fails.clear()
    assert events.retry(parked)
    assert not ParkedReceiver.objects.exists()
    assert User.objects.filter(username="cup1").exists()


@pytest.mark.parametrize("change", [{"receiver": "gone.pour"}, {"kind": "KettleSang"}])
def test_a_receiver_that_no_longer_exists_is_said_so(change: dict[str, str]) -> None:
    fails.append(ZeroDivisionError())
    boil()
    parked = ParkedReceiver.objects.get()
    parked.receiver = change.get("receiver", parked.receiver)
    parked.event.kind = change.get("kind", parked.event.kind)
    with pytest.raises(LookupError, match="any more"):
        events.retry(parked)


def test_an_event_of_a_transaction_that_rolls_back_never_happened() -> None:
    with pytest.raises(Undone):
        roll_back(boil)
    assert not LoggedEvent.objects.filter(kind="KettleBoiled").exists()
    assert not User.objects.exists()
