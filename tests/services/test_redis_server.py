"""The Redis that the suite starts keeps values and passes messages on."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from django.core.cache import cache

from community.core import ratelimits
from community.core.errors import TooFast

pytestmark = pytest.mark.redis


def test_what_the_cache_keeps_is_in_redis(redis_url: str) -> None:
    client = redis.Redis.from_url(redis_url)
    before = client.dbsize()
    cache.set("services:greeting", "bonjour", timeout=60)
    assert client.dbsize() == before + 1
    assert cache.get("services:greeting") == "bonjour"
    cache.delete("services:greeting")
    assert client.dbsize() == before


def test_a_published_message_reaches_who_subscribed(redis_url: str) -> None:
    client = redis.Redis.from_url(redis_url)
    with client.pubsub(ignore_subscribe_messages=True) as subscription:  # type: ignore[no-untyped-call]
        subscription.subscribe("services:room")
        subscription.get_message(timeout=5)
        client.publish("services:room", "hello")
        message = subscription.get_message(timeout=5) or subscription.get_message(timeout=5)
    assert message is not None
    assert message["data"] == b"hello"


def test_of_many_uses_at_once_as_many_pass_as_the_limit_allows_and_redis_forgets_them(redis_url: str) -> None:
    limits = (ratelimits.Limit("services", 5, 30),)

    def passes(_: int) -> bool:
        try:
            ratelimits.spend(limits, "crowd")
        except TooFast:
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(passes, range(40))) == 5
    client = redis.Redis.from_url(redis_url)
    (key,) = client.scan_iter("*limit:services:crowd")
    assert 1 <= int(client.ttl(key)) <= 30
    client.delete(key)
