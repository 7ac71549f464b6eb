"""What is counted of members: one list of measures that badges, ranks, trust and the ambassadors' programme share.

All are net of what was deleted, taken back or merged away, and none counts what somebody did for themselves.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Aggregate, Count, F, Func, IntegerField, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.accounts.events import ProfileChanged
from community.accounts.models import User
from community.core.events import Event
from community.topics import events
from community.topics.models import Post, PostRevision, PostVote, Resolution, Topic
from rewards.models import Entry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# An answer to a question that has waited this long brings it back from the dead; one within minutes is quick.
OLD_QUESTION, QUICK = timedelta(days=60), timedelta(minutes=15)
# The night of the site's own time zone; a question is shared by many from this number on.
NIGHT_FROM, NIGHT_UNTIL, MANY = 23, 5, 5
SATURDAY, SUNDAY = 7, 1
EACH_ROW = Count("pk", distinct=True)

Moves = tuple[type[Event], ...]
ACCEPTING: Moves = (events.AnswerAccepted, events.AnswerUnaccepted)
WRITING: Moves = (events.TopicAsked, events.AnswerPosted, events.CommentPosted)
# What they touch may count no longer, or elsewhere: they move every measure of what is written.
COMING_AND_GOING: Moves = (
    events.PostDeleted,
    events.PostRestored,
    events.TopicMerged,
    events.TopicUnmerged,
    events.TopicMoved,
)
PAYING: Moves = (*ACCEPTING, events.PostVoted, events.AnswerConfirmed, events.PostEdited)


@dataclass(frozen=True)
class Field:
    """A part of the community: a section, a tag, a language, a kind of topic, or any of them together.

    With `votes` only posts that at least so many members found helpful are counted. By default it is all of it.
    """

    section_id: int | None = None
    tag_id: int | None = None
    lang: str = ""
    kind: str = ""
    votes: int = 0

    def of(self, topic: str) -> Q:
        """The condition on rows that reach their topic by the path `topic` ("" when they are topics)."""
        path = f"{topic}__" if topic else ""
        wanted = {"section": self.section_id, "tags": self.tag_id, "lang": self.lang, "kind": self.kind}
        return Q(**{f"{path}{name}": value for name, value in wanted.items() if value})


EVERYWHERE = Field()


@dataclass(frozen=True)
class Metric:
    """One measure: which `rows` are counted, and by which paths they know their member, date, topic and post.

    `at` is empty for what has no date; `topic` and `post` are None for what is about none, and "" when the rows are
    that themselves. `reached` is when a row came to count, if not `at`; what grows by one a day counts from `born`.
    `moved_by` are the events that change it; what only time changes has none.
    """

    label: "_StrPromise"
    rows: Callable[[], QuerySet[Any]]
    member: str
    at: str = "created_at"
    topic: str | None = "topic"
    count: Aggregate = EACH_ROW
    post: str | None = None
    reached: str = ""
    born: str = ""
    moved_by: Moves = ()

    @property
    def movers(self) -> Moves:
        """Every event that may change it."""
        return self.moved_by if self.topic is None else (*self.moved_by, *COMING_AND_GOING)


class DaysBetween(Func):
    """Whole days to one moment from an earlier one."""

    arity = 2
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """As PostgreSQL says it."""
        template = "FLOOR(EXTRACT(EPOCH FROM (%(expressions)s)) / 86400)::integer"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **more)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """As SQLite says it."""
        template = "CAST(julianday(%(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **more)


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


def _at_night() -> QuerySet[Any]:
    return _answers().filter(Q(created_at__hour__gte=NIGHT_FROM) | Q(created_at__hour__lt=NIGHT_UNTIL))


def _posts() -> QuerySet[Any]:
    return Post.objects.filter(deleted_at=None, topic__deleted_at=None)


def _members() -> QuerySet[Any]:
    """Members with the days since they joined."""
    return User.objects.filter(is_active=True).annotate(days=DaysBetween(Value(timezone.now()), "date_joined"))


def _accepted_metric(label: "_StrPromise", rows: Callable[[], QuerySet[Any]] = _accepted, **more: Any) -> Metric:
    """A measure of accepted answers, for who wrote them; it counts on the day when they wrote it."""
    paths = {"at": "answer__created_at", "post": "answer", "reached": "created_at"}
    return Metric(label, rows, "answer__author", **{**paths, "moved_by": ACCEPTING, **more})


def _answered(label: "_StrPromise", rows: Callable[[], QuerySet[Any]] = _answers, **more: Any) -> Metric:
    """A measure of answers to others."""
    return Metric(label, rows, "author", post="", moved_by=(events.AnswerPosted,), **more)


def _opened(label: "_StrPromise", kind: str) -> Metric:
    return Metric(label, _topics(kind), "author", topic="", moved_by=(events.TopicAsked,))


VOTING: Moves = (events.PostVoted,)

METRICS: dict[str, Metric] = {
    "questions": _opened(_("questions asked"), "question"),
    "discussions": _opened(_("discussions opened"), "discussion"),
    "howtos": _opened(_("how-tos written"), "howto"),
    "shared_questions": Metric(
        _("questions asked that five others have too"),
        lambda: _topics("question")().filter(same_problem_count__gte=MANY),
        "author",
        topic="",
        moved_by=(events.ProblemShared,),
    ),
    "answers": _answered(_("answers to others")),
    "night_answers": _answered(_("answers to others between 11 p.m. and 5 a.m."), _at_night),
    "weekend_answers": _answered(
        _("answers to others on a Saturday or Sunday"),
        lambda: _answers().filter(created_at__week_day__in=(SATURDAY, SUNDAY)),
    ),
    "first_to_answer": _answered(
        _("questions of others answered as the first"),
        lambda: _answers().filter(topic__kind="question", created_at=F("topic__first_answer_at")),
    ),
    "topics_answered": _answered(_("questions of others answered"), count=Count("topic", distinct=True)),
    "languages_answered": _answered(_("languages answered in"), count=Count("topic__lang", distinct=True)),
    "comments": Metric(_("comments"), _comments, "author", post="", moved_by=(events.CommentPosted,)),
    "accepted": _accepted_metric(_("answers accepted")),
    "accepting": Metric(_("answers of others accepted"), _accepted, "by", post="answer", moved_by=ACCEPTING),
    "people_helped": _accepted_metric(
        _("people helped by an accepted answer"), count=Count("topic__author", distinct=True)
    ),
    "quick_accepted": _accepted_metric(
        _("answers accepted that came within a quarter of an hour"),
        lambda: _accepted().filter(answer__created_at__lte=F("topic__created_at") + QUICK),
    ),
    "old_solved": _accepted_metric(
        _("questions older than 60 days solved"),
        lambda: _accepted().filter(answer__created_at__gte=F("topic__created_at") + OLD_QUESTION),
    ),
    "sections_helped": _accepted_metric(
        _("sections with an accepted answer"), count=Count("topic__section", distinct=True)
    ),
    "languages_helped": _accepted_metric(
        _("languages with an accepted answer"), count=Count("topic__lang", distinct=True)
    ),
    "votes_received": Metric(
        _("helpful votes received"), _votes, "post__author", topic="post__topic", post="post", moved_by=VOTING
    ),
    "voters": Metric(
        _("members who found an answer helpful"),
        _votes,
        "post__author",
        topic="post__topic",
        count=Count("user", distinct=True),
        post="post",
        moved_by=VOTING,
    ),
    "votes_given": Metric(_("helpful votes given"), _votes, "user", topic="post__topic", post="post", moved_by=VOTING),
    "edits": Metric(
        _("texts of others improved"),
        _edits,
        "editor",
        topic="post__topic",
        count=Count("post", distinct=True),
        post="post",
        moved_by=(events.PostEdited,),
    ),
    "duplicates": Metric(_("questions joined that ask the same"), _entries("duplicate_link"), "actor"),
    "readers_helped": Metric(
        _("readers who said: this answers me"), _entries("reader_helped"), "member", moved_by=(events.AnswerConfirmed,)
    ),
    "reputation": Metric(
        _("points of reputation"),
        lambda: Entry.objects.all(),
        "member",
        count=Sum("effective", default=0),
        moved_by=PAYING,
    ),
    "days_active": Metric(
        _("days with something written"),
        _posts,
        "author",
        count=Count(TruncDate("created_at"), distinct=True),
        post="",
        moved_by=WRITING,
    ),
    "days_member": Metric(
        _("days since joining"),
        _members,
        "pk",
        at="",
        topic=None,
        count=Max("days"),
        born="date_joined",
    ),
    "introduced": Metric(
        _("said something about themselves"),
        lambda: User.objects.exclude(profile__bio=""),
        "pk",
        at="",
        topic=None,
        moved_by=(ProfileChanged,),
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

    `since` (inclusive) and `until` (exclusive) bound when it was done. Raises KeyError for a name not in METRICS, and
    ValueError for bounds or a field that it does not know.
    """
    metric = METRICS[name]
    rows = counted_rows(metric, members=members, since=since, until=until, field=field)
    counted = rows.order_by().values_list(metric.member).annotate(counted=metric.count)
    return {member_id: count for member_id, count in counted if count}


