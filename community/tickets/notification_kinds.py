"""What members are told of their tickets: the words and the link of each kind."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.notifications.kinds import Told, notification_kind
from community.notifications.models import Notification
from community.tickets.models import TicketMessage
from community.topics.excerpts import excerpt
from community.topics.models import Topic

EXCERPT_LENGTH = 160


@notification_kind("support_answered", label=gettext_lazy("support answers me"), is_mailed=False)
def describe_answer(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To the customer; the answer itself is mailed by the ticket. Costs one query."""
    wanted = {notification.data.get("message_id") for notification in notifications}
    visible = TicketMessage.objects.for_customer().filter(pk__in=wanted)
    messages = {message.pk: message for message in visible.select_related("ticket")}
    found = {}
    for notification in notifications:
        message = messages.get(notification.data.get("message_id"))
        if message and message.ticket.requester_id == notification.user_id:
            sentence = _("Support answered your request “%(subject)s”") % {"subject": message.ticket.subject}
            url = f"{message.ticket.get_absolute_url()}#message-{message.pk}"
            found[notification.pk] = Told(sentence, url, excerpt(message.html, EXCERPT_LENGTH))
    return found


@notification_kind("support_offered", label=gettext_lazy("support offers to look at my question"))
def describe_offer(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To the asker of a public question. Costs one query."""
    wanted = {notification.data.get("topic_id") for notification in notifications}
    topics = {topic.pk: topic for topic in Topic.objects.filter(pk__in=wanted, deleted_at=None)}
    found = {}
    for notification in notifications:
        if topic := topics.get(notification.data.get("topic_id")):
            sentence = _("Support offers to look at your question “%(title)s” in private") % {"title": topic.title}
            found[notification.pk] = Told(sentence, topic.get_absolute_url())
    return found
