"""Rate limits on everything that writes or guesses: windows from the first use, in the shared cache."""

import logging
import time
from dataclasses import dataclass

from django.core.cache import cache
from redis.exceptions import RedisError

from community.core import metrics
from community.core.errors import TooFast

logger = logging.getLogger(__name__)

# More uses than a window can see; with a moment in seconds before it, the number still fits Redis' 64 bits.
USES = 10**9


@dataclass(frozen=True)
class Limit:
    """At most `count` times in `seconds`."""

    name: str
    count: int
    seconds: int


# Figures after Khoros' flood controls and Kitsune's limits (5 questions a day is too few for a brand's launch day).
ASK = (Limit("ask_burst", 3, 60), Limit("ask_day", 20, 86400))
POST = (Limit("post_burst", 5, 30), Limit("post_hour", 50, 3600))
VOTE = (Limit("vote_minute", 50, 60), Limit("vote_hour", 500, 3600))
READING = (Limit("reading_minute", 30, 60),)
UPLOAD = (Limit("upload_minute", 10, 60), Limit("upload_day", 100, 86400))
GUEST_WRITE = (Limit("guest_minute", 10, 60), Limit("guest_day", 200, 86400))
TICKET = (Limit("ticket_hour", 5, 3600), Limit("ticket_day", 20, 86400))
TICKET_WRITE = (Limit("ticket_write_minute", 6, 60), Limit("ticket_write_hour", 60, 3600))
# Kitsune's figure for guests; counted by address and by where they come from.
GUEST_TICKET = (Limit("guest_ticket_day", 3, 86400),)
GUEST_CONFIRM = (Limit("guest_confirm_hour", 3, 3600),)
SUGGEST = (Limit("suggest_minute", 120, 60),)
API_READ = (Limit("api_read_minute", 600, 60),)
API_WRITE = (Limit("api_write_minute", 60, 60),)


def spend(limits: tuple[Limit, ...], who: str, *, when_down: bool = True) -> None:
    """Count one use by `who` (a member's id, or a guest's address) against each of `limits`.

    `when_down` says what to do while the counting cache is unreachable: let members through, refuse guests.
    Raises TooFast when a limit is passed, or when the cache is down and `when_down` is False.
    """
    for limit in limits:
        try:
            used, left = _use(f"limit:{limit.name}:{who}", limit.seconds)
        except RedisError as error:
            logger.warning("Rate limits cannot be counted: %s", type(error).__name__)
            metrics.degraded.labels(service="ratelimits").inc()
            if when_down:
                continue
            raise TooFast(60) from error
        if used > limit.count:
            metrics.refused.labels(limit=limit.name).inc()
            raise TooFast(left)


def _use(key: str, seconds: int) -> tuple[int, int]:
    """How often `key` was used in its window, this use counted, and for how many seconds the window still lasts.

    The window begins with the first use: one cut from the clock would forget a burst made across its edge.
    Its end and the uses stand in one number, so that both are read and counted in one step.
    """
    now = int(time.time())
    first_use = (now + seconds) * USES + 1
    if cache.add(key, first_use, timeout=seconds):
        return 1, seconds
    try:
        until, used = divmod(cache.incr(key), USES)
    except ValueError:
        until = 0
    if until <= now:
        # It ended between the two steps.
        cache.set(key, first_use, timeout=seconds)
        return 1, seconds
    return used, until - now
