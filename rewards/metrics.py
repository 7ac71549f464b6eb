"""What is counted of members: one list of measures that badges, ranks, trust and the ambassadors' programme share.

All are net of what was deleted, taken back or merged away, and none counts what somebody did for themselves.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Aggregate, Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from community.topics.models import Post, PostRevision, PostVote, Resolution, Topic
from rewards.models import Entry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# An answer to a question that has waited this long brings it back from the dead; one within minutes is quick.
OLD_QUESTION, QUICK = timedelta(days=60), timedelta(minutes=15)
EACH_ROW = Count("pk", distinct=True)


@dataclass(frozen=True)
class Field:
    """A part of the community: a section, a tag, a language, or any of them together; by default all of it."""

    section_id: int | None = None
    tag_id: int | None = None
    lang: str = ""

    def of(self, topic: str) -> Q:
        """The condition on rows that reach their topic by the path `topic` ("" when they are topics)."""
        path = f"{topic}__" if topic else ""
        wanted = {f"{path}section": self.section_id, f"{path}tags": self.tag_id, f"{path}lang": self.lang}
        return Q(**{name: value for name, value in wanted.items() if value})


EVERYWHERE = Field()


@dataclass(frozen=True)
class Metric:
    """One measure: which `rows` are counted, and by which paths they know their member, date and topic."""

    label: "_StrPromise"
    rows: Callable[[], QuerySet[Any]]
    member: str
    at: str = "created_at"
    topic: str = "topic"
    count: Aggregate = EACH_ROW


def _topics(kind: str) -> Callable[[], QuerySet[Any]]:
    return lambda: Topic.objects.listed().filter(kind=kind)


def _answers() -> QuerySet[Any]:
    """Answers to others, in topics that are there."""
    there = Post.objects.answers().filter(deleted_at=None, topic__deleted_at=None)
    return there.exclude(author=F("topic__author"))


def _comments() -> QuerySet[Any]:
    return Post.objects.filter(kind="comment", deleted_at=None, parent__deleted_at=None, topic__deleted_at=None)


def _accepted() -> QuerySet[Any]:
    """Acceptances in force of answers that are there, by someone else than their author."""
    in_force = Resolution.objects.filter(kind="answer", revoked_at=None, topic__deleted_at=None)
    return in_force.filter(answer__deleted_at=None).exclude(answer__author=F("by"))


def _votes() -> QuerySet[Any]:
    return PostVote.objects.filter(value=1, post__deleted_at=None, post__topic__deleted_at=None)


def _edits() -> QuerySet[Any]:
    return PostRevision.objects.filter(post__deleted_at=None).exclude(editor=F("post__author"))


def _entries(rule: str) -> Callable[[], QuerySet[Any]]:
    return lambda: Entry.objects.filter(rule=rule, generation=0, reversed_by=None)


METRICS: dict[str, Metric] = {
    "questions": Metric(_("questions asked"), _topics("question"), "author", topic=""),
    "discussions": Metric(_("discussions opened"), _topics("discussion"), "author", topic=""),
    "howtos": Metric(_("how-tos written"), _topics("howto"), "author", topic=""),
    "answers": Metric(_("answers to others"), _answers, "author"),
    "comments": Metric(_("comments"), _comments, "author"),
    "accepted": Metric(_("answers accepted"), _accepted, "answer__author", at="answer__created_at"),
    "accepting": Metric(_("answers of others accepted"), _accepted, "by"),
    "people_helped": Metric(
        _("people helped by an accepted answer"),
        _accepted,
        "answer__author",
        at="answer__created_at",
        count=Count("topic__author", distinct=True),
    ),
    "quick_accepted": Metric(
        _("answers accepted that came within a quarter of an hour"),
        lambda: _accepted().filter(answer__created_at__lte=F("topic__created_at") + QUICK),
        "answer__author",
        at="answer__created_at",
    ),
    "old_solved": Metric(
        _("questions older than 60 days solved"),
        lambda: _accepted().filter(answer__created_at__gte=F("topic__created_at") + OLD_QUESTION),
        "answer__author",
        at="answer__created_at",
    ),
    "votes_received": Metric(_("helpful votes received"), _votes, "post__author", topic="post__topic"),
    "voters": Metric(
        _("members who found an answer helpful"),
        _votes,
        "post__author",
        topic="post__topic",
        count=Count("user", distinct=True),
    ),
    "votes_given": Metric(_("helpful votes given"), _votes, "user", topic="post__topic"),
    "topics_answered": Metric(
        _("questions of others answered"), _answers, "author", count=Count("topic", distinct=True)
    ),
    "sections_helped": Metric(
        _("sections with an accepted answer"),
        _accepted,
        "answer__author",
        at="answer__created_at",
        count=Count("topic__section", distinct=True),
    ),
    "edits": Metric(
        _("texts of others improved"), _edits, "editor", topic="post__topic", count=Count("post", distinct=True)
    ),
    "duplicates": Metric(_("questions joined that ask the same"), _entries("duplicate_link"), "actor"),
    "readers_helped": Metric(_("readers who said: this answers me"), _entries("reader_helped"), "member"),
    "reputation": Metric(
        _("points of reputation"), lambda: Entry.objects.all(), "member", count=Sum("effective", default=0)
    ),
}


def measure(
    name: str,
    *,
    members: Collection[int] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    field: Field = EVERYWHERE,
) -> dict[int, int]:
    """The measure `name` by member id, of `members` or of everybody; who has nothing to count is left out. One query.

    `since` (inclusive) and `until` (exclusive) bound when it was done. Raises KeyError for a name not in METRICS.
    """
    metric = METRICS[name]
    rows = metric.rows().filter(field.of(metric.topic)).exclude(**{metric.member: None})
    if members is not None:
        rows = rows.filter(**{f"{metric.member}__in": members})
    if since is not None:
        rows = rows.filter(**{f"{metric.at}__gte": since})
    if until is not None:
        rows = rows.filter(**{f"{metric.at}__lt": until})
    counted = rows.order_by().values_list(metric.member).annotate(counted=metric.count)
    return {member_id: count for member_id, count in counted if count}
