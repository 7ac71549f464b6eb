"""How far a member is on the way to each badge."""

from collections.abc import Iterable
from typing import Any

from django.db.models import IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from community.accounts.models import User
from rewards.badges.models import Badge
from rewards.metrics import METRICS, counted_rows, place_of
from rewards.pauses import Pause, pauses_of


def progress_of(member: User, badges: Iterable[Badge]) -> dict[int, int]:
    """What is counted of `member` for each of `badges` that a rule gives, by the badge's id; 0 is left out.

    For a badge of each section or tag it is the best one. Two queries, whatever the number of badges.
    """
    by_measure: dict[Any, list[Badge]] = {}
    for badge in badges:
        if badge.is_automatic:
            by_measure.setdefault((badge.metric, badge.scope, badge.field, badge.window_days), []).append(badge)
    alike = list(by_measure.values())
    times = pauses_of([member.pk]).get(member.pk, [])
    rows = [_counted(same[0], number, member, times) for number, same in enumerate(alike)]
    best: dict[int, int] = {}
    for number, count in rows[0].union(*rows[1:], all=True) if rows else ():
        for badge in alike[number]:
            best[badge.pk] = max(best.get(badge.pk, 0), count or 0)
    return {pk: count for pk, count in best.items() if count}


def _counted(badge: Badge, number: int, member: User, times: list[Pause]) -> QuerySet[Any, Any]:
    """What is counted for `badge` in a window without `times`, and the `number` by which it is known in the union."""
    metric = METRICS[badge.metric]
    since = badge.since(timezone.now(), times)
    rows = counted_rows(metric, members=[member.pk], since=since, field=badge.field).order_by()
    places = [place_of(metric, badge.scope)] if badge.scope else []
    counted = rows.values(metric.member, *places).annotate(counted=Cast(metric.count, IntegerField()))
    return counted.annotate(number=Value(number)).values_list("number", "counted")
