"""What topics and posts show of other rows, brought in step for those that a batch touched.

One statement for a batch: PostgreSQL and SQLite both run it, and no row travels.
"""

from collections.abc import Collection

from django.db import connection

from community.topics.imports.bulk import among

_REFRESH_TOPICS = """
UPDATE topics_topic SET
    answer_count = found.answers,
    post_count = found.posts,
    first_answer_at = found.first_answer,
    last_author_id = found.last_author,
    activity_at = CASE WHEN found.latest > topics_topic.activity_at THEN found.latest ELSE topics_topic.activity_at END,
    is_solved = EXISTS (SELECT 1 FROM topics_resolution AS r
                        WHERE r.topic_id = topics_topic.id AND r.revoked_at IS NULL),
    solved_at = (SELECT MIN(r.created_at) FROM topics_resolution AS r
                 WHERE r.topic_id = topics_topic.id AND r.revoked_at IS NULL)
FROM (
    SELECT
        topic_id,
        COUNT(*) AS posts,
        SUM(CASE WHEN kind = 'answer' THEN 1 ELSE 0 END) AS answers,
        MIN(CASE WHEN kind = 'answer' AND author_id <> asker THEN created_at END) AS first_answer,
        MAX(created_at) AS latest,
        MAX(CASE WHEN place = 1 THEN author_id END) AS last_author
    FROM (
        SELECT p.topic_id, p.kind, p.author_id, p.created_at, t.author_id AS asker,
               ROW_NUMBER() OVER (PARTITION BY p.topic_id ORDER BY p.created_at DESC, p.id DESC) AS place
        FROM topics_post AS p JOIN topics_topic AS t ON t.id = p.topic_id
        WHERE p.deleted_at IS NULL AND p.topic_id {are_these}
    ) AS ranked
    GROUP BY topic_id
) AS found
WHERE topics_topic.id = found.topic_id
"""

_RECOUNT_COMMENTS = """
UPDATE topics_post SET comment_count = (
    SELECT COUNT(*) FROM topics_post AS c
    WHERE c.parent_id = topics_post.id AND c.kind = 'comment' AND c.deleted_at IS NULL
)
WHERE id {are_these}
"""


def refresh_topics(topic_ids: Collection[int]) -> None:
    """Count the posts of these topics, and note their first answer, last author and solution."""
    _run(_REFRESH_TOPICS, topic_ids)


def recount_comments(post_ids: Collection[int]) -> None:
    """Count the comments under these posts."""
    _run(_RECOUNT_COMMENTS, post_ids)


def _run(statement: str, numbers: Collection[int]) -> None:
    if not numbers:
        return
    are_these, parameters = among(numbers)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(are_these=are_these), parameters)
