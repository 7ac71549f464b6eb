"""The door by which mails come back: a small mail server that answers only once a message is committed."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, connections

from community.tickets.desks.email.incoming import check_recipient, receive
from community.tickets.desks.email.parsing import MAX_BYTES
from community.tickets.reply_addresses import BadAddress

logger = logging.getLogger(__name__)

SECONDS = 60.0
IDENTITY = "Entraide"


class Handler:
    """What the protocol's commands do. Django works in threads of its own, whose connections are closed each time."""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse addresses that we did not give out before a byte of the mail is sent; one recipient at a time."""
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient at a time."
        said = await asyncio.to_thread(_closing_connections, _judge_recipient, address)
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the mail in."""
        return await asyncio.to_thread(_closing_connections, _take_in, envelope)

    async def handle_exception(self, error: Exception) -> str:
        """A fault of ours is no reason to lose a mail: the other server keeps it and tries again."""
        logger.error("The mail listener failed: %s", type(error).__name__, exc_info=error)
        return "451 4.3.0 Something went wrong here. Try again later."


def _closing_connections(work: Callable[[Any], str], subject: Any) -> str:
    try:
        return work(subject)
    finally:
        connections.close_all()


def _judge_recipient(address: str) -> str:
    try:
        check_recipient(address)
    except BadAddress as error:
        return f"550 5.1.1 {error}"
    except DatabaseError as error:
        logger.warning("A recipient could not be looked up: %s", type(error).__name__)
        return "451 4.3.0 Try again later."
    return "250 2.1.5 OK"


def _take_in(envelope: Envelope) -> str:
    content = envelope.content if isinstance(envelope.content, bytes) else bytes(envelope.content or "", "utf-8")
    return receive(content, sender=envelope.mail_from or "", recipient=envelope.rcpt_tos[0]).reply


async def serve(host: str, port: int, *, speak_smtp: bool, stop: asyncio.Event, started: Callable[[int], None]) -> None:
    """Listen until `stop` is set; `started` is told the port when mails can come. Mails being taken in are finished."""
    # The library writes the addresses of every conversation into its log.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    protocol = SMTP if speak_smtp else LMTP
    loop = asyncio.get_running_loop()

    def conversation() -> SMTP:
        return protocol(Handler(), data_size_limit=MAX_BYTES, hostname="localhost", ident=IDENTITY, timeout=SECONDS)

    server = await loop.create_server(conversation, host, port)
    async with server:
        started(server.sockets[0].getsockname()[1])
        await stop.wait()
