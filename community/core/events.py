"""Events: what happened, told once, in the transaction that made it happen.

An action calls `publish(AnswerAccepted(...))`. In the same transaction the event is appended to the event log and its
receivers run, each in a savepoint of its own; those that can wait become background tasks. A receiver that fails never
breaks the action: it is tried again as a background task, which an operator sees when it goes on failing.
"""

import dataclasses
import logging
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.db import transaction
from django_tasks import task

from community.core import metrics, page_cache
from community.core.models import LoggedEvent
from community.core.tasks.backend import GiveUp, enqueue_all

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
_later_receivers: dict[type[Event], list[Receiver]] = {}
_again: dict[Receiver, Receiver] = {}


def receives(
    *kinds: type[E], later: bool = False, again: Callable[[E], None] | None = None
) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register the decorated function as a receiver of events of `kinds`.

    It runs in the transaction of the event, or `later` as a background task. It writes rows or enqueues a task, and
    must be safe to run twice for one event. One that believes what the event says, for it holds the locks of the
    action, names what to run instead when it is tried `again`: by then the event may no longer be true.
    """
    registry = _later_receivers if later else _receivers

    def register(receiver: Callable[[E], None]) -> Callable[[E], None]:
        for kind in kinds:
            registry.setdefault(kind, []).append(receiver)
        if again is not None:
            _again[receiver] = again
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
    failed = [receiver for receiver in _receivers.get(type(event), []) if not run_receiver(receiver, event)]
    names = [path_of(receiver) for receiver in (*failed, *_later_receivers.get(type(event), []))]
    enqueue_all(run_receiver_task, [(logged.pk, name) for name in names])


def run_receiver(receiver: Receiver, event: Event) -> bool:
    """Run one receiver in a savepoint. Returns whether it succeeded."""
    try:
        with transaction.atomic():
            receiver(event)
    except Exception:  # Any failure is contained: an action outlives its receivers.
        logger.exception("Receiver %s failed on %s; it is tried again later.", path_of(receiver), type(event).__name__)
        metrics.failed_receivers.labels(receiver=path_of(receiver)).inc()
        return False
    return True


@task(in_transaction=True)
def run_receiver_task(event_id: int, name: str) -> None:
    """Run the receiver called `name` on a logged event; an event that is gone is a normal end.

    Raises GiveUp when this release has no such event or receiver, and whatever the receiver raises.
    """
    logged = LoggedEvent.objects.filter(pk=event_id).first()
    if logged is None:
        return
    kind = Event.registered.get(logged.kind)
    known = [] if kind is None else [*_receivers.get(kind, []), *_later_receivers.get(kind, [])]
    found = next((receiver for receiver in known if path_of(receiver) == name), None)
    if kind is None or found is None:
        raise GiveUp(f"Nothing called {name} receives {logged.kind} any more.")
    _again.get(found, found)(kind(**logged.data))


def path_of(receiver: Receiver) -> str:
    """The dotted name by which a receiver is found again."""
    return f"{receiver.__module__}.{receiver.__qualname__}"
