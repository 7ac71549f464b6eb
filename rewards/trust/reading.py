"""What members read, as their browsers tell it and the server believes it."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.topics.models import Post, Topic
from rewards.trust.levels import consider
from rewards.trust.models import MemberDay, TopicReading

# A browser tells once a minute; a claim of more time than has passed since the last one is cut down to it.
MOST_SECONDS, MOST_POSTS = 70, 100
# Levels that reading can give at once; the others look at it nightly.
GIVEN_AT_ONCE = (0, 1)


def record_reading(topic: Topic, *, by: User, post_ids: Collection[int], seconds: int) -> None:
    """Write down that `by` had posts of `topic` before their eyes for `seconds`. Safe to repeat.

    Posts that are not there, or were read before, count nothing; time never counts twice, whatever is open beside it.
    """
    now = timezone.now()
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        last = TopicReading.objects.filter(member=by).order_by("-at").values_list("at", flat=True).first()
        passed = MOST_SECONDS if last is None else (now - last) / timedelta(seconds=1)
        reading, is_first = TopicReading.objects.get_or_create(member=by, topic=topic)
        wanted = list(post_ids)[:MOST_POSTS]
        there = Post.objects.visible_to(by).filter(topic=topic, pk__in=wanted).values_list("pk", flat=True)
        new = sorted(set(there) - set(reading.post_ids))
        reading.post_ids, reading.at = [*reading.post_ids, *new], now
        reading.save(update_fields=["post_ids", "at"])
        day, _is_new = MemberDay.objects.get_or_create(member=by, day=now.date())
        day.seconds += max(0, min(seconds, MOST_SECONDS, round(passed)))
        day.topics_entered += is_first
        day.posts_read += len(new)
        day.save(update_fields=["seconds", "topics_entered", "posts_read"])
    if by.trust_level in GIVEN_AT_ONCE:
        consider(by.pk)
