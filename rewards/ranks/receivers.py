"""Ranks follow what happens, a moment later: of those only whose figures it moves."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from community.accounts.events import MemberEvent, MemberJoined, RoleChanged
from community.accounts.models import User
from community.core.events import receives
from community.notifications.actions.notify import notify
from community.topics import events
from community.topics.models import Post, PostRevision, PostVote, Resolution
from rewards.events import VotesReviewed
from rewards.ranks.events import RanksChanged
from rewards.ranks.models import Cause
from rewards.ranks.moving import recompute
from rewards.ranks.notification_kinds import kind_of


@receives(
    events.TopicAsked,
    events.AnswerPosted,
    events.CommentPosted,
    events.PostEdited,
    events.PostVoted,
    later=True,
)
def rank_author_and_doer(event: events.TopicEvent) -> None:
    """Those whom the event names."""
    recompute({event.by_id, getattr(event, "author_id", event.by_id)}, cause=Cause.ACT)


@receives(events.AnswerAccepted, events.AnswerUnaccepted, events.PostDeleted, events.PostRestored, later=True)
def rank_all_about_a_post(event: events.PostEvent) -> None:
    """Whoever had to do with the post; with its whole topic, when an opening goes or comes."""
    there = Q(pk=event.post_id) | Q(parent=event.post_id)
    if Post.objects.filter(pk=event.post_id, kind="opening").exists():
        there = Q(topic=event.topic_id)
    recompute({event.by_id, event.author_id, *with_a_part_in(Post.objects.filter(there))}, cause=Cause.ACT)


@receives(events.TopicMoved, events.TopicMerged, events.TopicUnmerged, later=True)
def rank_all_about_a_topic(event: events.TopicEvent) -> None:
    """Whoever had to do with the topic."""
    recompute({event.by_id, *with_a_part_in(Post.objects.filter(topic=event.topic_id))}, cause=Cause.ACT)


@receives(events.AnswerConfirmed, later=True)
def rank_whoever_spared_the_asking(event: events.AnswerConfirmed) -> None:
    """The author of the answer."""
    recompute(Post.objects.filter(pk=event.post_id).values_list("author", flat=True), cause=Cause.ACT)


@receives(MemberJoined, RoleChanged, later=True)
def rank_a_member(event: MemberEvent) -> None:
    """New members start on the lowest rank; whoever joins the team leaves the ladder."""
    recompute([event.member_id], cause=Cause.JOINED)


@receives(VotesReviewed, later=True)
def rank_those_reviewed(event: VotesReviewed) -> None:
    """Votes were taken back, or given again."""
    recompute(event.member_ids, cause=Cause.ACT)


@receives(RanksChanged, later=True)
def tell_those_who_went_up(event: RanksChanged) -> None:
    """Each rank once for ever: nobody hears twice of one that came and went."""
    people = User.objects.in_bulk([pk for pk, _slug in event.raised])
    for pk, slug in event.raised:
        if pk in people:
            notify(people[pk], kind_of(slug), data={"rank": slug}, key=slug)


def with_a_part_in(posts: QuerySet[Post]) -> set[int]:
    """Who wrote, voted on, improved, accepted or took part in `posts`. Four queries."""
    found: set[int] = set()
    for people in _parts(posts):
        found.update(pk for pk in people if pk)
    return found


def _parts(posts: QuerySet[Post]) -> Iterable[Iterable[int | None]]:
    pks = posts.values("pk")
    yield posts.values_list("author", flat=True)
    yield PostVote.objects.filter(post__in=pks).values_list("user", flat=True)
    yield PostRevision.objects.filter(post__in=pks).values_list("editor", flat=True)
    yield Resolution.objects.filter(answer__in=pks).values_list("by", flat=True)
