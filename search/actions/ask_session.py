"""Writing down what someone was shown, opened and chose before they asked."""

import secrets
from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from community.accounts.models import User
from community.core.events import publish
from community.topics.actions.follow import share_problem
from community.topics.events import AnswerConfirmed
from community.topics.models import Post, PostKind, Topic
from search.ask_tokens import seal, unseal
from search.deflection.recording import note
from search.models import AskSession, Outcome, Place, Step


def begin_look(shown: Sequence[tuple[str, str]], *, visitor: str) -> str:
    """Note that someone was shown documents (kind and id) on a page. Returns the token that the way onwards carries.

    Of a `visitor` who is not counted nothing is stored before they choose something.
    """
    token = seal(shown)
    if visitor and (read := unseal(token)):
        AskSession.objects.create(key=read.key, shown=list(read.shown), visitor=visitor)
    return token


def open_answer(token: str, shown: str, *, visitor: str = "", place: str = Place.OTHER) -> bool:
    """Note that the document `shown` ("kind:id") was opened. Returns False when that says nothing new."""
    with transaction.atomic():
        session = _session(token, visitor, place)
        if session is None or shown not in session.shown or shown in session.opened:
            return False
        session.opened = [*session.opened, shown]
        session.save(update_fields=["opened"])
        _note(session, Step.OPENED, place, [shown])
    return True


def confirm_answer(
    token: str, shown: str, *, by: User | AnonymousUser, visitor: str = "", place: str = Place.OTHER
) -> bool:
    """Count that the document `shown` ("kind:id") was the answer; who wrote that of a topic is thanked.

    Returns False when it was counted before, or when it was not among what was shown.
    """
    kind, _, object_id = shown.partition(":")
    with transaction.atomic():
        session = _choose(token, shown, Outcome.ANSWERED, visitor, place)
        if session is None:
            return False
        _note(session, Step.CONFIRMED, place, [session.chosen])
        topic = Topic.objects.filter(pk=object_id).first() if kind == "topic" else None
        if topic is None:
            return True
        answers = Post.objects.filter(topic=topic, kind=PostKind.ANSWER, deleted_at=None)
        best = answers.order_by("-is_accepted", "-helpfulness", "id").first()
        if best:
            publish(AnswerConfirmed(topic_id=topic.pk, post_id=best.pk, by_id=by.pk))
    return True


def choose_same_problem(
    token: str, topic: Topic, *, by: User | AnonymousUser, visitor: str = "", place: str = Place.OTHER
) -> bool:
    """Count that someone has the same problem as `topic`; a member also follows it. Returns whether that is new.

    Raises PermissionDenied.
    """
    with transaction.atomic():
        is_new = _choose(token, f"topic:{topic.pk}", Outcome.SAME_PROBLEM, visitor, place) is not None
        if isinstance(by, User):
            return share_problem(topic, by=by)
    return is_new


def refuse_answers(token: str, *, visitor: str = "", place: str = Place.OTHER) -> bool:
    """Note that none of what was shown answers. Returns False for a token that is not ours."""
    with transaction.atomic():
        session = _session(token, visitor, place)
        if session is None:
            return False
        _note(session, Step.NOT_HELPED, place, [])
    return True


def bind_question(token: str, *, topic_id: int, read: Sequence[str] = ()) -> bool:
    """Keep with a new question what its asker was shown before, and had `read` ("topic:12") in the last day.

    Returns False when there is nothing to keep: no token of ours that is not used, and nothing read.
    """
    with transaction.atomic():
        session = _session(token)
        if session is not None and session.topic_id:
            session = None
        if (session is None and not read) or AskSession.objects.filter(topic=topic_id).exists():
            return False
        if session is None:
            session = AskSession.objects.create(key=secrets.token_urlsafe(6))
        session.topic_id, session.outcome, session.read = topic_id, Outcome.ASKED, list(read)
        session.save(update_fields=["topic", "outcome", "read"])
    return True


def bind_ticket(token: str, *, ticket_id: int) -> bool:
    """Keep with a new ticket what its customer was shown before. Returns False for a foreign or used token."""
    with transaction.atomic():
        session = _session(token)
        if session is None or session.ticket_id or AskSession.objects.filter(ticket=ticket_id).exists():
            return False
        session.ticket_id, session.outcome = ticket_id, Outcome.WROTE
        session.save(update_fields=["ticket", "outcome"])
    return True


def _choose(token: str, shown: str, outcome: Outcome, visitor: str, place: str) -> AskSession | None:
    session = _session(token, visitor, place)
    if session is None or shown not in session.shown or session.outcome != Outcome.LOOKED:
        return None
    session.outcome, session.chosen = outcome, shown
    session.save(update_fields=["outcome", "chosen"])
    return session


def _session(token: str, visitor: str = "", place: str = Place.OTHER) -> AskSession | None:
    """The record behind `token`, locked, made when it is the first trace; None for a token that is not ours."""
    if not (read := unseal(token)):
        return None
    shown = list(read.shown)
    _session, is_first = AskSession.objects.get_or_create(key=read.key, defaults={"shown": shown, "visitor": visitor})
    session = AskSession.objects.select_for_update().get(key=read.key)
    if is_first and place != Place.SEARCH:
        # Shown while someone typed: nothing was written down until they did something with it.
        _note(session, Step.SHOWN, place, shown)
    return session


def _note(session: AskSession, step: Step, place: str, documents: list[str]) -> None:
    if session.visitor:
        found = len(documents) if step == Step.SHOWN else None
        note(session.visitor, step, place=place, documents=documents, found=found)
