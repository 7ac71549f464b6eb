"""Rate limits forgotten again and again, so that one address may do what many do."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis

EVERY_SECONDS = 0.5


@contextmanager
def forgetting_limits(cache: Redis) -> Iterator[None]:
    """Nobody is too fast as long as the block lasts."""
    ended = threading.Event()

    def forget() -> None:
        while not ended.wait(EVERY_SECONDS):
            for key in cache.scan_iter("*limit:*"):
                cache.delete(key)

    thread = threading.Thread(target=forget, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
