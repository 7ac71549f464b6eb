"""Why a badge was earned: the deed that reached the number."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, Greatest, RowNumber
from django.utils import timezone

from community.topics.models import PostVote
from rewards.badges.models import Badge
from rewards.badges.qualifying import Held
from rewards.metrics import EACH_ROW, METRICS, Metric, counted_rows, place_of


@dataclass(frozen=True)
class Deed:
    """When the number was reached, and by what: a topic and a post, if it is about any."""

    at: datetime
    topic_id: int | None = None
    post_id: int | None = None


def deeds(badge: Badge, held: Collection[Held]) -> dict[Held, Deed]:
    """The deed by which each of `held` was reached; for what counts people or days, the latest one. One query."""
    metric = METRICS[badge.metric]
    if metric.born and held:
        rows = metric.rows().filter(**{f"{metric.member}__in": {one.member_id for one in held}})
        born = dict(rows.values_list(metric.member, metric.born))
        return {one: Deed(born[one.member_id] + timedelta(days=badge.threshold * one.number)) for one in held}
    if not metric.at or not held:
        return {}
    is_counted = metric.count is EACH_ROW
    rows = _numbered(badge, metric, {one.member_id for one in held}, newest_first=not is_counted)
    wanted = {badge.threshold * one.number for one in held} if is_counted else {1}
    found = {}
    for member_id, place_id, nth, at, topic_id, post_id in rows.filter(nth__in=wanted).values_list(
        metric.member, "place_id", "nth", "reached", "topic_ref", "post_ref"
    ):
        scope = f"{badge.scope}:{place_id}" if badge.scope else ""
        found[member_id, scope, nth] = Deed(at, topic_id, post_id)
    return {
        one: deed
        for one in held
        if (deed := found.get((one.member_id, one.scope, badge.threshold * one.number if is_counted else 1)))
    }


def _numbered(badge: Badge, metric: Metric, members: Collection[int], *, newest_first: bool) -> QuerySet[Any]:
    """What was counted, numbered in the order in which each member did it."""
    rows = counted_rows(metric, members=members, since=badge.since(timezone.now()), field=badge.field)
    place: Any = F(place_of(metric, badge.scope)) if badge.scope else Value(0)
    rows = rows.order_by().annotate(reached=_reached(badge, metric))
    order = ["-reached", "-pk"] if newest_first else ["reached", "pk"]
    return rows.annotate(
        place_id=place,
        topic_ref=_ref(metric.topic),
        post_ref=_ref(metric.post),
        nth=Window(RowNumber(), partition_by=[F(metric.member), place], order_by=order),
    )


def _reached(badge: Badge, metric: Metric) -> Any:
    """When a row came to count: when it was done, or when its post had the votes that the badge wants."""
    done = F(metric.reached or metric.at)
    if not badge.least_votes:
        return done
    votes = PostVote.objects.filter(post=OuterRef(metric.post or "pk"), value=1).order_by("created_at", "pk")
    last = badge.least_votes - 1
    return Greatest(done, Coalesce(Subquery(votes.values("created_at")[last : last + 1]), done))


def _ref(path: str | None) -> Any:
    return Value(None, output_field=IntegerField()) if path is None else F(path or "pk")
