"""One notification as an e-mail, in the language of whoever gets it."""

import re

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from community.accounts.actions.emails import confirmed_email
from community.accounts.models import User
from community.core.mail import UNREACHABLE, message_id, send_email
from community.core.tasks.worker import AT_WORK
from community.notifications.kinds import Told, describe
from community.notifications.models import EmailPreference, Notification
from community.notifications.unsubscribing import unsubscribe_url


class AtWork(Exception):
    """Another worker is sending this e-mail."""


def send_notification_email(notification: Notification) -> bool:
    """Write to the member about `notification`, unless that was done. Returns whether an e-mail went.

    The claim is committed before anything is sent, so two workers never send at once; that it was sent is committed
    right after. A worker killed in the moment between leaves a claim without an end, and whoever takes the task over
    sends once more, with the same Message-ID, by which mail systems know it for the same. When the mail server refuses,
    the claim is given back and the error (SMTPException or OSError) raised, so that the task tries again.
    Nothing goes to an address that is not confirmed, to a closed account, about what was read or is gone meanwhile.
    Raises AtWork while another worker is sending it.
    """
    user = notification.user
    wanted = EmailPreference.objects.filter(user=user, kind=notification.kind, wanted=True).exists()
    to = confirmed_email(user) if wanted and user.is_active else ""
    if not to:
        return False
    with override(user.language):
        told = describe([notification]).get(notification.pk)
        if told is None:
            return False
        subject, text, html, headers = compose(user, notification.kind, told)
    headers["Message-ID"] = message_id(f"notification.{notification.pk}")
    if not _claim(notification):
        return False
    try:
        send_email(to, subject, text, html, headers)
    except UNREACHABLE:
        Notification.objects.filter(pk=notification.pk).update(claimed_at=None)
        raise
    Notification.objects.filter(pk=notification.pk).update(emailed_at=Now())
    return True


def _claim(notification: Notification) -> bool:
    """Whether this call is the one that sends; decided by the database. Raises AtWork while another one has it."""
    unsent = Notification.objects.filter(pk=notification.pk, emailed_at=None, read_at=None)
    given_up = Q(claimed_at=None) | Q(claimed_at__lt=Now() - AT_WORK)
    if unsent.filter(given_up).update(claimed_at=Now()):
        return True
    if unsent.exists():
        raise AtWork("Another worker is sending it.")
    return False


def compose(user: User, kind: str, told: Told) -> tuple[str, str, str, dict[str, str]]:
    """Subject, text, HTML and headers, in the active language.

    The headers let mail programs show a button that unsubscribes (RFC 2369, RFC 8058).
    """
    stop = unsubscribe_url(user, kind)
    context = {
        "told": told,
        "name": user.username,
        "url": f"{settings.SITE_URL}{told.url}",
        "stop_url": stop,
        "settings_url": f"{settings.SITE_URL}{reverse('notifications:preferences')}",
        "site": re.sub(r"^https?://", "", settings.SITE_URL),
        "language": user.language,
    }
    subject = " ".join(told.sentence.split())[:150]
    text = render_to_string("notifications/email.txt", context).strip() + "\n"
    html = render_to_string("notifications/email.html", context)
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return subject, text, html, headers
