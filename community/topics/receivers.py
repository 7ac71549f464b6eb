"""What the forum does when things happen: counts follow, and people hear of what they follow."""

from community.core.events import receives
from community.topics import events
from community.topics.tasks import recount_section_task, recount_tags_task


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
)
def recount_its_section(event: events.TopicEvent) -> None:
    """The section's card shows how many questions wait, and for how long."""
    recount_section_task.enqueue(event.section_id)


@receives(events.TopicMoved)
def recount_both_sections(event: events.TopicMoved) -> None:
    """A topic that moves leaves one section and enters another."""
    recount_section_task.enqueue(event.section_id)
    recount_section_task.enqueue(event.from_section_id)


@receives(
    events.TopicAsked,
    events.PostEdited,
    events.PostDeleted,
    events.PostRestored,
    events.TopicMerged,
    events.TopicUnmerged,
    events.TopicMoved,
)
def recount_its_tags(event: events.TopicEvent) -> None:
    """Tags are listed by how many topics carry them."""
    untagged = event.untagged_ids if isinstance(event, events.PostEdited) else ()
    recount_tags_task.enqueue(event.topic_id, list(untagged))
