"""Sending a mail of support now: what went wrong is told without anybody's address, and whether trying again helps."""

import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.mail import EmailMultiAlternatives

from community.tickets.errors import DeskError

Attachment = tuple[str, bytes, str]


@dataclass(frozen=True)
class Mail:
    """One mail, ready to be sent."""

    to: str
    subject: str
    text: str
    html: str = ""
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()


def send_now(mail: Mail) -> None:
    """Send `mail`. Raises DeskError: permanent when the address is refused, else worth another try."""
    message = EmailMultiAlternatives(
        " ".join(mail.subject.split()),
        mail.text,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=dict(mail.headers),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for name, content, content_type in mail.attachments:
        message.attach(name, content, content_type.partition(";")[0])
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        # "from None": the chain of errors would name the recipient in logs and in the list of parked tasks.
        raise DeskError(f"The mail server said no: {reason_of(error)}.", permanent=is_final(error)) from None


def is_final(error: Exception) -> bool:
    """Whether the mail can never be delivered: the address, or the mail itself, is refused for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _said in error.recipients.values()]
        return bool(codes) and all(500 <= code < 600 for code in codes)
    # A wrong password or sender is the operator's to mend; the mail waits.
    return isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600


def reason_of(error: Exception) -> str:
    """The kind of error, with the server's figure but not its words, which repeat the address."""
    codes: list[int] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _said in error.recipients.values()})
    elif isinstance(error, smtplib.SMTPResponseException):
        codes = [error.smtp_code]
    return " ".join([type(error).__name__, *map(str, codes)])
