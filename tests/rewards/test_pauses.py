"""Declared leave stops the clock: a window of so many days has as many days that count, whoever was away."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from community.accounts.models import User
from community.topics.models import Section
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.lifecycle import State
from rewards.badges.filling import look_through
from rewards.badges.models import Award
from rewards.pauses import Pause, pauses, pauses_of, window_start
from rewards.trust.figures import lately
from rewards.trust.models import MemberDay
from tests.factories.ambassadors import make_ambassador, make_manager
from tests.factories.badges import make_badge
from tests.factories.topics import make_answer, make_topic, make_user

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


@st.composite
def times(draw: st.DrawFn) -> Sequence[Pause]:
    """Pauses one after the other, up to now; the last may go on."""
    cuts = sorted(draw(st.lists(st.integers(0, 1000), unique=True, max_size=9)), reverse=True)
    moments = [NOW - timedelta(days=cut) for cut in cuts]
    pairs: list[Pause] = list(zip(moments[::2], moments[1::2], strict=False))
    return [*pairs, (moments[-1], None)] if len(moments) % 2 else pairs


@given(away_from=times(), days=st.integers(1, 400))
def test_as_many_days_count_whoever_was_away(away_from: Sequence[Pause], days: int) -> None:
    start = window_start(NOW, days, away_from)
    reaching = [(begins, ends or NOW) for begins, ends in away_from if (ends or NOW) > start]
    away = sum((ends - max(begins, start) for begins, ends in reaching), timedelta())
    assert NOW - start - away == timedelta(days=days)


@pytest.mark.django_db
def test_a_leave_stops_the_clock_of_trust_and_of_badges_until_it_ends(asker: User, section: Section) -> None:
    # Ahead of the database's own clock, by which tasks are due.
    with time_machine.travel(timezone.now() + timedelta(hours=1)) as clock:
        manager = make_manager()
        amina, tom = make_ambassador("amina", manager), make_ambassador("tom", manager)
        badge = make_badge(metric="answers", window_days=30, is_revocable=True)
        for member in (amina, tom):
            MemberDay.objects.create(member=member, day=timezone.now().date(), seconds=60, posts_read=7)
            make_answer(make_topic(asker, section), member)
        assert holders_after_a_day() == ["amina", "tom"]
        take_step(amina, State.ON_LEAVE, by=amina)
        clock.shift(timedelta(days=150))
        assert counted(amina, tom) == [(1, 7, 1), (0, 0, 0)]
        assert holders_after_a_day() == ["amina"]
        take_step(amina, State.ACTIVE, by=amina)
        clock.shift(timedelta(days=20))
        assert [len(times) for times in pauses_of(None).values()] == [1]
        assert holders_after_a_day() == ["amina"]
        clock.shift(timedelta(days=15))
        assert counted(amina, tom) == [(1, 7, 1), (0, 0, 0)]
        assert holders_after_a_day() == []
        clock.shift(timedelta(days=70))
        assert counted(amina, tom) == [(0, 0, 0), (0, 0, 0)]
    assert Award.objects.filter(badge=badge).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("ended", "said"), [(30, True), (400, False)])
def test_the_trust_page_speaks_of_leave_that_reaches_into_the_days_it_counts(
    client: Client, ended: int, said: bool
) -> None:
    amina, now = make_user("amina", trust_level=2), timezone.now()
    leave: Pause = (now - timedelta(days=ended + 60), now - timedelta(days=ended))
    client.force_login(amina)
    with pauses.with_entry("leave of the test", lambda _ids: {amina.pk: [leave]}):
        page = client.get("/en/me/trust/").content.decode()
    assert "Counted over the last 100 days" in page
    assert ("Days on leave are left out." in page) is said


def counted(*members: User) -> list[tuple[int, int, int]]:
    """Days of reading, posts read and topics answered in the window that trust looks at."""
    figures = lately([member.pk for member in members])
    found = [figures[member.pk] for member in members]
    return [(one.get("days", 0), one.get("posts_share", 0), one["topics_answered"]) for one in found]


def holders_after_a_day() -> list[str]:
    look_through()
    return list(Award.objects.in_force().order_by("member").values_list("member__username", flat=True))
