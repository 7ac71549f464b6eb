"""`manage.py support_mail`: takes in answers by e-mail, from the mail server that hands them over."""

import asyncio
import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.tickets.conf import mail_listener
from community.tickets.desks.email.listener import serve


class Command(BaseCommand):
    """Listens until it is told to stop, and then finishes the mails that are under way."""

    help = "Take in answers to tickets by e-mail (LMTP, for the mail server of this machine or network)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and in which protocol."""
        parser.add_argument("--listen", metavar="HOST:PORT", help="default: SUPPORT_MAIL_LISTEN")
        parser.add_argument("--smtp", action="store_true", help="speak SMTP instead of LMTP")

    def handle(self, *args: Any, listen: str | None, smtp: bool, **options: Any) -> None:
        """Listen."""
        host, port = mail_listener()
        if listen:
            host, _colon, figures = listen.rpartition(":")
            if not host or not figures.isdecimal():
                raise CommandError("--listen wants HOST:PORT, such as 127.0.0.1:8024.")
            port = int(figures)
        asyncio.run(self.listen(host, port, smtp))

    async def listen(self, host: str, port: int, speak_smtp: bool) -> None:
        """Serve until SIGTERM or SIGINT."""
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)

        def started(actual: int) -> None:
            self.stdout.write(f"Listening on {host}:{actual}.")
            self.stdout.flush()

        try:
            await serve(host, port, speak_smtp=speak_smtp, stop=stop, started=started)
        except OSError as error:
            raise CommandError(f"Cannot listen on {host}:{port}: {error.strerror}.") from error
