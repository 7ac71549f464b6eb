"""Arithmetic in opening hours: over nights, week-ends, holidays and clock changes. Pure: no settings, no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
# A week that never opens, or holidays without end: nothing is promised.
FARTHEST_DAYS = 800

Stretch = tuple[int, int]


@dataclass(frozen=True)
class OpeningHours:
    """Stretches of each weekday (Monday first), in minutes since midnight by the clocks of `zone`; closed days."""

    zone: ZoneInfo
    week: tuple[tuple[Stretch, ...], ...]
    holidays: frozenset[date] = frozenset()

    def stretches(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open stretches that end after `since`, in UTC, one after the other, without overlap."""
        day = since.astimezone(self.zone).date() - timedelta(days=1)
        reached = since.astimezone(UTC)
        for _number in range(FARTHEST_DAYS):
            for begins, ends in sorted(self.week[day.weekday()]) if day not in self.holidays else ():
                start, end = max(self._moment(day, begins), reached), self._moment(day, ends)
                if start < end:
                    yield start, end
                    reached = end
            day += timedelta(days=1)

    def due(self, start: datetime, wanted: timedelta) -> datetime | None:
        """When `wanted` of open time has passed since `start`; None when that never comes.

        Counted in time that really passes: on the night when clocks change, an hour is still an hour.
        """
        left = wanted
        for begins, ends in self.stretches(start):
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        return None

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much of the time from `start` to `end` is open."""
        total = timedelta()
        for begins, ends in self.stretches(start):
            if begins >= end:
                break
            total += min(ends, end) - begins
        return total

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at that moment."""
        return any(begins <= at for begins, _ends in self._first(at))

    def next_opening(self, at: datetime) -> datetime | None:
        """The first open moment at or after `at`."""
        return next((begins for begins, _ends in self._first(at)), None)

    @property
    def never_closes(self) -> bool:
        """Whether opening hours are the same as hours."""
        return not self.holidays and all(day == ((0, DAY_MINUTES),) for day in self.week)

    def _first(self, at: datetime) -> list[tuple[datetime, datetime]]:
        found = next(self.stretches(at), None)
        return [found] if found else []

    def _moment(self, day: date, minutes: int) -> datetime:
        """What the clocks of the zone show as `minutes` after midnight of `day`, as a moment in UTC."""
        whole, rest = divmod(minutes, DAY_MINUTES)
        wall = datetime.combine(day + timedelta(days=whole), time(rest // 60, rest % 60), tzinfo=self.zone)
        return wall.astimezone(UTC)
