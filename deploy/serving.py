"""Serves the embedded default in this very process: server, background tasks and housekeeping together."""

import asyncio
import signal

from granian.constants import Interfaces
from granian.server.embed import Server

from community.core.tasks.embedded import embedded_worker
from community.core.tasks.worker import put_back_running
from deploy.housekeeping import Housekeeper
from deploy.site import site

GOODBYE_SECONDS = 5.0


def serve(host: str, port: int) -> None:
    """Serve until the process is told to stop."""
    # This process alone runs tasks here: whatever is marked as running was cut short by the last one's end.
    put_back_running()
    embedded_worker.wake()
    housekeeper = Housekeeper()
    housekeeper.start()
    try:
        asyncio.run(_serve(host, port))
    finally:
        housekeeper.stop()
        embedded_worker.finish(GOODBYE_SECONDS)
        embedded_worker.stop()


async def _serve(host: str, port: int) -> None:
    server = Server(site(), address=host, port=port, interface=Interfaces.ASGINL, log_enabled=False)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    await server.serve()
