"""All that an import made, named by the numbers of the other community: two imports of a dump give the same."""

from typing import Any

from community.topics.models import ImportedRecord, Post, RecordKind, Resolution, Topic


def everything(source: str = "tiny-dump") -> dict[str, list[tuple[Any, ...]]]:
    """All that an import made, named by the numbers of the other community instead of keys of our own."""
    records = ImportedRecord.objects.filter(source__name=source)
    posts = dict(records.filter(kind__in=[RecordKind.POST]).values_list("target_id", "origin_id"))
    comments = {
        key: -origin for key, origin in records.filter(kind=RecordKind.COMMENT).values_list("target_id", "origin_id")
    }
    names = posts | comments
    topics = {
        topic: posts[key] for key, topic in Post.objects.filter(kind="opening", pk__in=posts).values_list("pk", "topic")
    }
    topic_columns = (
        "author__username title slug lang created_at activity_at last_author__username is_closed "
        "answer_count post_count is_solved solved_at first_answer_at excerpt answer_excerpt".split()
    )
    post_columns = (
        "kind author__username body html created_at edited_at imported_up imported_down up_count down_count "
        "comment_count is_accepted accepted_as helpfulness".split()
    )
    return {
        "topics": sorted(
            (topics[key], topics.get(into), *values)
            for key, into, *values in Topic.objects.filter(pk__in=topics).values_list(
                "pk", "merged_into", *topic_columns
            )
        ),
        "tags": sorted(
            (topics[topic], slug)
            for topic, slug in Topic.tags.through.objects.filter(topic__in=topics).values_list("topic", "tag__slug")
        ),
        "posts": sorted(
            (names[key], topics[topic], names.get(parent), *values)
            for key, topic, parent, *values in Post.objects.filter(pk__in=names).values_list(
                "pk", "topic", "parent", *post_columns
            )
        ),
        "resolutions": sorted(
            (topics[topic], names[answer], *values)
            for topic, answer, *values in Resolution.objects.filter(topic__in=topics).values_list(
                "topic", "answer", "kind", "by__username", "accepted_as", "created_at"
            )
        ),
        "counts": [(Topic.objects.count(), Post.objects.count(), Resolution.objects.count(), len(records))],
    }