def measure_by(
    name: str,
    by: str,
    *,
    members: Collection[int] | None = None,
    since: datetime | None = None,
    field: Field = EVERYWHERE,
) -> dict[tuple[int, int], int]:
    """The measure `name` by member id and by id of a section or tag (`by` says which). One query; as `measure`."""
    metric = METRICS[name]
    rows = counted_rows(metric, members=members, since=since, field=field)
    place = place_of(metric, by)
    counted = rows.exclude(**{place: None}).order_by().values_list(metric.member, place).annotate(counted=metric.count)
    return {(member_id, place_id): count for member_id, place_id, count in counted if count}


def place_of(metric: Metric, by: str) -> str:
    """The path to the "section" or "tag" of what `metric` counts. Raises ValueError when it is about no topic."""
    if metric.topic is None:
        raise ValueError(f"{metric.label} is about no topic.")
    name = {"section": "section", "tag": "tags"}[by]
    return f"{metric.topic}__{name}" if metric.topic else name


def counted_rows(
    metric: Metric,
    *,
    members: Collection[int] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    field: Field = EVERYWHERE,
) -> QuerySet[Any]:
    """What `metric` counts. Raises ValueError for bounds or a field that it does not know."""
    if (metric.topic is None and field.of("")) or (field.votes and metric.post is None):
        raise ValueError(f"{metric.label} is about no topic, or no post.")
    if not metric.at and (since or until):
        raise ValueError(f"{metric.label} has no date.")
    rows = metric.rows().exclude(**{metric.member: None})
    if metric.topic is not None:
        rows = rows.filter(field.of(metric.topic))
    if field.votes:
        rows = rows.filter(**{f"{metric.post}__up_count__gte" if metric.post else "up_count__gte": field.votes})
    if members is not None:
        rows = rows.filter(**{f"{metric.member}__in": members})
    if since is not None:
        rows = rows.filter(**{f"{metric.at}__gte": since})
    if until is not None:
        rows = rows.filter(**{f"{metric.at}__lt": until})
    return rows
