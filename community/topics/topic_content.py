"""What everyone sees of a topic: its opening, one page of its answers, their comments."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from community.core.pagination import Page, paginate
from community.topics.models import Post, PostKind, Resolution, Tag, Topic, TopicKind

PAGE_SIZE = 20
ORDERS = {
    "helpful": ("-is_accepted", "-helpfulness", "id"),
    "newest": ("-id",),
    "oldest": ("id",),
}
MAX_COMMENTS = 200


@dataclass
class Content:
    """A topic with one page of its answers. `opening.topic` has its section, author and what it is merged into."""

    opening: Post
    order: str
    page: Page[Post]
    comments: defaultdict[int, list[Post]]
    tags: list[Tag]
    solved_otherwise: Resolution | None


def read_content(topic_id: int, order: str, cursor: str, *, with_deleted: bool) -> Content:
    """One page of the answers of topic `topic_id`, in at most six queries. Raises Http404 when there is none to see."""
    opening = _opening(topic_id, with_deleted)
    topic = opening.topic
    order = order if order in ORDERS else default_order(topic)
    posts = Post.objects.all() if with_deleted else Post.objects.filter(deleted_at=None)
    answers = posts.filter(topic=topic, kind=PostKind.ANSWER).select_related("author")
    page = paginate(answers, ORDERS[order], cursor, PAGE_SIZE)
    has_accepted = any(post.is_accepted for post in page.items)
    return Content(
        opening=opening,
        order=order,
        page=page,
        comments=_comments(posts, [post.pk for post in (opening, *page.items) if post.comment_count or with_deleted]),
        tags=list(topic.tags.all()),
        solved_otherwise=_solved_otherwise(topic) if topic.is_solved and not has_accepted else None,
    )


def default_order(topic: Topic) -> str:
    """Answers to a question by helpfulness, replies of a discussion as they came."""
    return "oldest" if topic.kind == TopicKind.DISCUSSION else "helpful"


def _opening(topic_id: int, with_deleted: bool) -> Post:
    """The opening post of a topic, with the topic: one query."""
    openings: Any = Post.objects.filter(topic__id=topic_id, kind=PostKind.OPENING)
    if not with_deleted:
        openings = openings.filter(topic__deleted_at=None, topic__section__live=True)
    found: Post | None = openings.select_related("topic__section", "topic__author", "topic__merged_into").first()
    if found is None:
        raise Http404(_("This question does not exist, or was deleted by its author or a moderator."))
    if found.author_id == found.topic.author_id:
        found.author = found.topic.author
    return found


def _comments(posts: Any, parents: list[int]) -> defaultdict[int, list[Post]]:
    found: defaultdict[int, list[Post]] = defaultdict(list)
    if parents:
        for comment in posts.filter(parent__in=parents).select_related("author").order_by("id")[:MAX_COMMENTS]:
            found[comment.parent_id].append(comment)
    return found


def _solved_otherwise(topic: Topic) -> Resolution | None:
    return Resolution.objects.filter(topic=topic, answer=None, revoked_at=None).select_related("by").first()
