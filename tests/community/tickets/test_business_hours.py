"""Opening hours: over nights, week-ends, holidays and the two nights of a year when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.tickets.business_hours import DAY_MINUTES, OpeningHours, Stretch

PARIS = ZoneInfo("Europe/Paris")
OFFICE: tuple[tuple[Stretch, ...], ...] = (((9 * 60, 18 * 60),),) * 5 + ((), ())
WITH_BREAK: tuple[tuple[Stretch, ...], ...] = (((9 * 60, 12 * 60), (14 * 60, 18 * 60)),) * 5 + ((), ())
ALWAYS: tuple[tuple[Stretch, ...], ...] = (((0, DAY_MINUTES),),) * 7


def at(day: str, zone: ZoneInfo = PARIS) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "hours", "due", "week"),
    [
        ("2026-11-25 10:00", 4, "2026-11-25 14:00", OFFICE),
        ("2026-11-25 16:30", 4, "2026-11-26 11:30", OFFICE),
        ("2026-11-25 16:00", 2, "2026-11-25 18:00", OFFICE),
        ("2026-11-25 22:40", 4, "2026-11-26 13:00", OFFICE),
        ("2026-11-25 06:00", 4, "2026-11-25 13:00", OFFICE),
        ("2026-11-27 17:00", 4, "2026-11-30 12:00", OFFICE),
        ("2026-11-28 11:00", 2, "2026-11-30 11:00", OFFICE),
        ("2026-11-25 11:00", 2, "2026-11-25 15:00", WITH_BREAK),
        ("2026-11-25 16:00", 24, "2026-11-30 13:00", OFFICE),
        ("2026-11-25 16:00", 24, "2026-11-26 16:00", ALWAYS),
    ],
)
def test_a_target_is_counted_in_opening_hours(start: str, hours: int, due: str, week) -> None:
    assert OpeningHours(PARIS, week).due(at(start), timedelta(hours=hours)) == at(due)


def test_holidays_are_closed() -> None:
    closed = frozenset({date(2026, 12, 24), date(2026, 12, 25)})
    opening = OpeningHours(PARIS, OFFICE, closed)
    assert opening.due(at("2026-12-23 17:00"), timedelta(hours=4)) == at("2026-12-28 12:00")
    assert not opening.is_open(at("2026-12-25 11:00"))
    assert opening.next_opening(at("2026-12-24 11:00")) == at("2026-12-28 09:00")


def test_an_hour_is_an_hour_on_the_nights_when_clocks_change() -> None:
    opening = OpeningHours(PARIS, ALWAYS)
    spring, autumn = at("2026-03-29 00:00"), at("2026-10-25 00:00")
    assert opening.due(spring, timedelta(hours=4)) == at("2026-03-29 05:00")
    assert opening.due(autumn, timedelta(hours=4)) == at("2026-10-25 03:00")
    assert opening.between(spring, at("2026-03-30 00:00")) == timedelta(hours=23)
    assert opening.between(autumn, at("2026-10-26 00:00")) == timedelta(hours=25)


def test_opening_keeps_to_the_clocks_of_its_zone() -> None:
    opening = OpeningHours(ZoneInfo("America/New_York"), OFFICE)
    assert opening.due(at("2026-11-25 10:00"), timedelta(hours=2)) == at("2026-11-25 17:00")


def test_what_never_opens_promises_nothing() -> None:
    never = OpeningHours(PARIS, ((),) * 7)
    assert never.due(at("2026-11-25 10:00"), timedelta(hours=2)) is None
    assert never.next_opening(at("2026-11-25 10:00")) is None
    assert never.between(at("2026-11-25 10:00"), at("2026-12-25 10:00")) == timedelta()


def test_overlapping_stretches_count_once() -> None:
    week = (((9 * 60, 13 * 60), (12 * 60, 14 * 60)),) * 7
    assert OpeningHours(PARIS, week).between(at("2026-11-25 00:00"), at("2026-11-26 00:00")) == timedelta(hours=5)


minutes = st.integers(0, DAY_MINUTES)
stretch = st.tuples(minutes, minutes).map(sorted).map(tuple)
zones = st.sampled_from(
    ["Europe/Paris", "UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo"]
)
weeks = st.tuples(*[st.lists(stretch, max_size=3).map(tuple)] * 7)
minutes_since_2020 = st.integers(0, 12 * 366 * DAY_MINUTES)
moments = minutes_since_2020.map(lambda count: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=count))
holidays = st.frozensets(st.dates(date(2020, 1, 1), date(2032, 12, 31)), max_size=6)
openings = st.builds(lambda zone, week, closed: OpeningHours(ZoneInfo(zone), week, closed), zones, weeks, holidays)
wanted = st.integers(1, 60 * 30).map(lambda count: timedelta(minutes=count))


@given(openings, moments, wanted)
def test_until_it_is_due_exactly_the_wanted_time_is_open(
    opening: OpeningHours, start: datetime, time: timedelta
) -> None:
    due = opening.due(start, time)
    if due is not None:
        assert due >= start + time
        assert opening.between(start, due) == time


@given(openings, moments, wanted, wanted)
def test_more_work_is_never_due_earlier(
    opening: OpeningHours, start: datetime, one: timedelta, more: timedelta
) -> None:
    first, second = opening.due(start, one), opening.due(start, one + more)
    assert first is not None or second is None
    if first and second:
        assert first < second


@given(openings, moments, wanted, wanted)
def test_who_asks_later_is_never_answered_earlier(
    opening: OpeningHours, start: datetime, time: timedelta, later: timedelta
) -> None:
    first, second = opening.due(start, time), opening.due(start + later, time)
    if first and second:
        assert first <= second


@given(openings, moments, wanted, st.dates(date(2020, 1, 1), date(2032, 12, 31)))
def test_another_holiday_never_makes_it_earlier(
    opening: OpeningHours, start: datetime, time: timedelta, day: date
) -> None:
    with_holiday = OpeningHours(opening.zone, opening.week, opening.holidays | {day})
    first, second = opening.due(start, time), with_holiday.due(start, time)
    if first and second:
        assert first <= second


@given(openings, moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(opening: OpeningHours, start: datetime) -> None:
    opens = opening.next_opening(start)
    if opens is not None:
        assert opening.is_open(opens)
        assert opening.between(start, opens) == timedelta()
