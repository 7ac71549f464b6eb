"""Kinds of notifications: higher apps register what they tell people, with its words and its link."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from community.core.registry import Registry
from community.notifications.models import Notification


@dataclass(frozen=True)
class Told:
    """What one notification says, in the active language: plain text, and the path of what it is about."""

    sentence: str
    url: str
    excerpt: str = ""


# Gets notifications of its kind (their actors are loaded), answers by their id; one left out has lost its object.
Describe = Callable[[Sequence[Notification]], Mapping[int, Told]]


@dataclass(frozen=True)
class Kind:
    """A kind: `label` completes "Write to me when…" in the settings, `describe` finds the words for many at once.

    One that is not `is_mailed` is told in the site only, and is no choice in the settings.
    """

    name: str
    label: str | Promise
    hint: str | Promise
    describe: Describe
    is_mailed: bool = True


kinds: Registry[Kind] = Registry("notification kind")


def notification_kind(
    name: str, *, label: str | Promise, hint: str | Promise = "", is_mailed: bool = True
) -> Callable[[Describe], Describe]:
    """Register the decorated function as what describes notifications of the kind `name`."""

    def register(describe: Describe) -> Describe:
        kinds.add(name, Kind(name, label, hint, describe, is_mailed))
        return describe

    return register


def describe(notifications: Sequence[Notification]) -> dict[int, Told]:
    """What each of `notifications` says; those whose kind or object is gone are left out. Asks each kind once."""
    by_kind: dict[str, list[Notification]] = {}
    for notification in notifications:
        by_kind.setdefault(notification.kind, []).append(notification)
    found: dict[int, Told] = {}
    for name, rows in by_kind.items():
        if name in kinds:
            found.update(kinds[name].describe(rows))
    return found
