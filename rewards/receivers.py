"""What rewards do when things happen: the ledger follows in the same transaction, leaderboards a moment later."""

from datetime import datetime

from django.utils import timezone

from community.accounts.events import MembersImported
from community.accounts.models import User
from community.core.events import Event, receives
from community.topics import events
from community.topics.models import Post
from rewards.boards.counting import count_entries
from rewards.ledger import facts
from rewards.ledger.settling import Claim, guests_of, open_ledgers, settle


@receives(events.AnswerAccepted, events.AnswerUnaccepted, events.PostDeleted, events.PostRestored)
def settle_posts(event: events.PostEvent) -> None:
    """What was accepted pays; what is deleted pays nobody, and pays again when it is back.

    The ledger becomes what the rows say of the post, or of all posts of a topic whose opening went or came.
    """
    post_ids = {event.post_id}
    if isinstance(event, events.PostDeleted | events.PostRestored):
        opening = Post.objects.filter(pk=event.post_id, kind="opening").values("topic")
        post_ids |= set(Post.objects.filter(topic__in=opening).values_list("pk", flat=True))
    list(
        Post.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=post_ids)
        .order_by("pk")
        .values_list("pk")
    )
    settle(facts.of_posts(post_ids))


@receives(events.PostVoted, again=settle_posts)
def pay_for_vote(event: events.PostVoted) -> None:
    """A vote pays, or costs, the author at once; it is what the event says, for the action has locked the post."""
    about = (event.post_id, event.topic_id)
    at = datetime.fromisoformat(event.at) if event.at else None
    settle(facts.votes(post=about, author_id=event.author_id, by_id=event.by_id, value=event.value, at=at))


@receives(MembersImported)
def open_imported_ledgers(event: MembersImported) -> None:
    """Nobody loses what they earned by moving here."""
    open_ledgers(dict(event.reputations))


@receives(events.AnswerConfirmed)
def pay_for_a_reader_helped(event: events.AnswerConfirmed) -> None:
    """Readers without an account pay an answer once a day together, each member once for ever."""
    by_key = guests_of(timezone.now().date()) if event.by_id is None else str(event.by_id)
    for author_id in Post.objects.filter(pk=event.post_id).exclude(author=event.by_id).values_list("author", flat=True):
        settle({Claim("reader_helped", author_id, by_key, ("post", event.post_id), event.topic_id): True})


@receives(events.PostEdited)
def pay_for_an_edit(event: events.PostEdited) -> None:
    """Whoever improves what someone else wrote is paid once for each post; for moderators it is their work."""
    editor = User.objects.filter(pk=event.by_id).exclude(pk=event.author_id).first()
    if editor is not None and not editor.can_moderate:
        settle({Claim("edit", editor.pk, str(editor.pk), ("post", event.post_id), event.topic_id): True})


@receives(events.TopicMerged)
def pay_for_a_duplicate_found(event: events.TopicMerged) -> None:
    """Whoever joins two questions of others spares readers the search."""
    if event.by_id != event.author_id:
        settle({Claim("duplicate_link", event.by_id, str(event.by_id), ("topic", event.topic_id), event.into_id): True})


@receives(events.TopicUnmerged)
def take_back_a_duplicate_found(event: events.TopicUnmerged) -> None:
    """They did not ask the same after all."""
    settle(facts.of_topics([event.topic_id]))


@receives(
    events.PostVoted,
    events.AnswerAccepted,
    events.AnswerUnaccepted,
    events.PostDeleted,
    events.PostRestored,
    events.PostEdited,
    events.TopicMerged,
    events.TopicUnmerged,
    events.AnswerConfirmed,
    MembersImported,
    later=True,
)
def count_what_was_earned(event: Event) -> None:
    """Leaderboards follow."""
    count_entries()
