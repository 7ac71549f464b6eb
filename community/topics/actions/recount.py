"""Stored counts, brought back in step with the rows that they shadow."""

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q

from community.topics.excerpts import accepted_excerpt, opening_excerpt
from community.topics.helpfulness import helpfulness
from community.topics.models import Follow, Post, PostKind, Resolution, SameProblem, Section, Tag, Topic


def recount_topic(topic: Topic) -> bool:
    """Rebuild the counts of `topic` from its rows. Returns whether any was wrong."""
    posts = Post.objects.filter(topic=topic, deleted_at=None)
    answers = posts.filter(kind=PostKind.ANSWER)
    first = (
        answers.exclude(author_id=topic.author_id).order_by("created_at").values_list("created_at", flat=True).first()
    )
    solved = (
        Resolution.objects.filter(topic=topic, revoked_at=None)
        .order_by("created_at")
        .values_list("created_at", flat=True)
        .first()
    )
    right = {
        "answer_count": answers.count(),
        "post_count": posts.count(),
        "follower_count": Follow.objects.filter(topic=topic).count(),
        "same_problem_count": SameProblem.objects.filter(topic=topic).count(),
        "first_answer_at": first,
        "is_solved": solved is not None,
        "solved_at": solved,
        "excerpt": opening_excerpt(topic),
        "answer_excerpt": accepted_excerpt(topic),
    }
    wrong = [name for name, value in right.items() if getattr(topic, name) != value]
    for name in wrong:
        setattr(topic, name, right[name])
    if wrong:
        topic.save(update_fields=wrong)
    counts = dict(
        Post.objects.filter(parent__topic=topic, deleted_at=None)
        .order_by()
        .values_list("parent")
        .annotate(count=Count("pk"))
    )
    changed = [
        post
        for post in Post.objects.filter(topic=topic).exclude(kind=PostKind.COMMENT)
        if post.comment_count != counts.get(post.pk, 0)
    ]
    for post in changed:
        post.comment_count = counts.get(post.pk, 0)
    Post.objects.bulk_update(changed, ["comment_count"])
    return bool(wrong or changed)


def recount_post(post: Post) -> bool:
    """Rebuild the counts of `post` from its votes and what came with an import. Returns whether any was wrong."""
    votes = post.votes.aggregate(up=Count("pk", filter=Q(value=1)), down=Count("pk", filter=Q(value=-1)))
    accepted = Resolution.objects.filter(answer=post, revoked_at=None).values_list("accepted_as", flat=True).first()
    right = (votes["up"] + post.imported_up, votes["down"] + post.imported_down, accepted or "")
    if (post.up_count, post.down_count, post.accepted_as) == right:
        return False
    post.up_count, post.down_count, post.accepted_as = right
    post.is_accepted = bool(accepted)
    post.helpfulness = helpfulness(post.up_count, post.down_count, post.created_at)
    post.save(update_fields=["up_count", "down_count", "is_accepted", "accepted_as", "helpfulness"])
    return True


def recount_section(section: Section) -> bool:
    """Rebuild what a section's card shows. Returns whether any of it was wrong.

    That is its topics, its unanswered questions, and the mean minutes to a first answer of its last 200 answered ones.
    """
    topics = Topic.objects.filter(section=section).listed()
    answered = topics.filter(kind="question").exclude(first_answer_at=None).order_by("-created_at", "-id")[:200]
    waited = ExpressionWrapper(F("first_answer_at") - F("created_at"), output_field=DurationField())
    mean = Topic.objects.filter(pk__in=list(answered.values_list("pk", flat=True))).aggregate(mean=Avg(waited))["mean"]
    right = (
        topics.count(),
        topics.unanswered().count(),
        round(mean.total_seconds() / 60) if mean is not None else None,
    )
    if (section.topic_count, section.unanswered_count, section.answer_minutes) == right:
        return False
    section.topic_count, section.unanswered_count, section.answer_minutes = right
    Section.objects.filter(pk=section.pk).update(
        topic_count=right[0], unanswered_count=right[1], answer_minutes=right[2]
    )
    return True


def recount_tags(tag_ids: list[int] | None = None) -> int:
    """Rebuild the number of listed topics of each tag, or of those named. Returns how many were wrong."""
    tags = Tag.objects.filter(pk__in=tag_ids) if tag_ids is not None else Tag.objects.all()
    listed = Q(topics__deleted_at=None, topics__merged_into=None, topics__section__live=True)
    wrong = [tag for tag in tags.annotate(right=Count("topics", filter=listed)) if tag.topic_count != tag.right]
    for tag in wrong:
        tag.topic_count = tag.right
    Tag.objects.bulk_update(wrong, ["topic_count"], batch_size=500)
    return len(wrong)
