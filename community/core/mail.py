"""E-mails, sent by a task: no page waits for a mail server, and none breaks when it is down."""

import secrets
from collections.abc import Mapping
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.crypto import salted_hmac
from django_tasks import task

UNREACHABLE = (SMTPException, OSError)


def queue_email(to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] | None = None) -> None:
    """Have one e-mail sent soon after the current transaction commits; tried again as any task is.

    Its Message-ID is decided here: should a crash send it twice, both are known for the same mail.
    """
    named = {"Message-ID": message_id(secrets.token_hex(12)), **(headers or {})}
    send_email_task.enqueue(to=to, subject=subject, text=text, html=html, headers=named)


def message_id(name: str, *, secret: str = "", salt: str = "core.message_id") -> str:
    """The Message-ID of the e-mail called `name`: the same each time, and not to be guessed.

    A `secret` of what it is about makes it another one where the name may come again; `salt` is the sender's.
    """
    sealed = f"{name}:{secret}" if secret else name
    seal = salted_hmac(salt, sealed, algorithm="sha256").hexdigest()[:16]
    return f"<{name}.{seal}@{site_host()}>"


def site_host() -> str:
    """The host name of the site, for what e-mails are known by."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def send_email(to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] | None = None) -> None:
    """Send one e-mail now. Raises SMTPException or OSError when the mail server cannot be reached or refuses."""
    message = EmailMultiAlternatives(subject, text, to=[to], headers=dict(headers or {}))
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


@task()
def send_email_task(*, to: str, subject: str, text: str, html: str = "", headers: dict[str, str] | None = None) -> None:
    """Send one e-mail; after a crash in the middle once more, with the same Message-ID."""
    send_email(to, subject, text, html, headers)
