"""What a topic's page shows, gathered in a fixed number of queries whatever the length of the topic."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from community.accounts.models import User
from community.core.kept_values import remember
from community.core.pagination import Page
from community.topics import permissions
from community.topics.models import Post, PostKind, Resolution, Tag, Topic
from community.topics.standing import Standing, standing_of
from community.topics.topic_content import read_content


@dataclass
class ShownPost:
    """A post, its comments, and what the reader may do with it."""

    post: Post
    comments: list["ShownPost"] = field(default_factory=list)
    can_edit: bool = False
    can_suggest: bool = False
    can_delete: bool = False
    can_remove_as_spam: bool = False
    can_accept: bool = False
    can_unaccept: bool = False
    can_vote: bool = False
    can_vote_down: bool = False
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
    tags: list[Tag]
    solved_otherwise: Resolution | None
    capacity: str
    can_answer: bool
    can_moderate: bool
    can_merge: bool
    can_move: bool
    can_close: bool
    is_first_page: bool
    standing: Standing
    asks_about_merge: bool


def gather(topic_id: int, user: User | AnonymousUser, *, order: str, cursor: str) -> TopicPage:
    """The page of topic `topic_id` for `user`. Raises Http404 when there is none that they may see.

    What is the same for every reader is read again only when an event of the topic says so.
    """
    if isinstance(user, User) and user.can_moderate:
        content = read_content(topic_id, order, cursor, with_deleted=True)
    else:
        name, tags = f"topic:{topic_id}:{order}:{cursor}", [f"topic:{topic_id}", "site"]
        content = remember(name, tags, lambda: read_content(topic_id, order, cursor, with_deleted=False))
    topic = content.opening.topic
    reader = Reader(user, topic, standing_of(user, topic, [content.opening, *content.page.items]))
    shown = [reader.shown(post, content.comments[post.pk]) for post in content.page.items]
    return TopicPage(
        topic=topic,
        opening=reader.shown(content.opening, content.comments[content.opening.pk]),
        accepted=[answer for answer in shown if answer.post.is_accepted],
        answers=[answer for answer in shown if not answer.post.is_accepted],
        page=content.page,
        order=content.order,
        tags=content.tags,
        solved_otherwise=content.solved_otherwise,
        capacity=reader.capacity,
        can_answer=reader.can_answer,
        can_moderate=reader.can_moderate,
        can_merge=reader.is_asker or reader.can_merge,
        can_move=reader.can_move,
        can_close=reader.can_close,
        is_first_page=not cursor,
        standing=reader.standing,
        asks_about_merge=bool(topic.merged_into_id and not topic.is_solved and reader.is_asker),
    )


class Reader:
    """What one person may do in one topic: decided once from rows at hand, not once a post."""

    def __init__(self, user: User | AnonymousUser, topic: Topic, standing: Standing) -> None:
        self.topic, self.standing = topic, standing
        self.member = user if isinstance(user, User) else None
        self.is_asker = self.member is not None and topic.author_id == self.member.pk
        self.can_moderate = self.member is not None and self.member.can_moderate
        self.edits_others, self.votes_down = self.has("edit_others"), self.has("vote_down")
        self.suggests = self.has("suggest_edits")
        self.can_merge, self.can_move, self.can_close = self.has("merge"), self.has("move"), self.has("close")
        self.capacity = self._capacity()
        # A guest may type an answer; they sign up as the last step.
        self.can_answer = (
            not topic.is_closed and not topic.merged_into_id if self.member is None else self._can_answer()
        )

    def has(self, privilege: str) -> bool:
        """Whether the reader has `privilege` here."""
        return self.member is not None and self.member.has_perm(f"community.{privilege}", self.topic)

    def _capacity(self) -> str:
        try:
            return "" if self.member is None else permissions.capacity_to_settle(self.member, self.topic)
        except PermissionDenied:
            return ""

    def _can_answer(self) -> bool:
        return permissions.allowed(permissions.check_can_answer, self.member, self.topic)

    def shown(self, post: Post, comments: list[Post]) -> ShownPost:
        """`post` with its comments, as this reader sees them."""
        post.topic = self.topic
        own = self.member is not None and post.author_id == self.member.pk
        removable = own and not (post.kind == PostKind.OPENING and self.topic.answer_count)
        is_answer = post.kind == PostKind.ANSWER and not post.is_deleted
        shown = ShownPost(
            post=post,
            comments=[self.shown(comment, []) for comment in comments],
            can_edit=own or self.can_moderate or (self.edits_others and not post.is_deleted),
            can_suggest=self.suggests and not (own or self.edits_others or self.can_moderate or post.is_deleted),
            can_delete=removable or self.can_moderate,
            can_remove_as_spam=self.can_moderate and not own and not post.author.is_team and not post.is_deleted,
            can_accept=bool(self.capacity) and is_answer and not post.is_accepted,
            can_unaccept=is_answer and post.is_accepted and permissions.takes_back(self.capacity, post.accepted_as),
            can_vote=not own,
            can_vote_down=self.votes_down,
            my_vote=self.standing.votes.get(post.pk, 0),
        )
        shown.key = self._key(shown)
        return shown

    def _key(self, shown: ShownPost) -> str:
        """Everything that changes how a post looks: what was rendered for one key is right for all with the same."""
        post, author = shown.post, shown.post.author
        rights = (
            shown.can_edit,
            shown.can_suggest,
            shown.can_delete,
            shown.can_remove_as_spam,
            shown.can_accept,
            shown.can_unaccept,
            shown.can_vote,
            shown.can_vote_down,
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
        parts += [author.rank, author.is_ambassador]
        if post.kind != PostKind.COMMENT:
            parts += [self.member is not None, self.capacity, self.can_moderate, self.topic.title]
            parts += [comment.key for comment in shown.comments]
        if post.kind == PostKind.OPENING:
            topic = self.topic
            parts += [topic.is_solved, topic.is_closed, topic.merged_into_id, topic.same_problem_count, self.is_asker]
            parts += [self.can_merge, self.can_move, self.can_close, self.standing.shares_it, self.standing.follows_it]
        return "|".join(map(str, parts))
