"""Times that do not count: whoever declared a leave is measured by the days around it, and loses nothing by it.

Rooms that know of such times register them; trust levels and badges, which look at the last so many days, ask here.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from community.core.registry import Registry

# From when until when; None while it lasts. Those of one member do not overlap.
Pause = tuple[datetime, datetime | None]
# The pauses by member id, of these members or of everybody.
Source = Callable[[Collection[int] | None], Mapping[int, Sequence[Pause]]]

pauses: Registry[Source] = Registry("sources of pauses")


def pauses_of(member_ids: Collection[int] | None) -> dict[int, list[Pause]]:
    """All pauses by member id, of these members or of everybody. One query for each source."""
    found: dict[int, list[Pause]] = defaultdict(list)
    for _name, source in pauses:
        for member_id, times in source(member_ids).items():
            found[member_id] += times
    return found


def window_start(now: datetime, days: int, times: Iterable[Pause]) -> datetime:
    """Since when `days` days count, `times` left out: each that reaches into the window moves its start back."""
    start = now - timedelta(days=days)
    for begins, ends in sorted(times, key=lambda pause: pause[0], reverse=True):
        if (ends or now) > start:
            start -= (ends or now) - begins
    return start


def longer_windows(
    known: Mapping[int, Sequence[Pause]], now: datetime, days: int
) -> list[tuple[datetime, frozenset[int]]]:
    """The windows of `days` days of those of `known` whose pauses reach into them: since when, and whose."""
    usual, found = now - timedelta(days=days), defaultdict(set)
    for member_id, times in known.items():
        if (start := window_start(now, days, times)) < usual:
            found[start].add(member_id)
    return [(start, frozenset(ids)) for start, ids in sorted(found.items())]
