"""Who qualifies for which badge now: rules applied to what is counted of members. The dry run reads the same."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import cached_property

from community.accounts.models import User
from community.core.batching import in_batches
from rewards.badges.holders import count_holders
from rewards.badges.models import Award, Badge
from rewards.metrics import Field, measure, measure_by
from rewards.pauses import Pause, longer_windows, pauses_of

# Nobody needs the thousandth of one kind.
MOST_OF_ONE = 100
SAMPLE, MANY_IDS = 10, 5000
Place = tuple[int, str]


@dataclass(frozen=True, order=True)
class Held:
    """That a member holds a badge in a scope, for the `number`th time."""

    member_id: int
    scope: str
    number: int


class Counts:
    """What was counted of some `members`, or of everybody; badges that count the same share it."""

    def __init__(self, members: Collection[int] | None, now: datetime) -> None:
        self._members, self._now = members, now
        self._known: dict[tuple[str, str, Field, int | None], dict[Place, int]] = {}

    def of(self, badge: Badge) -> dict[Place, int]:
        """The count of each member and scope for `badge`, in a window without their pauses.

        One query or none, one for the pauses, and one for each window that they make longer.
        """
        key = (badge.metric, badge.scope, badge.field, badge.window_days)
        if key not in self._known:
            self._known[key] = self._count(badge)
        return self._known[key]

    def _count(self, badge: Badge) -> dict[Place, int]:
        counted = self._count_since(badge, badge.since(self._now), self._members)
        for since, ids in longer_windows(self._pauses, self._now, badge.window_days) if badge.window_days else ():
            counted |= self._count_since(badge, since, ids)
        return counted

    def _count_since(self, badge: Badge, since: datetime | None, members: Collection[int] | None) -> dict[Place, int]:
        if badge.scope:
            by_place = measure_by(badge.metric, badge.scope, members=members, since=since, field=badge.field)
            return {(member, f"{badge.scope}:{place}"): count for (member, place), count in by_place.items()}
        everywhere = measure(badge.metric, members=members, since=since, field=badge.field)
        return {(member, ""): count for member, count in everywhere.items()}

    @cached_property
    def _pauses(self) -> dict[int, list[Pause]]:
        return pauses_of(self._members)


def qualifying(badge: Badge, counts: Counts) -> dict[Held, int]:
    """What members should hold of `badge` by its rule, with what was counted; closed accounts included."""
    if not badge.is_automatic:
        return {}
    reached = {place: count for place, count in counts.of(badge).items() if count >= badge.threshold}
    if badge.prerequisite_id:
        unlocked = _holders(badge, {member_id for member_id, _scope in reached})
        by_scope = _same_scope(badge)
        reached = {
            (member_id, scope): count
            for (member_id, scope), count in reached.items()
            if (member_id, scope if by_scope else "") in unlocked
        }
    return {
        Held(member_id, scope, number): count
        for (member_id, scope), count in reached.items()
        for number in range(1, _times(badge, count) + 1)
    }


def _times(badge: Badge, count: int) -> int:
    return min(count // badge.threshold, MOST_OF_ONE) if badge.is_repeated else 1


def _same_scope(badge: Badge) -> bool:
    """Whether `badge` and the one before it are both earned in the same kind of field: then in the same one."""
    return bool(badge.prerequisite and badge.scope and badge.prerequisite.scope == badge.scope)


def _holders(badge: Badge, member_ids: Iterable[int]) -> set[Place]:
    """Who of `member_ids` holds what `badge` asks for first, and in which scope, if that matters."""
    by_scope, found = _same_scope(badge), set()
    for ids in in_batches(sorted(member_ids), MANY_IDS):
        held = Award.objects.in_force().filter(badge=badge.prerequisite_id, member__in=ids)
        found |= {(member, scope if by_scope else "") for member, scope in held.values_list("member", "scope")}
    return found


@dataclass(frozen=True)
class DryRun:
    """Who would get a badge that is not saved: how many members, some of them, and how many have it already."""

    member_count: int
    sample: list[tuple[User, int]]
    holder_count: int


def dry_run(badge: Badge) -> DryRun:
    """What saving `badge` live would do; writes nothing. It is what the back-fill then does."""
    wanted = qualifying(badge, Counts(None, timezone.now()))
    held = set()
    if badge.pk:
        rows = Award.objects.filter(badge=badge).exclude(revoked_at__isnull=False, revoked_by=None)
        held = {Held(*row) for row in rows.values_list("member", "scope", "number")}
    new = sorted(wanted.keys() - held)
    best: dict[int, int] = {}
    for one in new:
        best[one.member_id] = max(best.get(one.member_id, 0), wanted[one])
    people: dict[int, User] = {}
    for ids in in_batches(best, MANY_IDS):
        people |= User.objects.filter(is_active=True).in_bulk(ids)
    top = sorted(people, key=lambda pk: (-best[pk], pk))[:SAMPLE]
    return DryRun(len(people), [(people[pk], best[pk]) for pk in top], count_holders(badge))
