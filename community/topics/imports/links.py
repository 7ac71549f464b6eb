"""Duplicates, and the days on which answers were accepted."""

from collections.abc import Collection, Sequence

from community.topics.imports.context import Context
from community.topics.imports.rows import LinkType, PostLinkRow, VoteRow, VoteType
from community.topics.models import Post, PostKind, RecordKind, Resolution, ResolutionKind, Topic
from community.topics.models.resolutions import AcceptedAs


def import_duplicates(context: Context, rows: Sequence[PostLinkRow]) -> Collection[int]:
    """Let questions marked as duplicates point to the other one; plain links are counted. Returns the topics.

    A topic that points somewhere already is left alone: that was decided here.
    """
    duplicates = [row for row in rows if row.type == LinkType.DUPLICATE]
    if others := len(rows) - len(duplicates):
        context.report.left_out["links between posts that are no duplicates"] += others
    openings = context.known(RecordKind.POST, [row.post_id for row in rows] + [row.related_post_id for row in rows])
    topics = dict(Post.objects.filter(pk__in=openings.values(), kind=PostKind.OPENING).values_list("pk", "topic_id"))
    merged: dict[int, int] = {}
    for row in duplicates:
        topic, into = (topics.get(openings.get(origin, 0)) for origin in (row.post_id, row.related_post_id))
        if topic is None or into is None:
            context.report.left_out["duplicates of questions that are missing"] += 1
        elif _merge(topic, into):
            merged[row.id] = topic
        else:
            context.report.left_out["duplicates in a circle, or merged here before"] += 1
    context.remember(RecordKind.DUPLICATE, merged)
    context.report.new["duplicates"] += len(merged)
    return set(merged.values())


def _merge(topic: int, into: int) -> bool:
    into = Topic.objects.values_list("merged_into_id", flat=True).get(pk=into) or into
    if into == topic or not Topic.objects.filter(pk=topic, merged_into=None).update(merged_into=into):
        return False
    Topic.objects.filter(merged_into=topic).update(merged_into=into)
    return True


def date_acceptances(context: Context, rows: Sequence[VoteRow]) -> Collection[int]:
    """Give accepted answers the day on which they were accepted. Returns the topics that this changed."""
    days = {row.post_id: row.created_at for row in rows if row.type == VoteType.ACCEPTED}
    answers = {key: origin for origin, key in context.known(RecordKind.POST, days).items()}
    written = dict(Post.objects.filter(pk__in=answers).values_list("pk", "created_at"))
    changed = []
    for resolution in Resolution.objects.filter(
        answer__in=answers, kind=ResolutionKind.ANSWER, accepted_as=AcceptedAs.ASKER, revoked_at=None
    ):
        answer = resolution.answer_id or 0
        # Votes are dated to the day: the acceptance came after the answer, not at midnight before it.
        accepted_at = max(days[answers[answer]], written[answer])
        if resolution.created_at != accepted_at:
            resolution.created_at = accepted_at
            changed.append(resolution)
    Resolution.objects.bulk_update(changed, ["created_at"])
    return {resolution.topic_id for resolution in changed}
