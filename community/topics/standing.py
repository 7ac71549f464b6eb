"""How a member stands to a topic: what they follow, share, voted, typed and have read."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Subquery
from django.db.models.fields import DateTimeField

from community.accounts.models import User
from community.topics.models import Draft, Follow, Post, PostVote, ReadMark, SameProblem


@dataclass(frozen=True)
class Standing:
    """A guest's is empty. `votes` are by post; `draft` is what they typed of an answer, by field."""

    read_at: datetime | None = None
    follows_it: bool = False
    shares_it: bool = False
    draft: dict[str, Any] = field(default_factory=dict)
    draft_version: int = 0
    votes: dict[int, int] = field(default_factory=dict)


def standing_of(user: User | AnonymousUser, topic_id: int, posts: list[Post]) -> Standing:
    """How `user` stands to a topic, of which `posts` are shown: two queries, none for guests."""
    if not isinstance(user, User):
        return Standing()
    mine, draft = {"topic": topic_id, "user": user}, Draft.objects.filter(user=user, key=f"answer:{topic_id}")
    row = User.objects.filter(pk=user.pk).values_list(
        Subquery(ReadMark.objects.filter(**mine).values("read_at")[:1], output_field=DateTimeField()),
        Exists(Follow.objects.filter(**mine)),
        Exists(SameProblem.objects.filter(**mine)),
        Subquery(draft.values("data")[:1]),
        Subquery(draft.values("version")[:1]),
    )[0]
    votes = PostVote.objects.filter(user=user, post__in=[post.pk for post in posts]).values_list("post_id", "value")
    return Standing(row[0], row[1], row[2], row[3] or {}, row[4] or 0, dict(votes))
