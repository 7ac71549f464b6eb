"""What a topic's page shows, gathered in a fixed number of queries whatever the length of the topic."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Subquery
from django.db.models.fields import DateTimeField
from django.http import Http404
from django.utils.translation import gettext as _

from community.accounts.models import Role, User
from community.core.pagination import Page, paginate
from community.topics import permissions
from community.topics.models import (
    Draft,
    Follow,
    Post,
    PostKind,
    PostVote,
    ReadMark,
    Resolution,
    SameProblem,
    Topic,
    TopicKind,
)

PAGE_SIZE = 20
ORDERS = {
    "helpful": ("-is_accepted", "-helpfulness", "id"),
    "newest": ("-id",),
    "oldest": ("id",),
}
MAX_COMMENTS = 200


@dataclass
class ShownPost:
    """A post, its comments, and what the reader may do with it."""

    post: Post
    comments: list["ShownPost"] = field(default_factory=list)
    can_edit: bool = False
    can_delete: bool = False
    can_accept: bool = False
    can_unaccept: bool = False
    can_vote: bool = False
    my_vote: int = 0
    key: str = ""


@dataclass
class TopicPage:
    """Everything on a topic's page."""

    topic: Topic
    opening: ShownPost
    accepted: list[ShownPost]
    answers: list[ShownPost]
    page: Page[Post]
    order: str
    tags: list[Any]
    solved_otherwise: Resolution | None
    capacity: str
    can_answer: bool
    can_moderate: bool
    can_merge: bool
    is_first_page: bool
    draft: dict[str, Any]
    draft_version: int
    asks_about_merge: bool


def gather(topic_id: int, user: User | AnonymousUser, *, order: str, cursor: str) -> TopicPage:
    """The page of topic `topic_id` for `user`. Raises Http404 when there is none that they may see."""
    opening = _opening(topic_id, user)
    topic, reader = opening.topic, Reader(user, opening.topic)
    order = order if order in ORDERS else default_order(topic)
    answers = _present(user).filter(topic=topic, kind=PostKind.ANSWER).select_related("author")
    page = paginate(answers, ORDERS[order], cursor, PAGE_SIZE)
    comments = _comments([opening, *page.items], user)
    reader.votes = _votes([opening, *page.items], user)
    shown = [reader.shown(post, comments[post.pk]) for post in page.items]
    has_accepted = any(answer.post.is_accepted for answer in shown)
    draft = getattr(topic, "my_draft", None) or {}
    return TopicPage(
        topic=topic,
        opening=reader.shown(opening, comments[opening.pk]),
        accepted=[answer for answer in shown if answer.post.is_accepted],
        answers=[answer for answer in shown if not answer.post.is_accepted],
        page=page,
        order=order,
        tags=list(topic.tags.all()),
        solved_otherwise=_solved_otherwise(topic) if topic.is_solved and not has_accepted else None,
        capacity=reader.capacity,
        can_answer=reader.can_answer,
        can_moderate=reader.can_moderate,
        can_merge=reader.can_moderate or reader.capacity in {"asker", "expert"},
        is_first_page=not cursor,
        draft=draft,
        draft_version=getattr(topic, "my_draft_version", None) or 0,
        asks_about_merge=bool(topic.merged_into_id and not topic.is_solved and reader.is_asker),
    )


def default_order(topic: Topic) -> str:
    """Answers to a question by helpfulness, replies of a discussion as they came."""
    return "oldest" if topic.kind == TopicKind.DISCUSSION else "helpful"


