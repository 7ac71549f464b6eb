"""Proves what the programme keeps beside its rows: the mark beside a name, and readers helped by day."""

from collections import Counter
from datetime import date

from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.core.models import LoggedEvent
from community.topics.events import AnswerConfirmed
from community.topics.models import Post
from rewards.ambassadors.lifecycle import ACTIVE_STATES
from rewards.ambassadors.models import Ambassadorship, HelpedDay


def recount_ambassadors() -> int:
    """Bring both in step with the states and the log of events; returns how many rows were wrong.

    It acts for the operator: there is no actor whose rights could be checked.
    """
    with transaction.atomic():
        holding = Ambassadorship.objects.filter(state__in=ACTIVE_STATES).values("member")
        wrong = User.objects.filter(is_ambassador=False, pk__in=holding).update(is_ambassador=True)
        wrong += User.objects.filter(is_ambassador=True).exclude(pk__in=holding).update(is_ambassador=False)
        return wrong + _recount_helped_days()


def _recount_helped_days() -> int:
    right = _helped_days()
    wrong = 0
    for row in HelpedDay.objects.select_for_update().order_by("pk"):
        count = right.pop((row.post_id, row.day), 0)
        if row.count != count:
            wrong += 1
            row.count = count
            row.save(update_fields=["count"])
    made = [HelpedDay(post_id=post, day=day, count=count) for (post, day), count in sorted(right.items())]
    return wrong + len(HelpedDay.objects.bulk_create(made))


def _helped_days() -> Counter[tuple[int, date]]:
    """By answer and day, how many readers it helped as the log has it, without its author."""
    counts: Counter[tuple[int, date]] = Counter()
    said = LoggedEvent.objects.filter(kind=AnswerConfirmed.__name__).values_list("data", "created_at")
    confirmed = [(data["post_id"], data["by_id"], at) for data, at in said.iterator(chunk_size=5000)]
    authors = dict(Post.objects.filter(pk__in={post for post, _by, _at in confirmed}).values_list("pk", "author"))
    for post, by, at in confirmed:
        if post in authors and authors[post] != by:
            counts[post, timezone.localdate(at)] += 1
    return counts
