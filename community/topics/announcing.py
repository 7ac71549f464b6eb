"""Who hears of what happens in the forum: each person once for each thing, and never of what they did themselves."""

from community.accounts.models import User
from community.core.events import receives
from community.notifications.actions.mark_read import withdraw
from community.notifications.actions.notify import notify_all
from community.topics import events
from community.topics.models import Follow, Post, Topic


def _actor(event: events.TopicEvent) -> User:
    return User.objects.get(pk=event.by_id)


def _mention(event: events.TopicEvent, post_id: int, mentioned: tuple[int, ...]) -> None:
    if mentioned:
        data = {"topic_id": event.topic_id, "post_id": post_id}
        notify_all(mentioned, "mention", actor=_actor(event), data=data, key=f"post:{post_id}")


@receives(events.TopicAsked, later=True)
def tell_those_mentioned_in_a_question(event: events.TopicAsked) -> None:
    """A question may call for someone by name."""
    _mention(event, event.post_id, event.mentioned_ids)


@receives(events.AnswerPosted, later=True)
def tell_of_an_answer(event: events.AnswerPosted) -> None:
    """The asker hears first, then those mentioned, then whoever follows; nobody hears twice."""
    topic = Topic.objects.only("author_id").get(pk=event.topic_id)
    actor, data = _actor(event), {"topic_id": event.topic_id, "post_id": event.post_id}
    notify_all([topic.author_id], "answer_to_my_question", actor=actor, data=data)
    mentioned = tuple(pk for pk in event.mentioned_ids if pk != topic.author_id)
    _mention(event, event.post_id, mentioned)
    followers = Follow.objects.filter(topic_id=event.topic_id).exclude(user_id__in=[topic.author_id, *mentioned])
    if ids := list(followers.values_list("user_id", flat=True)):
        notify_all(ids, "answer_in_followed_topic", actor=actor, data=data)


@receives(events.EditSuggested, later=True)
def tell_of_a_suggestion(event: events.EditSuggested) -> None:
    """The author of the text, who decides first; reviewers have a list."""
    data = {"topic_id": event.topic_id, "post_id": event.post_id}
    notify_all([event.author_id], "edit_suggested", actor=_actor(event), data=data, key=f"edit:{event.suggestion_id}")


@receives(events.SuggestionDecided, later=True)
def tell_of_an_approval(event: events.SuggestionDecided) -> None:
    """Whoever suggested it, when it was taken over."""
    if event.approved:
        data = {"topic_id": event.topic_id, "post_id": event.post_id}
        key = f"edit:{event.suggestion_id}"
        notify_all([event.suggester_id], "edit_approved", actor=_actor(event), data=data, key=key)


@receives(events.CommentPosted, later=True)
def tell_of_a_comment(event: events.CommentPosted) -> None:
    """The author of what is commented on hears of it, and those mentioned."""
    author_id = Post.objects.values_list("author_id", flat=True).get(pk=event.parent_id)
    data = {"topic_id": event.topic_id, "post_id": event.post_id}
    notify_all([author_id], "comment_on_my_post", actor=_actor(event), data=data)
    _mention(event, event.post_id, tuple(pk for pk in event.mentioned_ids if pk != author_id))


@receives(events.PostEdited, later=True)
def tell_those_newly_mentioned(event: events.PostEdited) -> None:
    """An edit may bring a name that was not there before."""
    _mention(event, event.post_id, event.newly_mentioned_ids)


@receives(events.AnswerAccepted, later=True)
def tell_whose_answer_was_accepted(event: events.AnswerAccepted) -> None:
    """Who solved it hears that it did."""
    data = {"topic_id": event.topic_id, "post_id": event.post_id}
    notify_all([event.author_id], "answer_accepted", actor=_actor(event), data=data)


@receives(events.TopicMerged, later=True)
def ask_whether_it_solves_theirs(event: events.TopicMerged) -> None:
    """The asker of a joined question is asked, on its page, whether the other one solves it."""
    opening = Post.objects.values_list("pk", flat=True).get(topic_id=event.topic_id, kind="opening")
    data = {"topic_id": event.topic_id, "post_id": opening}
    notify_all([event.author_id], "merged_question", actor=_actor(event), data=data, key=f"merge:{event.into_id}")


@receives(events.PostDeleted)
def take_back_what_was_told(event: events.PostDeleted) -> None:
    """Nobody is led to what is no longer there."""
    for kind in ("answer_to_my_question", "answer_in_followed_topic", "comment_on_my_post", "mention"):
        withdraw(kind, post_id=event.post_id)
