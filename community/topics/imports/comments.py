"""Store the comments of another community, a batch at a time."""

from collections.abc import Collection, Sequence

from community.topics.imports.bulk import insert, pairs_in
from community.topics.imports.context import Context, clean
from community.topics.imports.converting import Converted
from community.topics.imports.members import authors_of
from community.topics.imports.rows import CommentRow
from community.topics.imports.shadows import recount_comments
from community.topics.imports.topics import MOST
from community.topics.models import Post, PostKind, RecordKind


def import_comments(context: Context, rows: Sequence[CommentRow], texts: Sequence[Converted]) -> Collection[int]:
    """Store `rows`, none of which came in before, under their posts. Returns the topics."""
    posts = context.known(RecordKind.POST, (row.post_id for row in rows))
    topics = pairs_in(Post._meta.db_table, ("id", "topic_id"), {}, posts.values())
    pairs = [(row, text) for row, text in zip(rows, texts, strict=True) if posts.get(row.post_id) in topics]
    if orphans := len(rows) - len(pairs):
        context.report.left_out["comments whose post is missing"] += orphans
    rows = [row for row, _ in pairs]
    keys = insert(
        Post,
        [
            {
                "topic_id": topics[posts[row.post_id]],
                "kind": PostKind.COMMENT.value,
                "parent_id": posts[row.post_id],
                "author_id": author,
                "body": clean(text.markdown),
                "html": clean(text.html),
                "created_at": row.created_at,
                "imported_up": min(max(row.score, 0), MOST),
                "up_count": min(max(row.score, 0), MOST),
            }
            for (row, text), author in zip(pairs, authors_of(context, rows), strict=True)
        ],
    )
    context.remember(RecordKind.COMMENT, {row.id: key for row, key in zip(rows, keys, strict=True)})
    recount_comments({posts[row.post_id] for row in rows})
    context.report.new["comments"] += len(keys)
    return {topics[posts[row.post_id]] for row in rows}
