"""The private room: writing, and taking away."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.core.markdown import render_markdown
from rewards.ambassadors.events import AmbassadorMessageRemoved, AmbassadorMessageWritten
from rewards.ambassadors.models import RoomMessage
from rewards.ambassadors.permissions import check_can_remove, check_enters

LONGEST_MESSAGE = 8000


def write_in_room(body: str, *, by: User, key: str, at: datetime | None = None) -> RoomMessage:
    """Write a message, and return it; the same `key` returns the same message.

    Raises PermissionDenied, and ValidationError for the words.
    """
    check_enters(by)
    body = body.strip().replace("\x00", "")
    if not body:
        raise ValidationError(_("Write a few words."), code="body")
    if len(body) > LONGEST_MESSAGE:
        raise ValidationError(_("At most %(count)d characters.") % {"count": LONGEST_MESSAGE}, code="body")
    with transaction.atomic():
        message, is_new = RoomMessage.objects.get_or_create(
            author=by, key=key[:40], defaults={"body": body, "html": render_markdown(body), "at": at or timezone.now()}
        )
        if is_new:
            publish(AmbassadorMessageWritten(message_id=message.pk, by_id=by.pk))
    return message


def remove_from_room(message: RoomMessage, *, by: User) -> bool:
    """Take a message away. Returns False when it is gone already. Raises PermissionDenied."""
    check_can_remove(by, message)
    with transaction.atomic():
        if not RoomMessage.objects.filter(pk=message.pk).delete()[0]:
            return False
        publish(AmbassadorMessageRemoved(message_id=message.pk, by_id=by.pk))
    return True
