"""What resembles a topic or an article, kept for an hour: the index is asked once, the database each time."""

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language
from redis.exceptions import RedisError

from community.accounts.models import User
from community.core import page_cache
from community.core.kept_values import remember
from search.documents import Heading, kinds
from search.engines import Engine
from search.suggesting import headings_of

MOST_RELATED = 5
KEPT_SECONDS = 3600


def related(
    engine: Engine, kind: str, object_id: str, user: User | AnonymousUser, request: HttpRequest
) -> list[Heading]:
    """What `user` may see of the documents that resemble this one.

    Members and guests may see the same, which is kept until one of them changes; moderators may see more. The page
    of `request`, if it is kept for other readers, is dropped when one of them changes.
    """
    keys = _keys(engine, kind, object_id)
    tags = [f"{of}:{pk}" for of, pk in keys]
    page_cache.also_shows(request, *tags)
    if isinstance(user, User) and user.can_moderate:
        return _shown(keys, user)
    name = f"related:{kind}:{object_id}:{get_language()}:{','.join(tags)}"
    return remember(name, [*tags, "site"], lambda: _shown(keys, AnonymousUser()))


def _shown(keys: list[tuple[str, str]], user: User | AnonymousUser) -> list[Heading]:
    found = headings_of(keys, user)
    return [found[key] for key in keys if key in found]


def _keys(engine: Engine, kind: str, object_id: str) -> list[tuple[str, str]]:
    name = f"search:related:{kind}:{object_id}"
    try:
        kept: list[tuple[str, str]] | None = cache.get(name)
    except RedisError:
        kept = None
    if kept is None:
        documents = kinds[kind].documents([object_id])
        hits = [hit for document in documents for hit in engine.related(document, limit=MOST_RELATED)]
        kept = [(hit.kind, hit.object_id) for hit in hits]
        try:
            cache.set(name, kept, KEPT_SECONDS)
        except RedisError:
            return kept
    return kept
