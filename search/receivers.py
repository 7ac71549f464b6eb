"""What search does when things happen: the index follows, and what was read before asking stays with the question."""

from collections.abc import Iterable

from community.core.events import receives
from community.notifications.actions.notify import notify_all
from community.pages.events import ArticlePublished, ArticleUnpublished
from community.tickets.events import TicketOpened
from community.topics import events
from community.topics.models import Post, Topic
from search.actions.ask_session import bind_question, bind_ticket
from search.deflection.recording import note
from search.deflection.visits import current_pseudonym
from search.engines.chosen import engines
from search.indexing import mark_outdated
from search.models import Place, Step
from search.tasks import bring_up_to_date_task


@receives(
    events.TopicAsked,
    events.AnswerPosted,
    events.PostEdited,
    events.PostDeleted,
    events.PostRestored,
    events.AnswerAccepted,
    events.AnswerUnaccepted,
    events.TopicSolvedOtherwise,
    events.TopicReopened,
    events.TopicMoved,
    events.TopicMerged,
    events.TopicUnmerged,
)
def index_the_topic(event: events.TopicEvent) -> None:
    """A topic is found by what it says now."""
    _refresh("topic", [event.topic_id])


@receives(events.PostVoted, later=True)
def index_what_was_voted_on(event: events.PostVoted) -> None:
    """What a vote changes in the order of results can wait a moment; the voter cannot."""
    _refresh("topic", [event.topic_id])


@receives(events.BulkImported)
def index_what_was_imported(event: events.BulkImported) -> None:
    """Imported topics are found like any others."""
    _refresh("topic", event.topic_ids)


@receives(events.SectionChanged)
def index_the_section(event: events.SectionChanged) -> None:
    """A section that opens or closes shows or hides its topics."""
    _refresh("topic", Topic.objects.filter(section=event.section_id).values_list("pk", flat=True))


@receives(ArticlePublished)
def index_the_article(event: ArticlePublished) -> None:
    """A help article is found once it is live."""
    _refresh("article", [event.article_id])


@receives(ArticleUnpublished)
def forget_the_article(event: ArticleUnpublished) -> None:
    """A help article is found as long as it is live."""
    _refresh("article", [event.article_id])


def _refresh(kind: str, ids: Iterable[int]) -> None:
    changed = list(ids)
    for engine in engines():
        mark_outdated(engine.name, kind, changed)
        bring_up_to_date_task.enqueue(engine.name)


@receives(events.TopicAsked)
def keep_what_was_read(event: events.TopicAsked) -> None:
    """Helpers see which answers the asker was shown before asking."""
    bind_question(event.ask_session, topic_id=event.topic_id, read=event.read)
    if pseudonym := current_pseudonym():
        note(pseudonym, Step.QUESTION_ASKED, place=Place.ASK, target=f"topic:{event.topic_id}")


@receives(TicketOpened)
def keep_what_a_customer_read(event: TicketOpened) -> None:
    """Agents see which answers did not help; a deflection that failed is counted as one."""
    bind_ticket(event.ask_session, ticket_id=event.ticket_id)
    if pseudonym := current_pseudonym():
        note(pseudonym, Step.TICKET_SENT, place=Place.HELP, target=f"ticket:{event.ticket_id}")


@receives(events.AnswerConfirmed, later=True)
def thank_the_answerer(event: events.AnswerConfirmed) -> None:
    """Whoever wrote an answer hears, once, that it spared someone the asking."""
    data = {"topic_id": event.topic_id, "post_id": event.post_id}
    for author_id in (
        Post.objects.filter(pk=event.post_id).exclude(author_id=event.by_id).values_list("author_id", flat=True)
    ):
        notify_all([author_id], "thanked", data=data, key=f"thanked:{event.post_id}")
