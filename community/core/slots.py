"""Template slots: a lower floor's page leaves a named place, a higher app fills it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Filling = Callable[..., str]
_fillings: dict[str, list[Filling]] = {}


def fills(slot: str) -> Callable[[Filling], Filling]:
    """Register the decorated function for `slot`: it takes the template's context and the slot's arguments, and
    returns safe HTML, or an empty string for nothing.
    """

    def register(filling: Filling) -> Filling:
        _fillings.setdefault(slot, []).append(filling)
        return filling

    return register


def render_slot(slot: str, context: Context, **arguments: Any) -> SafeString:
    """The HTML of all that fills `slot`, in the order of registration."""
    return format_html_join("", "{}", ((filling(context, **arguments),) for filling in _fillings.get(slot, [])))


@contextmanager
def filled_temporarily(slot: str, filling: Filling) -> Iterator[None]:
    """Fill `slot` for the length of a test."""
    fills(slot)(filling)
    try:
        yield
    finally:
        _fillings[slot].remove(filling)
