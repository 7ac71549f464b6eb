"""Saying that one is answering: ten minutes in which others know, and nobody is kept from answering too."""

from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.topics.actions.locking import lock_topic
from community.topics.models import Topic
from community.topics.permissions import check_can_answer
from rewards.ambassadors.models import Answering
from rewards.ambassadors.models.desk import LOCK
from rewards.ambassadors.permissions import check_is_ambassador


def start_answering(topic: Topic, *, by: User) -> Answering:
    """Tell other ambassadors that `by` is answering `topic`; their own ten minutes begin anew.

    Returns who is answering: another one, when they were first. Raises PermissionDenied.
    """
    check_is_ambassador(by)
    check_can_answer(by, topic)
    with transaction.atomic():
        topic, now = lock_topic(topic), timezone.now()
        held = Answering.objects.now().filter(topic=topic).exclude(member=by).first()
        if held is not None:
            return held
        row, _made = Answering.objects.update_or_create(topic=topic, defaults={"member": by, "until": now + LOCK})
    return row


def stop_answering(topic: Topic, *, by: User) -> bool:
    """Tell them that `by` is not answering after all. Returns False when they were not."""
    check_is_ambassador(by)
    with transaction.atomic():
        return bool(Answering.objects.filter(topic=topic, member=by).delete()[0])
