"""What the API reads: only what everyone may see, whoever asks, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.pagination import Page, paginate
from community.topics.models import Post, PostKind, PostVote, Resolution, Topic
from community.topics.topic_content import MAX_COMMENTS, ORDERS, PAGE_SIZE, default_order

# Moderators see deleted topics on pages, which mark them; what the API gives may end up on a public screen.
EVERYONE = AnonymousUser()


@dataclass(frozen=True)
class ReadTopic:
    """A topic, a page of its posts, and their comments by post."""

    topic: Topic
    opening: Post | None
    page: Page[Post]
    comments: dict[int, list[Post]]
    solved_how: str


def public_topic(topic_id: str) -> Topic:
    """The topic with its section and author. Raises Http404 when there is none that everyone may see."""
    topics = Topic.objects.visible_to(EVERYONE).select_related("section", "author")
    found: Topic | None = topics.filter(pk=int(topic_id)).first()
    if found is None:
        raise Http404(_("This question does not exist, or was deleted by its author or a moderator."))
    return found


def public_post(post_id: str, user: User | AnonymousUser) -> Post:
    """The post with its topic, its author and the vote of `user`.

    Raises Http404 when there is none that everyone may see.
    """
    posts = _with_vote(Post.objects.select_related("topic__section", "author"), user)
    found: Post | None = posts.visible_to(EVERYONE).filter(pk=int(post_id)).first()
    if found is None:
        raise Http404(_("This post does not exist, or was deleted."))
    return found


def read_topic(topic: Topic, user: User | AnonymousUser, *, order: str | None, cursor: str) -> ReadTopic:
    """The posts of `topic` after `cursor`; without an order, the one that its page has.

    Raises Http404 for a cursor that no page gave. Costs at most four queries.
    """
    posts = _with_vote(Post.objects.select_related("author"), user).visible_to(EVERYONE)
    page = paginate(
        posts.filter(topic=topic, kind=PostKind.ANSWER), ORDERS[order or default_order(topic)], cursor, PAGE_SIZE
    )
    opening = None if cursor else posts.filter(topic=topic, kind=PostKind.OPENING).first()
    shown = [*([opening] if opening else []), *page.items]
    return ReadTopic(topic, opening, page, comments_under(shown, user), _solved_how(topic))


def comments_under(posts: Iterable[Post], user: User | AnonymousUser) -> dict[int, list[Post]]:
    """The comments under each of `posts`, oldest first."""
    found: dict[int, list[Post]] = defaultdict(list)
    commented = [post.pk for post in posts if post.comment_count]
    if commented:
        comments = _with_vote(Post.objects.select_related("author"), user).visible_to(EVERYONE)
        for comment in comments.filter(parent__in=commented).order_by("id")[:MAX_COMMENTS]:
            found[comment.parent_id].append(comment)
    return found


def _with_vote(posts: Any, user: User | AnonymousUser) -> Any:
    if not isinstance(user, User):
        return posts
    mine = PostVote.objects.filter(post=OuterRef("pk"), user=user).values("value")[:1]
    return posts.annotate(my_vote=Coalesce(Subquery(mine), 0))


def _solved_how(topic: Topic) -> str:
    if not topic.is_solved:
        return ""
    kinds = (
        Resolution.objects.filter(topic=topic, revoked_at=None).order_by("created_at").values_list("kind", flat=True)
    )
    return kinds.first() or ""
