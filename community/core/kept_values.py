"""Values that every page needs and that rarely change, kept beside the pages and dropped by the same tags."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.core.cache import caches
from redis.exceptions import RedisError

from community.core import page_cache

T = TypeVar("T")

# No cursor that a page gave is longer; what visitors make up is not worth a key.
MOST_CHARACTERS = 200


def remember(name: str, tags: Sequence[str], build: Callable[[], T]) -> T:
    """What `build` returned last, as long as none of `tags` was touched since: one cache read, right in every process.

    `build` runs again when a tag was touched, after ten minutes, and each time while the cache cannot be reached.
    """
    if len(name) > MOST_CHARACTERS:
        return build()
    key, version_keys = f"value:{name}", [f"tag:{tag}" for tag in tags]
    try:
        found = caches["pages"].get_many([key, *version_keys])
    except page_cache.UNREADABLE as error:
        page_cache.degraded(error)
        return build()
    kept = found.pop(key, None)
    if kept is not None and kept[0] == found:
        value: T = kept[1]
        return value
    # The versions are read before the value is built: what changes meanwhile makes the kept value stale at once.
    versions = page_cache.versions_of(list(tags))
    value = build()
    if page_cache.CHANGING not in versions.values():
        try:
            caches["pages"].set(key, (versions, value), timeout=page_cache.KEPT_SECONDS)
        except (RedisError, OSError) as error:
            page_cache.degraded(error)
    return value
