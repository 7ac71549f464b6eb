"""The queue of an ambassador: questions that suit them, with who waits for an answer and who is writing one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.core.pagination import Page, paginate
from community.topics.models import Follow, Post, SameProblem, Topic
from rewards.ambassadors.models import Ambassadorship, Answering
from rewards.metrics import measure

PAGE_SIZE = 15


@dataclass(frozen=True)
class Tab:
    """One way to look at what waits."""

    name: str
    label: str | Promise
    of: Q
    order: tuple[str, str]


TABS = {
    tab.name: tab
    for tab in (
        Tab("longest", _("Waiting longest"), Q(answer_count=0), ("created_at", "id")),
        Tab("shared", _("Most people"), Q(same_problem_count__gt=0), ("-same_problem_count", "-id")),
    )
}


@dataclass(frozen=True)
class Waiting:
    """A question of the queue. `people` wait for an answer; `answering` is somebody else, or the reader (`is_mine`)."""

    topic: Topic
    people: int
    answering: Answering | None
    is_mine: bool


def suiting(ambassadorship: Ambassadorship) -> QuerySet[Topic]:
    """Open questions of others in an ambassador's languages, and sections or tags, that they have not answered."""
    me = ambassadorship.member_id
    tagged = Topic.objects.filter(pk=OuterRef("pk"), tags__in=ambassadorship.tags.all())
    fields = Q(section__in=ambassadorship.sections.all()) | Q(Exists(tagged))
    has_fields = bool(ambassadorship.sections.all()) or bool(ambassadorship.tags.all())
    waiting = Topic.objects.listed().filter(kind="question", is_solved=False, is_closed=False)
    if len(ambassadorship.languages) < len(settings.LANGUAGES):
        waiting = waiting.filter(lang__in=ambassadorship.languages)
    own = Post.objects.filter(topic=OuterRef("pk"), author=me, kind="answer", deleted_at=None)
    return waiting.filter(fields if has_fields else Q()).exclude(author=me).exclude(Exists(own))


def page_of_waiting(ambassadorship: Ambassadorship, tab: Tab, cursor: str) -> tuple[list[Waiting], Page[Topic]]:
    """A page of the queue, whose sections and tags are loaded. Four queries. Raises Http404 for a cursor of none."""
    page = paginate(suiting(ambassadorship).filter(tab.of).select_related("section"), tab.order, cursor, PAGE_SIZE)
    ids, me = [topic.pk for topic in page.items], ambassadorship.member_id
    people = people_waiting(ids, but_for=me)
    writing = {row.topic_id: row for row in Answering.objects.now().filter(topic__in=ids)}
    rows = []
    for topic in page.items:
        answering = writing.get(topic.pk)
        is_mine = answering is not None and answering.member_id == me
        rows.append(Waiting(topic, people[topic.pk], answering, is_mine))
    return rows, page


def people_waiting(topic_ids: list[int], *, but_for: int) -> dict[int, int]:
    """How many people wait for an answer to each topic: the asker, followers, and those with the same problem who do
    not follow; each once. Two queries.
    """
    follows = Follow.objects.filter(topic__in=topic_ids).exclude(user=but_for).exclude(user=F("topic__author"))
    following = Follow.objects.filter(topic=OuterRef("topic"), user=OuterRef("user"))
    sharing = SameProblem.objects.filter(topic__in=topic_ids).exclude(user=but_for).exclude(Exists(following))
    counts = dict.fromkeys(topic_ids, 1)
    for rows in (follows, sharing):
        for topic_id, count in rows.order_by().values_list("topic").annotate(count=Count("pk")):
            counts[topic_id] += count
    return counts


def week_start(now: datetime) -> datetime:
    """Monday, midnight, in the site's time."""
    local = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return local - timedelta(days=local.weekday())


def load_of(members: list[int], now: datetime) -> dict[int, int]:
    """How many answers each of `members` gave this week. One query."""
    return measure("answers", members=members, since=week_start(now))


def answering_now(topic: Topic, reader: User) -> tuple[Answering | None, bool]:
    """Who says that they are answering `topic`, and whether that is `reader`. One query."""
    found = Answering.objects.now().filter(topic=topic).first()
    return found, found is not None and found.member_id == reader.pk
