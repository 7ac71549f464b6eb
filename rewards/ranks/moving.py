"""Brings members' ranks in step with the ladder in force. Safe to run twice, and by two at once."""

from collections.abc import Collection, Iterable

from django.db import transaction

from community.accounts.models import User
from community.core.batching import in_batches
from community.core.events import publish
from community.core.page_cache import touch
from rewards.ranks.events import RanksChanged
from rewards.ranks.models import Cause, Ladder, RankChange
from rewards.ranks.standing import COLUMNS, Move, ladder_in_force, moves, today

# Members are locked while they are counted, and whoever votes for them waits: a few hundredths of a second.
BATCH = 200
# What people are told of; what the brand or an operator sets off for many at once is muted.
TOLD = (Cause.ACT, Cause.DAY)


def recompute(member_ids: Iterable[int], *, cause: str) -> int:
    """Set the ranks of these members to what the ladder in force says. Returns how many changed."""
    return sum(_recompute_batch(ids, cause) for ids in in_batches(sorted(set(member_ids)), BATCH))


@transaction.atomic
def _recompute_batch(member_ids: Collection[int], cause: str) -> int:
    """All of one batch, which is locked before anything is counted: whoever comes second sees what the first wrote."""
    locked = User.objects.select_for_update(no_key=True).only(*COLUMNS).filter(pk__in=member_ids).order_by("pk")
    members = list(locked)
    ladder = ladder_in_force()
    found = moves(members, ladder.rungs, today()) if ladder else []
    if ladder and cause == Cause.ACT:
        # The lowest rank comes by joining, or by the day's pass: what someone does first is no reason to write it.
        found = [move for move in found if move.before or move.after != ladder.rungs[0].slug]
    if ladder and found:
        _write(found, ladder, cause)
    return len(found)


def _write(found: list[Move], ladder: Ladder, cause: str) -> None:
    by_rank: dict[str, list[int]] = {}
    for move in found:
        by_rank.setdefault(move.after, []).append(move.member.pk)
    for slug, pks in by_rank.items():
        User.objects.filter(pk__in=pks).update(rank=slug)
    RankChange.objects.bulk_create(
        RankChange(
            member=move.member, before=move.before, after=move.after, cause=cause, figures=move.figures, ladder=ladder
        )
        for move in found
    )
    # A first rank is no news, but the member's page shows it.
    touch(f"member:{move.member.pk}" for move in found if not move.before)
    if moved := tuple(move.member.pk for move in found if move.before):
        raised = tuple((move.member.pk, move.after) for move in found if move.direction > 0 and cause in TOLD)
        publish(RanksChanged(member_ids=moved, raised=raised))
