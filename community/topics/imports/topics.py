"""Store the questions and answers of another community, a batch at a time."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from community.core.slugs import readable_slug
from community.topics.excerpts import excerpt
from community.topics.helpfulness import helpfulness
from community.topics.imports.bulk import Row, insert, insert_unseen, pairs_in, update
from community.topics.imports.context import Context, clean, clean_line
from community.topics.imports.converting import Converted
from community.topics.imports.members import authors_of
from community.topics.imports.rows import PostRow, PostType
from community.topics.imports.tagging import tag_ids
from community.topics.models import Post, PostKind, RecordKind, Resolution, ResolutionKind, Topic
from community.topics.models.resolutions import AcceptedAs
from community.topics.writing import TITLE_MAX

MOST = 2_000_000_000


def import_questions(context: Context, rows: Sequence[PostRow], texts: Sequence[Converted]) -> Collection[int]:
    """Store `rows`, none of which came in before; rows that are no questions are counted. Returns the topics."""
    pairs = [(row, text) for row, text in zip(rows, texts, strict=True) if row.type == PostType.QUESTION]
    if other := len(rows) - len(pairs):
        context.report.left_out["posts of other kinds (tag descriptions and such)"] += other
    rows = [row for row, _ in pairs]
    authors = authors_of(context, rows)
    topics = insert(
        Topic, [_topic(context, row, text, author) for (row, text), author in zip(pairs, authors, strict=True)]
    )
    posts = insert(
        Post,
        [
            _post(row, text, topic=topic, author=author, kind=PostKind.OPENING)
            for (row, text), topic, author in zip(pairs, topics, authors, strict=True)
        ],
    )
    _tag(context, rows, topics)
    context.remember(RecordKind.POST, {row.id: post for row, post in zip(rows, posts, strict=True)})
    accepted = {
        row.accepted_answer_id: topic
        for row, topic in zip(rows, topics, strict=True)
        if row.accepted_answer_id is not None
    }
    already = context.known(RecordKind.ACCEPTED_ANSWER, accepted)
    context.remember(
        RecordKind.ACCEPTED_ANSWER, {answer: topic for answer, topic in accepted.items() if answer not in already}
    )
    context.report.new["questions"] += len(posts)
    return topics


def import_answers(context: Context, rows: Sequence[PostRow], texts: Sequence[Converted]) -> Collection[int]:
    """Store `rows`, none of which came in before, and accept what their askers accepted. Returns the topics."""
    openings = _openings(context, {row.parent_id for row in rows if row.parent_id is not None})
    pairs = [(row, text) for row, text in zip(rows, texts, strict=True) if row.parent_id in openings]
    if orphans := len(rows) - len(pairs):
        context.report.left_out["answers whose question is missing"] += orphans
    rows = [row for row, _ in pairs]
    accepted = context.known(RecordKind.ACCEPTED_ANSWER, (row.id for row in rows))
    posts: list[Row] = []
    for (row, text), author in zip(pairs, authors_of(context, rows), strict=True):
        topic = openings[row.parent_id or 0][0]
        is_accepted = accepted.get(row.id) == topic
        post = _post(row, text, topic=topic, author=author, kind=PostKind.ANSWER)
        posts.append(post | {"is_accepted": is_accepted, "accepted_as": AcceptedAs.ASKER.value if is_accepted else ""})
    keys = insert(Post, posts)
    context.remember(RecordKind.POST, {row.id: key for row, key in zip(rows, keys, strict=True)})
    _accept(
        context,
        {key: post for key, post in zip(keys, posts, strict=True) if post["is_accepted"]},
        dict(openings.values()),
    )
    context.report.new["answers"] += len(posts)
    return {post["topic_id"] for post in posts}


def _openings(context: Context, origin_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """The topic and the asker of each of these questions that came in."""
    openings = context.known(RecordKind.POST, origin_ids)
    kind = {"kind": PostKind.OPENING.value}
    topics = pairs_in(Post._meta.db_table, ("id", "topic_id"), kind, openings.values())
    askers = pairs_in(Topic._meta.db_table, ("id", "author_id"), {}, topics.values())
    return {origin: (topics[key], askers[topics[key]]) for origin, key in openings.items() if key in topics}


def _topic(context: Context, row: PostRow, text: Converted, author: int) -> Row:
    words = excerpt(text.html)
    title = clean_line(row.title, TITLE_MAX) or words[:TITLE_MAX] or f"{context.source.name} {row.id}"
    return {
        "section_id": context.source.section_id,
        "author_id": author,
        "last_author_id": author,
        "title": title,
        "slug": readable_slug(title),
        "lang": context.language(f"{title}\n{text.markdown}"),
        "created_at": row.created_at,
        "activity_at": max(row.active_at or row.created_at, row.created_at),
        "is_closed": row.closed_at is not None,
        "post_count": 1,
        "excerpt": words,
    }


def _post(row: PostRow, text: Converted, *, topic: int, author: int, kind: PostKind) -> dict[str, Any]:
    up, down = min(max(row.score, 0), MOST), min(max(-row.score, 0), MOST)
    return {
        "topic_id": topic,
        "kind": kind.value,
        "author_id": author,
        "body": clean(text.markdown),
        "html": clean(text.html),
        "created_at": row.created_at,
        "edited_at": row.edited_at,
        "imported_up": up,
        "imported_down": down,
        "up_count": up,
        "down_count": down,
        "helpfulness": helpfulness(up, down, row.created_at),
    }


def _tag(context: Context, rows: Sequence[PostRow], topics: Sequence[int]) -> None:
    keys = tag_ids(context, (name for row in rows for name in row.tags))
    insert_unseen(
        Topic.tags.through,
        [
            {"topic_id": topic, "tag_id": key}
            for row, topic in zip(rows, topics, strict=True)
            for key in dict.fromkeys(keys[name] for name in row.tags if name in keys)
        ],
    )


def _accept(context: Context, answers: Mapping[int, Row], askers: Mapping[int, int]) -> None:
    """Accept `answers` (by key) in the name of the askers (by topic)."""
    insert_unseen(
        Resolution,
        [
            {
                "topic_id": post["topic_id"],
                "kind": ResolutionKind.ANSWER.value,
                "answer_id": key,
                "by_id": askers[post["topic_id"]],
                "accepted_as": AcceptedAs.ASKER.value,
                "created_at": post["created_at"],
            }
            for key, post in answers.items()
        ],
    )
    update(Topic, ["answer_excerpt"], {post["topic_id"]: [excerpt(post["html"])] for post in answers.values()})
    context.report.new["accepted answers"] += len(answers)
