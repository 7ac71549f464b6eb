"""Values that every page needs and that rarely change, kept beside the pages and dropped by the same tags."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches
from redis.exceptions import RedisError

from community.core import page_cache

T = TypeVar("T")


def remember(name: str, tag: str, build: Callable[[], T]) -> T:
    """What `build` returned last, as long as `tag` was not touched since: one cache read, right in every process.

    `build` runs again when the tag was touched, after ten minutes, and each time while the cache cannot be reached.
    """
    key, version_key = f"value:{name}", f"tag:{tag}"
    try:
        found = caches["pages"].get_many([key, version_key])
    except (RedisError, OSError, EOFError) as error:
        page_cache.degraded(error)
        return build()
    version = found.get(version_key)
    kept = found.get(key)
    if kept is not None and version is not None and kept[0] == version:
        value: T = kept[1]
        return value
    # The version is read before the value is built: what changes meanwhile makes the kept value stale at once.
    version = page_cache.versions_of([tag])[version_key]
    value = build()
    if version != page_cache.CHANGING:
        try:
            caches["pages"].set(key, (version, value), timeout=page_cache.KEPT_SECONDS)
        except (RedisError, OSError) as error:
            page_cache.degraded(error)
    return value
