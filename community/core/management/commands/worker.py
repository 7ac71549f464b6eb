"""`manage.py worker`: works background tasks off; run as many as there is work for."""

import signal
from argparse import ArgumentParser
from datetime import timedelta
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from community.core.tasks.worker import LEASE, Worker


class Command(BaseCommand):
    """Runs tasks until it is told to stop, and then ends the one that is running first."""

    help = "Work background tasks off. Several workers share the work; one that dies loses nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to go on."""
        parser.add_argument("--batch", action="store_true", help="end when nothing is due")
        parser.add_argument(
            "--lease",
            type=float,
            default=LEASE.total_seconds(),
            metavar="SECONDS",
            help="how long after the death of this worker another one takes its task over (default: %(default)s)",
        )

    def handle(self, *args: Any, batch: bool, lease: float, **options: Any) -> None:
        """Work."""
        worker = Worker(term=timedelta(seconds=lease))

        def stop(number: int, frame: FrameType | None) -> None:
            worker.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        if batch:
            count = worker.drain()
            if options["verbosity"]:
                self.stdout.write(f"{count} tasks done.")
        else:
            worker.run()