class Reader:
    """What one person may do in one topic: decided once from rows at hand, not once a post."""

    def __init__(self, user: User | AnonymousUser, topic: Topic) -> None:
        self.topic = topic
        self.member = user if isinstance(user, User) else None
        self.is_asker = self.member is not None and topic.author_id == self.member.pk
        self.can_moderate = self.member is not None and self.member.can_moderate
        self.capacity = self._capacity()
        self.votes: dict[int, int] = {}
        # A guest may type an answer; they sign up as the last step.
        self.can_answer = (
            not topic.is_closed and not topic.merged_into_id if self.member is None else self._can_answer()
        )

    def _capacity(self) -> str:
        if self.member is None or not self.topic.is_question:
            return ""
        if self.is_asker:
            return "asker"
        return "staff" if self.member.is_team else "expert" if self.member.role == Role.EXPERT else ""

    def _can_answer(self) -> bool:
        return permissions.allowed(permissions.check_can_answer, self.member, self.topic)

    def shown(self, post: Post, comments: list[Post]) -> ShownPost:
        """`post` with its comments, as this reader sees them."""
        post.topic = self.topic
        own = self.member is not None and post.author_id == self.member.pk
        removable = own and not (post.kind == PostKind.OPENING and self.topic.answer_count)
        is_answer = post.kind == PostKind.ANSWER and not post.is_deleted
        revocable = self.capacity in {"staff", "expert"} or (self.capacity == "asker" and post.accepted_as == "asker")
        shown = ShownPost(
            post=post,
            comments=[self.shown(comment, []) for comment in comments],
            can_edit=own or self.can_moderate,
            can_delete=removable or self.can_moderate,
            can_accept=bool(self.capacity) and is_answer and not post.is_accepted,
            can_unaccept=is_answer and post.is_accepted and revocable,
            can_vote=not own,
            my_vote=self.votes.get(post.pk, 0),
        )
        shown.key = self._key(shown)
        return shown

    def _key(self, shown: ShownPost) -> str:
        """Everything that changes how a post looks: what was rendered for one key is right for all with the same."""
        post, author = shown.post, shown.post.author
        rights = (
            shown.can_edit,
            shown.can_delete,
            shown.can_accept,
            shown.can_unaccept,
            shown.can_vote,
            self.can_answer,
        )
        parts: list[object] = [
            post.pk,
            post.revision,
            post.up_count,
            post.down_count,
            post.accepted_as,
            post.is_deleted,
        ]
        parts += [shown.my_vote, *map(int, rights), author.username, author.avatar, author.role, author.is_superuser]
        if post.kind != PostKind.COMMENT:
            parts += [self.member is not None, self.capacity, self.can_moderate, self.topic.title]
            parts += [comment.key for comment in shown.comments]
        if post.kind == PostKind.OPENING:
            topic = self.topic
            parts += [topic.is_solved, topic.is_closed, topic.merged_into_id, topic.same_problem_count, self.is_asker]
            parts += [topic.shares_it, topic.follows_it]  # type: ignore[attr-defined]
        return "|".join(map(str, parts))


def _opening(topic_id: int, user: User | AnonymousUser) -> Post:
    """The opening post of a topic that `user` may read, with the topic and how they stand to it: one query."""
    openings: Any = Post.objects.filter(topic__id=topic_id, kind=PostKind.OPENING)
    if not (isinstance(user, User) and user.can_moderate):
        openings = openings.filter(topic__deleted_at=None, topic__section__live=True)
    if isinstance(user, User):
        mine, draft = {"topic": topic_id, "user": user}, Draft.objects.filter(user=user, key=f"answer:{topic_id}")
        openings = openings.annotate(
            my_read_at=Subquery(ReadMark.objects.filter(**mine).values("read_at")[:1], output_field=DateTimeField()),
            follows_it=Exists(Follow.objects.filter(**mine)),
            shares_it=Exists(SameProblem.objects.filter(**mine)),
            my_draft=Subquery(draft.values("data")[:1]),
            my_draft_version=Subquery(draft.values("version")[:1]),
        )
    found: Post | None = openings.select_related("topic__section", "topic__author", "topic__merged_into").first()
    if found is None:
        raise Http404(_("This question does not exist, or was deleted by its author or a moderator."))
    if found.author_id == found.topic.author_id:
        found.author = found.topic.author
    for name in ("my_read_at", "follows_it", "shares_it", "my_draft", "my_draft_version"):
        setattr(found.topic, name, getattr(found, name, None))
    return found


def _present(user: User | AnonymousUser) -> Any:
    """Posts of a topic that `user` was found to be allowed to read; moderators see deleted ones too."""
    return Post.objects.all() if isinstance(user, User) and user.can_moderate else Post.objects.filter(deleted_at=None)


def _votes(posts: list[Post], user: User | AnonymousUser) -> dict[int, int]:
    """How `user` voted on `posts`, by post."""
    if not isinstance(user, User):
        return {}
    mine = PostVote.objects.filter(user=user, post__in=[post.pk for post in posts])
    return dict(mine.values_list("post_id", "value"))


def _comments(posts: list[Post], user: User | AnonymousUser) -> dict[int, list[Post]]:
    found: dict[int, list[Post]] = defaultdict(list)
    commented = [post.pk for post in posts if post.comment_count or getattr(user, "can_moderate", False)]
    if commented:
        comments = _present(user).filter(parent__in=commented).select_related("author")
        for comment in comments.order_by("id")[:MAX_COMMENTS]:
            found[comment.parent_id or 0].append(comment)
    return found


def _solved_otherwise(topic: Topic) -> Resolution | None:
    return Resolution.objects.filter(topic=topic, answer=None, revoked_at=None).select_related("by").first()
