"""What guests typed before they had an account, published once they have signed up or in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.accounts.pending import pending_contributions
from community.topics import readings
from community.topics.actions.answer import post_answer
from community.topics.actions.ask import ask_question
from community.topics.actions.follow import follow_topic, share_problem
from community.topics.models import Section, Topic


@pending_contributions.register("question")
def publish_question(by: User, data: dict[str, Any]) -> str:
    """Ask what the guest had typed. Returns the address of the question.

    Raises as `ask_question` does, and PermissionDenied when the section is gone.
    """
    section = Section.objects.filter(slug=data["section"]).first()
    if section is None:
        raise PermissionDenied(_("This section is not open. Choose another one."))
    topic = ask_question(
        by=by,
        section=section,
        title=data["title"],
        body=data.get("body", ""),
        kind=data.get("kind") or "question",
        lang=data["lang"],
        tags=data.get("labels", []),
        key=data.get("key", ""),
        ask_session=data.get("ask_session", ""),
        read=readings.names_in(data.get("read", "")),
    )
    if data.get("follow"):
        follow_topic(topic, by=by)
    return topic.get_absolute_url()


@pending_contributions.register("answer")
def publish_answer(by: User, data: dict[str, Any]) -> str:
    """Post the answer that the guest had typed. Returns its address. Raises as `post_answer` does."""
    post = post_answer(_topic(by, data), by=by, body=data["body"], key=data.get("key", ""))
    return post.get_absolute_url()


@pending_contributions.register("same_problem")
def count_same_problem(by: User, data: dict[str, Any]) -> str:
    """Count the guest among those with the same problem. Returns the address of the question."""
    topic = _topic(by, data)
    share_problem(topic, by=by)
    return topic.get_absolute_url()


def _topic(by: User, data: dict[str, Any]) -> Topic:
    topic: Topic | None = Topic.objects.visible_to(by).filter(pk=data["topic"]).first()
    if topic is None:
        raise PermissionDenied(_("This topic was deleted."))
    return topic
