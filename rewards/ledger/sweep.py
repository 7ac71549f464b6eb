"""Nightly: finds votes that are given in series or in closed rings, and takes back what they paid.

A pair is a series when one member gave another at least SERIES_LEAST votes that are at least SERIES_SHARE of all that
the other got. A ring is a closed chain of two to LONGEST_RING members, each of whom gave the next at least RING_LEAST
votes, at least RING_SHARE of all that the next one got. Figures are of votes that pay within WINDOW_DAYS. Large honest
exchange (two experts of one section who find each other helpful) stays under the shares.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from rewards.ledger import facts
from rewards.ledger.settling import reverse, settle
from rewards.models import REVIEWS, Entry, Reason, Sweep

WINDOW_DAYS = 90
SERIES_LEAST, SERIES_SHARE = 8, 0.6
RING_LEAST, RING_SHARE, LONGEST_RING = 4, 0.3, 4

Pair = tuple[int, int]
Votes = Mapping[Pair, int]


@dataclass(frozen=True)
class Finding:
    """Members whose votes for each other do not count: one who votes in series for another, or all of a ring."""

    members: tuple[int, ...]
    is_ring: bool

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Who voted for whom."""
        chain = (*self.members, self.members[0]) if self.is_ring else self.members
        return tuple(pairwise(chain))


def sweep() -> Sweep | None:
    """Do it once a day (UTC), whoever asks first. Returns what was found; None when it was done already."""
    with transaction.atomic():
        done, is_new = Sweep.objects.get_or_create(day=timezone.now().date())
        if not is_new:
            return None
        findings = look()
        for finding in findings:
            done.reversed_count += take_back(finding)
        done.series_count = sum(not finding.is_ring for finding in findings)
        done.ring_count = sum(finding.is_ring for finding in findings)
        done.save()
    return done


def look() -> list[Finding]:
    """The series and rings there are. One query."""
    counted = _paying().values_list("actor", "member").annotate(votes=Count("pk")).order_by()
    votes = {(actor, member): count for actor, member, count in counted}
    return [*series(votes), *rings(votes)]


def series(votes: Votes) -> Iterator[Finding]:
    """Pairs of whom one votes for the other again and again, and few others do."""
    received = _received(votes)
    for (actor, member), count in sorted(votes.items()):
        if count >= SERIES_LEAST and count >= SERIES_SHARE * received[member]:
            yield Finding((actor, member), is_ring=False)


def rings(votes: Votes) -> Iterator[Finding]:
    """Closed chains of members who vote for the next; each ring once, from its lowest id."""
    received = _received(votes)
    following: dict[int, list[int]] = defaultdict(list)
    for (actor, member), count in sorted(votes.items()):
        if count >= RING_LEAST and count >= RING_SHARE * received[member]:
            following[actor].append(member)
    for start in sorted(following):
        yield from (Finding(path, is_ring=True) for path in _closed((start,), following))


def take_back(finding: Finding) -> int:
    """Reverse what the votes of `finding` paid. Returns how many entries."""
    entries = [entry for pair in finding.pairs for entry in _paying().filter(actor=pair[0], member=pair[1])]
    return len(reverse(entries, reason=Reason.RING if finding.is_ring else Reason.SERIES))


def give_again(entries: Sequence[Entry]) -> int:
    """Have votes that a review took back count again, unless they were withdrawn meanwhile. Returns how many entries.

    `entries` are the last of their chains.
    """
    with transaction.atomic():
        given = reverse(entries, reason=Reason.RESTORED)
        settle(facts.of_posts({entry.object_id for entry in given}))
    return len(given)


def _closed(path: tuple[int, ...], following: Mapping[int, list[int]]) -> Iterator[tuple[int, ...]]:
    """The ways on from `path` that come back to its start, over members with higher ids only."""
    for member in following.get(path[-1], ()):
        if member == path[0] and len(path) > 1:
            yield path
        elif member > path[0] and member not in path and len(path) < LONGEST_RING:
            yield from _closed((*path, member), following)


def _received(votes: Votes) -> dict[int, int]:
    received: dict[int, int] = defaultdict(int)
    for (_, member), count in votes.items():
        received[member] += count
    return received


def _paying() -> QuerySet[Entry]:
    """Helpful votes of the window that count, those that a limit made worth nothing included."""
    since = timezone.now().date() - timedelta(days=WINDOW_DAYS)
    paying = Entry.objects.filter(rule="helpful_vote", day__gte=since, reversed_by=None, actor__isnull=False)
    return paying.exclude(reason__in=[Reason.UNDONE, Reason.RESTORED, *REVIEWS])
