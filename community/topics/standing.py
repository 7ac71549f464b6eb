"""How a member stands to a topic: what they follow, share, voted, typed and have read."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Model

from community.accounts.models import User
from community.topics.models import Draft, Follow, Post, PostVote, ReadMark, SameProblem, Topic


@dataclass(frozen=True)
class Standing:
    """A guest's is empty. `votes` are by post; `draft` is what they typed of an answer, by field."""

    has_read: bool = False
    follows_it: bool = False
    shares_it: bool = False
    draft: dict[str, Any] = field(default_factory=dict)
    draft_version: int = 0
    votes: dict[int, int] = field(default_factory=dict)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


# Written by hand: composing the same statement with the ORM took a seventh of the whole page's time.
_MINE = "SELECT 1 FROM {} WHERE topic_id = %s AND user_id = %s"
STATEMENT = f"""SELECT EXISTS({_MINE.format(_table(ReadMark))} AND read_at >= %s),
    EXISTS({_MINE.format(_table(Follow))}), EXISTS({_MINE.format(_table(SameProblem))}), draft.data, draft.version
    FROM (SELECT 1) AS one LEFT JOIN {_table(Draft)} draft ON draft.user_id = %s AND draft.key = %s"""  # noqa: S608


def standing_of(user: User | AnonymousUser, topic: Topic, posts: list[Post]) -> Standing:
    """How `user` stands to `topic`, of which `posts` are shown: two queries, none for guests."""
    if not isinstance(user, User):
        return Standing()
    mine, changed_at = [topic.pk, user.pk], connection.ops.adapt_datetimefield_value(topic.activity_at)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [*mine, changed_at, *mine, *mine, user.pk, f"answer:{topic.pk}"])
        has_read, follows_it, shares_it, draft, version = cursor.fetchone()
    votes = PostVote.objects.filter(user=user, post__in=[post.pk for post in posts]).values_list("post_id", "value")
    return Standing(
        bool(has_read), bool(follows_it), bool(shares_it), json.loads(draft) if draft else {}, version or 0, dict(votes)
    )
