"""Writes the invented community into the database, in batches, like an import."""

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import transaction

from community.core.events import publish
from community.topics.actions.recount import recount_section, recount_tags
from community.topics.events import BulkImported
from community.topics.models import Follow, Post, PostVote, Resolution, SameProblem, Topic
from deploy.bench.catalogue import make_members, make_sections, make_tags
from deploy.bench.plan import needle_positions, posts_of_topics
from deploy.bench.topics import UNTIL, Cast, Sketch, Sketcher

BATCH = 1_000
T = TypeVar("T")


def seed(
    *, members: int, topics: int, posts: int, seed: int, progress: Callable[[int], object] = lambda done: None
) -> list[Topic]:
    """Write the whole community and return its first two topics; `progress` is told how many topics are done.

    The same figures and the same seed give the same rows. Raises ValueError when the figures cannot be met.
    """
    rng = random.Random(seed)  # noqa: S311
    sizes = posts_of_topics(topics, posts, rng)
    needles = needle_positions(posts, rng)
    with transaction.atomic():
        cast = Cast(make_members(members, rng, UNTIL), make_sections(), make_tags())
    sketcher = Sketcher(cast, needles, rng)
    first: list[Topic] = []
    done = 0
    for batch in batches(sketcher.sketches(sizes), BATCH):
        write(batch)
        first = first or [made.topic for made in batch[:2]]
        done += len(batch)
        progress(done)
    with transaction.atomic():
        for section in cast.sections:
            recount_section(section)
        recount_tags()
    return first


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """`items` in lists of `size`."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


@transaction.atomic
def write(batch: list[Sketch]) -> None:
    """Write the topics of one batch with all that belongs to them, and announce them in one event."""
    topics = Topic.objects.bulk_create([made.topic for made in batch])
    for made in batch:
        for post in made.posts:
            post.topic_id = made.topic.pk
    Post.objects.bulk_create([post for made in batch for post in made.posts], batch_size=2_000)
    comments = []
    for made in batch:
        for parent, comment in made.comments:
            comment.topic_id, comment.parent_id = made.topic.pk, made.posts[parent].pk
            comments.append(comment)
    Post.objects.bulk_create(comments, batch_size=2_000)
    write_reactions(batch)
    publish(BulkImported(topic_ids=tuple(topic.pk for topic in topics)))


def write_reactions(batch: list[Sketch]) -> None:
    """Write votes, shared problems, follows, tags and resolutions of a batch whose posts are written."""
    PostVote.objects.bulk_create(
        [
            PostVote(post_id=post.pk, user_id=voter.pk, value=value, created_at=post.created_at)
            for made in batch
            for post, voter, value in made.voters
        ],
        batch_size=5_000,
    )
    shared = [(made.topic, member) for made in batch for member in made.sharers]
    SameProblem.objects.bulk_create(
        [SameProblem(topic_id=topic.pk, user_id=member.pk, created_at=topic.activity_at) for topic, member in shared],
        batch_size=5_000,
    )
    Follow.objects.bulk_create(
        [Follow(topic_id=topic.pk, user_id=member.pk, created_at=topic.activity_at) for topic, member in shared],
        batch_size=5_000,
    )
    labels = Topic.tags.through
    labels._default_manager.bulk_create(
        [labels(topic_id=made.topic.pk, tag_id=tag.pk) for made in batch for tag in made.tags],
        batch_size=5_000,
    )
    resolutions = []
    for made in batch:
        if made.resolution is not None and made.resolution.answer is not None:
            made.resolution.topic_id, made.resolution.answer_id = made.topic.pk, made.resolution.answer.pk
            resolutions.append(made.resolution)
    Resolution.objects.bulk_create(resolutions)
