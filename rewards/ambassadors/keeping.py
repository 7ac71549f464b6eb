"""What time does in the programme: candidates are listed, leaves end, reviews fall due, closed accounts leave."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from community.core.errors import Conflict
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.candidates import list_candidates
from rewards.ambassadors.lifecycle import OUTSIDE, SERVING, State
from rewards.ambassadors.models import Ambassadorship, Answering


def keep_programme(now: datetime | None = None) -> int:
    """Do all that is due; safe to run on several machines at once. Returns how many steps were taken."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    Answering.objects.filter(until__lt=now).delete()
    rows = Ambassadorship.objects.select_related("member")
    closed = rows.filter(member__is_active=False).exclude(state__in=OUTSIDE)
    back = rows.filter(state=State.ON_LEAVE, back_on__lte=today, member__is_active=True)
    due = rows.filter(state=State.ACTIVE, review_on__lte=today, member__is_active=True)
    taken = _lead(closed.filter(state__in=SERVING), State.ENDED, now)
    taken += _lead(closed.exclude(state__in=SERVING), State.DECLINED, now)
    taken += _lead(back, State.ACTIVE, now) + _lead(due, State.REVIEW_DUE, now)
    return taken + (list_candidates(now) or 0)


def _lead(rows: QuerySet[Ambassadorship], after: State, now: datetime) -> int:
    """Lead each of `rows` to `after`; who went elsewhere meanwhile is left alone."""
    count = 0
    for row in rows:
        try:
            count += take_step(row.member, after, by=None, at=now) is not None
        except Conflict:
            continue
    return count
