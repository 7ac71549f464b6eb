"""E-mails, sent by a task: no page waits for a mail server, and none breaks when it is down."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django_tasks import task

logger = logging.getLogger(__name__)

ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=1)
UNREACHABLE = (SMTPException, OSError)


def queue_email(to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] | None = None) -> None:
    """Have one e-mail sent soon after the current transaction commits; tried again, ever later, six times."""
    send_email_task.enqueue(to=to, subject=subject, text=text, html=html, headers=dict(headers or {}))


def send_email(to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] | None = None) -> None:
    """Send one e-mail now. Raises SMTPException or OSError when the mail server cannot be reached or refuses."""
    message = EmailMultiAlternatives(subject, text, to=[to], headers=dict(headers or {}))
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


@task()
def send_email_task(
    *, to: str, subject: str, text: str, html: str = "", headers: dict[str, str] | None = None, attempt: int = 1
) -> bool:
    """Send one e-mail. Returns whether it went; a crash in the middle may send it twice, which harms nobody here."""
    try:
        send_email(to, subject, text, html, headers)
    except UNREACHABLE as error:
        logger.warning("E-mail %r, attempt %d: %s", subject, attempt, type(error).__name__)
        if attempt >= ATTEMPTS or not send_email_task.get_backend().supports_defer:
            raise
        later = send_email_task.using(run_after=timezone.now() + wait_after(attempt))
        later.enqueue(to=to, subject=subject, text=text, html=html, headers=headers or {}, attempt=attempt + 1)
        return False
    return True


def wait_after(attempt: int) -> timedelta:
    """How long to wait after the `attempt`-th failure: 1, 4, 16, 64, 256 minutes."""
    return FIRST_WAIT * 4 ** (attempt - 1)
