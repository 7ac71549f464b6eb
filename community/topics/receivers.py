"""What the forum does when things happen: counts follow, and people hear of what they follow."""

from collections.abc import Iterable

from django.db.models import F

from community.accounts.events import MemberErased
from community.core import page_cache
from community.core.events import receives
from community.topics import events
from community.topics.actions.recount import recount_section, recount_tags
from community.topics.models import Draft, Follow, IdempotencyKey, ReadMark, Section, Topic


@receives(
    events.TopicAsked,
    events.AnswerPosted,
    events.PostDeleted,
    events.PostRestored,
    events.TopicMerged,
    events.TopicUnmerged,
    events.TopicReopened,
    events.TopicSolvedOtherwise,
    events.AnswerAccepted,
    events.AnswerUnaccepted,
    later=True,
)
def recount_its_section(event: events.TopicEvent) -> None:
    """The section's card shows how many questions wait, and for how long."""
    _recount_sections([event.section_id])


@receives(events.TopicMoved, later=True)
def recount_both_sections(event: events.TopicMoved) -> None:
    """A topic that moves leaves one section and enters another."""
    _recount_sections([event.section_id, event.from_section_id])


@receives(
    events.TopicAsked,
    events.PostEdited,
    events.PostDeleted,
    events.PostRestored,
    events.TopicMerged,
    events.TopicUnmerged,
    events.TopicMoved,
    later=True,
)
def recount_its_tags(event: events.TopicEvent) -> None:
    """Tags are listed by how many topics carry them."""
    untagged = event.untagged_ids if isinstance(event, events.PostEdited) else ()
    for topic in Topic.objects.filter(pk=event.topic_id):
        if recount_tags([*topic.tags.values_list("pk", flat=True), *untagged]):
            page_cache.touch(("lists",))


def _recount_sections(ids: Iterable[int]) -> None:
    for section in Section.objects.filter(pk__in=ids):
        if recount_section(section):
            page_cache.touch(("lists",))


@receives(MemberErased)
def forget_what_only_they_saw(event: MemberErased) -> None:
    """Drafts, and what was read and followed; what was published stays."""
    followed = Follow.objects.filter(user=event.member_id)
    Topic.objects.filter(pk__in=followed.values("topic")).update(follower_count=F("follower_count") - 1)
    for rows in (followed, *(kind.objects.filter(user=event.member_id) for kind in (Draft, IdempotencyKey, ReadMark))):
        rows.delete()
