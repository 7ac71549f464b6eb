"""What is done once a day is begun once a day, whoever comes first."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks import task
from time_machine import TimeMachineFixture

from community.core.daily import KEPT_DAYS, begin_daily_tasks, daily_tasks
from community.core.models import DailyRun

pytestmark = pytest.mark.django_db


@task()
def count_task() -> None:
    """Nothing to do: that it began is what is counted."""


def test_a_daily_task_runs_once_a_day(time_machine: TimeMachineFixture) -> None:
    start = datetime(2026, 3, 1, 23, 58, tzinfo=UTC)
    with daily_tasks.with_entry("count", count_task):
        for minutes, expected in ((0, 1), (1, 1), (3, 2), (60, 2)):
            time_machine.move_to(start + timedelta(minutes=minutes))
            begin_daily_tasks()
            assert DailyRun.objects.filter(name="count").count() == expected
        time_machine.move_to(start + timedelta(days=KEPT_DAYS + 5))
        begin_daily_tasks()
    assert DailyRun.objects.filter(name="count").count() == 1
