"""What notifications do when things happen."""

from community.accounts.events import MemberErased
from community.accounts.models import User
from community.core.events import receives
from community.notifications.models import EmailPreference, Notification


@receives(MemberErased)
def forget_what_they_were_told(event: MemberErased) -> None:
    """What was told to somebody who left for good, and how they wanted to be told."""
    Notification.objects.filter(user=event.member_id).delete()
    EmailPreference.objects.filter(user=event.member_id).delete()
    User.objects.filter(pk=event.member_id).update(unread_notifications=0)
