"""Gives members the badges that they qualify for, and takes back those that are lost when one no longer does.

Members are locked before they are measured: of two tasks about one member the second sees all that the first one saw,
and settling what is settled writes nothing. So neither a replay nor a crowd gives a badge twice; the table forbids it
too.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.core.events import publish
from rewards.badges.events import BadgesAwarded, BadgesRevoked
from rewards.badges.evidence import deeds
from rewards.badges.holders import change_holder_counts
from rewards.badges.models import Award, Badge
from rewards.badges.qualifying import Counts, Held, qualifying
from rewards.ledger.settling import lock_members

# More than these at once is no news of anybody's: nobody is told.
HANDFUL = 10


@dataclass
class Settled:
    """What was written for one badge."""

    awarded: list[Award]
    revoked: list[Award]
    # How many more members hold it than before.
    holder_change: int

    @property
    def member_ids(self) -> set[int]:
        """Whose badges are others now."""
        return {award.member_id for award in (*self.awarded, *self.revoked)}


def settle(badges: Iterable[Badge], member_ids: Collection[int], *, at: datetime | None = None) -> int:
    """Bring what members hold of `badges`, and of those that these unlock, in step with the rules.

    What is new counts from the deed that earned it; `at`, by default now, dates what has no deed. Returns how many
    awards were written.
    """
    with transaction.atomic():
        locked = set(lock_members(member_ids))
        members = set(User.objects.filter(pk__in=locked, is_active=True).values_list("pk", flat=True))
        now = timezone.now()
        count, first = 0, [badge for badge in badges if badge.is_automatic]
        known, counts, changes = _held(first, members), Counts(members, now), Counter[int]()
        waiting = [(badge, members) for badge in first]
        while waiting:
            badge, concerned = waiting.pop(0)
            # Each is known as it was until it is written for the first time.
            held = known.pop(badge.pk, None)
            if held is None:
                held = _held([badge], concerned)[badge.pk]
            wanted = {one: n for one, n in qualifying(badge, counts).items() if one.member_id in concerned}
            done = _settle_one(badge, wanted, held, at=at, now=now)
            _announce(badge, done)
            changes[badge.pk] += done.holder_change
            count += len(done.awarded) + len(done.revoked)
            if changed := done.member_ids:
                waiting += [(next_one, changed) for next_one in _unlocked_by(badge)]
        change_holder_counts(changes)
    return count


def _held(badges: Collection[Badge], members: Collection[int]) -> dict[int, dict[Held, Award]]:
    """What `members` hold or held of `badges`, by the badge's id. One query, or none."""
    found: dict[int, dict[Held, Award]] = {badge.pk: {} for badge in badges}
    for award in Award.objects.filter(badge__in=found, member__in=members) if found else ():
        found[award.badge_id][Held(award.member_id, award.scope, award.number)] = award
    return found


def _settle_one(
    badge: Badge, wanted: Mapping[Held, int], known: Mapping[Held, Award], *, at: datetime | None, now: datetime
) -> Settled:
    """Write what of `badge` is wanted and not known, and take back what is known and no longer wanted."""
    new = _new_awards(badge, {held: count for held, count in wanted.items() if held not in known}, at=at, now=now)
    again = [award for held, award in known.items() if held in wanted and _is_lost_by_rule(award)]
    lost = [award for held, award in known.items() if held not in wanted and award.revoked_at is None]
    lost = lost if badge.is_revocable else []
    Award.objects.bulk_create(new)
    if again:
        Award.objects.filter(pk__in=[award.pk for award in again]).update(revoked_at=None)
    if lost:
        Award.objects.filter(pk__in=[award.pk for award in lost]).update(revoked_at=now)
    before = {award.member_id for award in known.values() if award.revoked_at is None}
    gone = {award.pk for award in lost}
    kept = {award.member_id for award in known.values() if award.revoked_at is None and award.pk not in gone}
    after = kept | {award.member_id for award in (*new, *again)}
    return Settled(new + again, lost, len(after) - len(before))


def _new_awards(badge: Badge, wanted: Mapping[Held, int], *, at: datetime | None, now: datetime) -> list[Award]:
    evidence, awards = deeds(badge, wanted.keys()), []
    for held, count in sorted(wanted.items()):
        deed = evidence.get(held)
        figures = {"count": count, "threshold": badge.threshold * held.number, "days": badge.window_days}
        awards.append(
            Award(
                badge=badge,
                member_id=held.member_id,
                scope=held.scope,
                number=held.number,
                awarded_at=deed.at if deed else at or now,
                topic_id=deed.topic_id if deed else None,
                figures=figures | ({"post": deed.post_id} if deed and deed.post_id else {}),
            )
        )
    return awards


def _is_lost_by_rule(award: Award) -> bool:
    """Whether the rule, and no person, took it back."""
    return award.revoked_at is not None and award.revoked_by_id is None


def _announce(badge: Badge, done: Settled) -> None:
    if done.awarded:
        ids, members = _ids(done.awarded)
        quiet = badge.filled_at is None or len(members) > HANDFUL
        publish(BadgesAwarded(badge_id=badge.pk, award_ids=ids, member_ids=members, is_quiet=quiet))
    if done.revoked:
        ids, members = _ids(done.revoked)
        publish(BadgesRevoked(badge_id=badge.pk, award_ids=ids, member_ids=members))


def _ids(awards: list[Award]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(award.pk for award in awards), tuple(sorted({award.member_id for award in awards}))


def _unlocked_by(badge: Badge) -> list[Badge]:
    """Badges that wait for `badge`; none waits for itself, see Badge.clean."""
    return list(Badge.objects.automatic().filter(prerequisite=badge).select_related("prerequisite"))
