"""Writing down what someone was shown, opened and chose before they asked."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from community.accounts.models import User
from community.core.events import publish
from community.topics.actions.follow import share_problem
from community.topics.models import Post, PostKind, Topic
from search.ask_tokens import unseal
from search.events import AnswerConfirmed
from search.models import AskSession, Outcome


def open_answer(token: str, shown: str) -> bool:
    """Note that the document `shown` ("kind:id") was opened. Returns False when that says nothing new."""
    with transaction.atomic():
        session = _session(token)
        if session is None or shown not in session.shown or shown in session.opened:
            return False
        session.opened = [*session.opened, shown]
        session.save(update_fields=["opened"])
    return True


def confirm_answer(token: str, topic: Topic, *, by: User | AnonymousUser) -> bool:
    """Count that an existing answer of `topic` was the one; its author is thanked.

    Returns False when it was counted before, or when `topic` was not among what was shown.
    """
    with transaction.atomic():
        if not _choose(token, topic, Outcome.ANSWERED):
            return False
        answers = Post.objects.filter(topic=topic, kind=PostKind.ANSWER, deleted_at=None)
        best = answers.order_by("-is_accepted", "-helpfulness", "id").first()
        if best:
            publish(AnswerConfirmed(topic_id=topic.pk, post_id=best.pk, by_id=by.pk))
    return True


def choose_same_problem(token: str, topic: Topic, *, by: User | AnonymousUser) -> bool:
    """Count that someone has the same problem as `topic`; a member also follows it. Returns whether that is new.

    Raises PermissionDenied.
    """
    with transaction.atomic():
        is_new = _choose(token, topic, Outcome.SAME_PROBLEM)
        if isinstance(by, User):
            return share_problem(topic, by=by)
    return is_new


def bind_question(token: str, *, topic_id: int) -> bool:
    """Keep with a new question what its asker was shown before. Returns False for a foreign or used token."""
    with transaction.atomic():
        session = _session(token)
        if session is None or session.topic_id or AskSession.objects.filter(topic=topic_id).exists():
            return False
        session.topic_id, session.outcome = topic_id, Outcome.ASKED
        session.save(update_fields=["topic", "outcome"])
    return True


def _choose(token: str, topic: Topic, outcome: Outcome) -> bool:
    session, shown = _session(token), f"topic:{topic.pk}"
    if session is None or shown not in session.shown or session.outcome != Outcome.LOOKED:
        return False
    session.outcome, session.chosen = outcome, shown
    session.save(update_fields=["outcome", "chosen"])
    return True


def _session(token: str) -> AskSession | None:
    """The record behind `token`, locked, made when it is the first trace; None for a token that is not ours."""
    if not (read := unseal(token)):
        return None
    AskSession.objects.get_or_create(key=read.key, defaults={"shown": list(read.shown)})
    return AskSession.objects.select_for_update().get(key=read.key)
