"""E-mails, sent by a task: no page waits for a mail server, and none breaks when it is down."""

from collections.abc import Mapping
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django_tasks import task

UNREACHABLE = (SMTPException, OSError)


def queue_email(to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] | None = None) -> None:
    """Have one e-mail sent soon after the current transaction commits; tried again as any task is."""
    send_email_task.enqueue(to=to, subject=subject, text=text, html=html, headers=dict(headers or {}))


def send_email(to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] | None = None) -> None:
    """Send one e-mail now. Raises SMTPException or OSError when the mail server cannot be reached or refuses."""
    message = EmailMultiAlternatives(subject, text, to=[to], headers=dict(headers or {}))
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


@task()
def send_email_task(*, to: str, subject: str, text: str, html: str = "", headers: dict[str, str] | None = None) -> None:
    """Send one e-mail; a crash in the middle may send it twice, which harms nobody here."""
    send_email(to, subject, text, html, headers)
