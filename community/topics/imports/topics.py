"""Store the questions and answers of another community, a batch at a time."""

from collections.abc import Collection, Sequence

from django.db.models import Count, Exists, F, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from community.topics.excerpts import excerpt
from community.topics.helpfulness import helpfulness
from community.topics.imports.bulk import insert
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
    topics = [_topic(context, row, text, author) for (row, text), author in zip(pairs, authors, strict=True)]
    insert(Topic, topics)
    posts = [
        _post(row, text, topic=topic.pk, author=topic.author_id, kind=PostKind.OPENING)
        for (row, text), topic in zip(pairs, topics, strict=True)
    ]
    insert(Post, posts)
    _tag(context, rows, topics)
    context.remember(RecordKind.POST, {row.id: post.pk for row, post in zip(rows, posts, strict=True)})
    accepted = {
        row.accepted_answer_id: topic.pk
        for row, topic in zip(rows, topics, strict=True)
        if row.accepted_answer_id is not None
    }
    already = context.known(RecordKind.ACCEPTED_ANSWER, accepted)
    context.remember(
        RecordKind.ACCEPTED_ANSWER, {answer: topic for answer, topic in accepted.items() if answer not in already}
    )
    context.report.new["questions"] += len(posts)
    return [topic.pk for topic in topics]


def import_answers(context: Context, rows: Sequence[PostRow], texts: Sequence[Converted]) -> Collection[int]:
    """Store `rows`, none of which came in before, and accept what their askers accepted. Returns the topics."""
    openings = _openings(context, {row.parent_id for row in rows if row.parent_id is not None})
    pairs = [(row, text) for row, text in zip(rows, texts, strict=True) if row.parent_id in openings]
    if orphans := len(rows) - len(pairs):
        context.report.left_out["answers whose question is missing"] += orphans
    rows = [row for row, _ in pairs]
    accepted = context.known(RecordKind.ACCEPTED_ANSWER, (row.id for row in rows))
    posts: list[Post] = []
    resolutions: list[tuple[Post, int, int]] = []
    for (row, text), author in zip(pairs, authors_of(context, rows), strict=True):
        topic, asker = openings[row.parent_id or 0]
        post = _post(row, text, topic=topic, author=author, kind=PostKind.ANSWER)
        if accepted.get(row.id) == topic:
            post.is_accepted, post.accepted_as = True, AcceptedAs.ASKER
            resolutions.append((post, topic, asker))
        posts.append(post)
    insert(Post, posts)
    context.remember(RecordKind.POST, {row.id: post.pk for row, post in zip(rows, posts, strict=True)})
    _accept(context, resolutions)
    context.report.new["answers"] += len(posts)
    return {post.topic_id for post in posts}


def refresh_topics(topic_ids: Collection[int]) -> None:
    """Bring what topics show of their posts in step with their posts."""
    posts = Post.objects.filter(topic=OuterRef("pk"), deleted_at=None).order_by()
    answers = posts.filter(kind=PostKind.ANSWER)
    settled = Resolution.objects.filter(topic=OuterRef("pk"), revoked_at=None).order_by()
    count, first = Count("pk"), Min("created_at")
    Topic.objects.filter(pk__in=topic_ids).update(
        answer_count=Coalesce(Subquery(answers.values("topic").annotate(of=count).values("of")), 0),
        post_count=Coalesce(Subquery(posts.values("topic").annotate(of=count).values("of")), 0),
        first_answer_at=Subquery(
            answers.exclude(author=OuterRef("author")).values("topic").annotate(of=first).values("of")
        ),
        is_solved=Exists(settled),
        solved_at=Subquery(settled.values("topic").annotate(of=first).values("of")),
        activity_at=Greatest(F("activity_at"), Subquery(posts.order_by("-created_at", "-pk").values("created_at")[:1])),
        last_author=Subquery(posts.order_by("-created_at", "-pk").values("author")[:1]),
    )


def _openings(context: Context, origin_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """The topic and the asker of each of these questions that came in."""
    openings = context.known(RecordKind.POST, origin_ids)
    found = {
        key: (topic, asker)
        for key, topic, asker in Post.objects.filter(pk__in=openings.values(), kind=PostKind.OPENING).values_list(
            "pk", "topic_id", "topic__author_id"
        )
    }
    return {origin: found[key] for origin, key in openings.items() if key in found}


def _topic(context: Context, row: PostRow, text: Converted, author: int) -> Topic:
    topic = Topic(
        section_id=context.source.section_id,
        author_id=author,
        last_author_id=author,
        lang=context.language(f"{row.title}\n{text.markdown}"),
        created_at=row.created_at,
        activity_at=max(row.active_at or row.created_at, row.created_at),
        is_closed=row.closed_at is not None,
        post_count=1,
        excerpt=excerpt(text.html),
    )
    topic.retitle(
        clean_line(row.title, TITLE_MAX) or excerpt(text.html, TITLE_MAX) or f"{context.source.name} {row.id}"
    )
    return topic


def _post(row: PostRow, text: Converted, *, topic: int, author: int, kind: PostKind) -> Post:
    up, down = min(max(row.score, 0), MOST), min(max(-row.score, 0), MOST)
    return Post(
        topic_id=topic,
        kind=kind,
        author_id=author,
        body=clean(text.markdown),
        html=clean(text.html),
        created_at=row.created_at,
        edited_at=row.edited_at,
        imported_up=up,
        imported_down=down,
        up_count=up,
        down_count=down,
        helpfulness=helpfulness(up, down, row.created_at),
    )


def _tag(context: Context, rows: Sequence[PostRow], topics: Sequence[Topic]) -> None:
    keys = tag_ids(context, (name for row in rows for name in row.tags))
    through = Topic.tags.through
    insert(
        through,
        [
            through(topic_id=topic.pk, tag_id=key)
            for row, topic in zip(rows, topics, strict=True)
            for key in dict.fromkeys(keys[name] for name in row.tags if name in keys)
        ],
    )


def _accept(context: Context, accepted: Sequence[tuple[Post, int, int]]) -> None:
    insert(
        Resolution,
        [
            Resolution(
                topic_id=topic,
                kind=ResolutionKind.ANSWER,
                answer=post,
                by_id=asker,
                accepted_as=AcceptedAs.ASKER,
                created_at=post.created_at,
            )
            for post, topic, asker in accepted
        ],
    )
    Topic.objects.bulk_update(
        [Topic(pk=topic, answer_excerpt=excerpt(post.html)) for post, topic, _ in accepted], ["answer_excerpt"]
    )
    context.report.new["accepted answers"] += len(accepted)
