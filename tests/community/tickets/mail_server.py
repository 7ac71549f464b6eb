"""A real mail server on this machine, which keeps what it is sent, or says no."""

import asyncio
import email
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

from tests.services.processes import free_port


class MailServer:
    """Keeps mails in `inbox`; `refuse_recipient` and `refuse_data` are answers such as "550 no such user".

    After a mail is kept, its sender waits `seconds` for the answer.
    """

    def __init__(self) -> None:
        self.inbox: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refuse_recipient = self.refuse_data = ""
        self.seconds = 0.0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuse_data:
            return self.refuse_data
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.recipients += envelope.rcpt_tos
        self.inbox.append(email.message_from_bytes(content, policy=default))  # type: ignore[arg-type]
        await asyncio.sleep(self.seconds)
        return "250 OK"


@contextmanager
def mail_goes_to(port: int) -> Iterator[None]:
    """Have Django send by SMTP to `port` of this machine."""
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(
        EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_TIMEOUT=5, EMAIL_USE_TLS=False
    ):
        yield


@contextmanager
def running(server: MailServer, port: int) -> Iterator[None]:
    """Let `server` answer on `port` as long as the block lasts."""
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that answers, to which Django sends."""
    server, port = MailServer(), free_port()
    with running(server, port), mail_goes_to(port):
        yield server
