"""Events: what happened, told once, in the transaction that made it happen.

An action calls `publish(AnswerAccepted(...))`. In the same transaction the event is appended to the event log and its
receivers run, each in a savepoint of its own: one that fails is parked for a later try and never breaks the action.
"""

import dataclasses
import logging
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.db import transaction

from community.core import metrics, page_cache
from community.core.models import LoggedEvent, ParkedReceiver

logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Subclasses hold ids and plain values only, never text that a person wrote."""

    registered: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls) -> None:
        Event.registered[cls.__name__] = cls

    @property
    def touches(self) -> tuple[str, ...]:
        """Tags of the cached pages that show what this event changed."""
        return ()


E = TypeVar("E", bound=Event)
Receiver = Callable[[Any], None]
_receivers: dict[type[Event], list[Receiver]] = {}


def receives(*kinds: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register the decorated function as a receiver of events of `kinds`.

    A receiver writes rows or enqueues a task; it must be safe to run twice for one event.
    """

    def register(receiver: Callable[[E], None]) -> Callable[[E], None]:
        for kind in kinds:
            _receivers.setdefault(kind, []).append(receiver)
        return receiver

    return register


def publish(event: Event) -> None:
    """Append `event` to the log and run its receivers, in the caller's transaction.

    Raises RuntimeError outside a transaction: an event that could survive a rollback would be a lie.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"publish({type(event).__name__}) needs a transaction around it.")
    logged = LoggedEvent.objects.create(kind=type(event).__name__, data=dataclasses.asdict(event))
    page_cache.touch(event.touches)
    for receiver in _receivers.get(type(event), []):
        run_receiver(receiver, event, logged)


def run_receiver(receiver: Receiver, event: Event, logged: LoggedEvent) -> bool:
    """Run one receiver in a savepoint; park it when it fails. Returns whether it succeeded."""
    name = path_of(receiver)
    try:
        with transaction.atomic():
            receiver(event)
    except Exception as error:  # The one place where any failure is contained: an action outlives its receivers.
        logger.exception("Receiver %s failed on event %s; parked.", name, logged.pk)
        metrics.parked_receivers.labels(receiver=name).inc()
        ParkedReceiver.park(logged, name, error)
        return False
    return True


def retry(parked: ParkedReceiver) -> bool:
    """Run a parked receiver again. Returns whether it succeeded, in which case nothing stays parked.

    Raises LookupError when neither the event's class nor the receiver exists any more.
    """
    kind = Event.registered.get(parked.event.kind)
    found = [receiver for receiver in _receivers.get(kind, []) if path_of(receiver) == parked.receiver] if kind else []
    if kind is None or not found:
        raise LookupError(f"Nothing called {parked.receiver} receives {parked.event.kind} any more.")
    with transaction.atomic():
        if succeeded := run_receiver(found[0], kind(**parked.event.data), parked.event):
            parked.delete()
    return succeeded


def path_of(receiver: Receiver) -> str:
    """The dotted name by which a receiver is parked and found again."""
    return f"{receiver.__module__}.{receiver.__qualname__}"
