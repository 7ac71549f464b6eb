"""Leaves of ambassadors, which stop the clock of whatever looks at the last so many days."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import Step
from rewards.pauses import Pause, pauses


@pauses.register("ambassadors.leave")
def leaves(member_ids: Collection[int] | None) -> dict[int, list[Pause]]:
    """From the step that begins each leave to the one that ends it."""
    steps = Step.objects.filter(Q(before=State.ON_LEAVE) | Q(after=State.ON_LEAVE)).order_by("at", "id")
    if member_ids is not None:
        steps = steps.filter(ambassadorship__member__in=member_ids)
    found: dict[int, list[Pause]] = defaultdict(list)
    away: dict[int, datetime] = {}
    for member_id, at, after in steps.values_list("ambassadorship__member", "at", "after"):
        if after == State.ON_LEAVE:
            away[member_id] = at
        elif member_id in away:
            found[member_id].append((away.pop(member_id), at))
    for member_id, at in away.items():
        found[member_id].append((at, None))
    return found
