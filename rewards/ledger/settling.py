"""Brings the ledger in step with what is true: pays an act that holds, takes back one that no longer does.

Settling what is settled already writes nothing, so that a replay, a double click or a retry never pays twice. Members
are locked in the order of their ids: two writers of one ledger wait for each other, never in a circle.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import Greatest
from django.utils import timezone

from community.accounts.models import User
from community.core.events import publish
from rewards.events import VotesReviewed
from rewards.models import REVIEWS, Entry, Limit, Reason
from rewards.models.settings import tariff
from rewards.rules import FLOOR, FULL_VOTES_OF_A_PAIR, PAIR_DAYS, RULES, Tariff


@dataclass(frozen=True)
class Claim:
    """That someone did something about an object that the rule pays `member_id` for.

    `by_key` is the id of who did it, or `guests_of(day)`; `object` is a kind and an id: ("post", 12).
    """

    rule: str
    member_id: int
    by_key: str
    object: tuple[str, int]
    topic_id: int | None = field(default=None, compare=False)
    # When it was done, if not now: it counts on the day when it was done.
    at: datetime | None = field(default=None, compare=False)

    @property
    def actor_id(self) -> int | None:
        """The member who did it; None for readers without an account."""
        return int(self.by_key) if self.by_key.isdigit() else None

    @property
    def key(self) -> tuple[str, int, str, str]:
        """What makes it one act."""
        return (*self.object, self.rule, self.by_key)


def guests_of(day: date) -> str:
    """The `by_key` of readers without an account: all of one day are one, or anybody could pay by the hundred."""
    return f"guests:{day:%Y%m%d}"


def settle(wanted: Mapping[Claim, bool]) -> list[Entry]:
    """Pay the claims that hold and were not paid, take back those that no longer hold. Returns the new entries."""
    if not wanted:
        return []
    now = timezone.now()
    # A receiver has its savepoint around it already; another one would be two statements more for each vote.
    with transaction.atomic(savepoint=False):
        totals = lock_members(claim.member_id for claim in wanted)
        book = _Book.read(wanted, now)
        entries = []
        for claim, holds in wanted.items():
            entry = book.next_entry(claim, holds, totals[claim.member_id])
            if entry is not None:
                totals[claim.member_id] += entry.effective
                book.add(entry)
                entries.append(entry)
        return _write(entries)


def open_ledgers(reputations: Mapping[int, int]) -> list[Entry]:
    """Write down what members had earned before they came here, by id: one entry each, for ever. Returns the new ones.

    It counts on the day when they joined the other community, so that no leaderboard of today has it.
    """
    now = timezone.now()
    with transaction.atomic():
        lock_members(reputations)
        known = set(Entry.objects.filter(rule="opening", member__in=reputations).values_list("member", flat=True))
        joined = dict(User.objects.filter(pk__in=reputations).values_list("pk", "date_joined"))
        return _write(
            [
                Entry(
                    member_id=member_id,
                    by_key="import",
                    rule="opening",
                    object_kind="member",
                    object_id=member_id,
                    nominal=points - FLOOR,
                    effective=points - FLOOR,
                    day=joined[member_id].date(),
                    created_at=now,
                )
                for member_id, points in sorted(reputations.items())
                if member_id in joined and member_id not in known and points > FLOOR
            ]
        )


def reverse(entries: Sequence[Entry], *, reason: str) -> list[Entry]:
    """Add to the chain of each of `entries`, which are the last of theirs, one that undoes it. Returns the new ones.

    What a review took back is given again only by the team, in the same way.
    """
    now = timezone.now()
    with transaction.atomic():
        lock_members(entry.member_id for entry in entries)
        last = Entry.objects.filter(pk__in=[entry.pk for entry in entries], reversed_by=None).order_by("pk")
        written = _write([_counterpart(entry, reason, now) for entry in last])
        if written:
            publish(VotesReviewed(member_ids=tuple(sorted({entry.member_id for entry in written}))))
        return written


def lock_members(member_ids: Iterable[int]) -> dict[int, int]:
    """The totals of members, locked until the transaction ends."""
    members = User.objects.select_for_update(no_key=True).filter(pk__in=set(member_ids)).order_by("pk")
    return dict(members.values_list("pk", "ledger_total"))


def _counterpart(entry: Entry, reason: str, at: datetime) -> Entry:
    return Entry(
        **{
            name: getattr(entry, name)
            for name in ("member_id", "actor_id", "by_key", "rule", "object_kind", "object_id", "topic_id")
        },
        generation=entry.generation + 1,
        nominal=-entry.nominal,
        effective=-entry.effective,
        reason=reason,
        reverses=entry,
        day=at.date(),
        created_at=at,
    )


def _write(entries: list[Entry]) -> list[Entry]:
    """Insert `entries`, and bring their members' totals along."""
    if not entries:
        return []
    Entry.objects.bulk_create(entries)
    changes: dict[int, int] = defaultdict(int)
    for entry in entries:
        changes[entry.member_id] += entry.effective
    if changed := {member_id: change for member_id, change in changes.items() if change}:
        change = Case(*(When(pk=pk, then=value) for pk, value in changed.items()), output_field=models.IntegerField())
        total = F("ledger_total") + change
        User.objects.filter(pk__in=changed).update(ledger_total=total, reputation=Greatest(FLOOR, total + FLOOR))
    return entries


class _Book:
    """What the ledger holds about some claims: the last entry of each chain, and what the limits go by."""

    def __init__(self, entries: Iterable[Entry], now: datetime, tariff: Tariff) -> None:
        self._now, self._tariff = now, tariff
        self._chains: dict[tuple[str, int, str, str], Entry] = {}
        self._gained: dict[tuple[int, date], int] = defaultdict(int)
        for entry in sorted(entries, key=lambda entry: entry.generation):
            self.add(entry)

    @classmethod
    def read(cls, claims: Iterable[Claim], now: datetime) -> "_Book":
        """All of it in one query: the claims' chains, what their members gained that day, votes of the same pairs."""
        known = Q()
        for claim in claims:
            day = (claim.at or now).date()
            kind, object_id, rule, by_key = claim.key
            known |= Q(object_kind=kind, object_id=object_id, rule=rule, by_key=by_key)
            if RULES[rule].is_capped:
                known |= Q(member=claim.member_id, day=day)
            if RULES[rule].is_paired:
                known |= Q(member=claim.member_id, actor=claim.actor_id, day__range=_month_before(day))
        return cls(Entry.objects.filter(known), now, tariff())

    def add(self, entry: Entry) -> None:
        """Take `entry` into account."""
        self._chains[entry.object_kind, entry.object_id, entry.rule, entry.by_key] = entry
        if RULES[entry.rule].is_capped and entry.generation == 0 and entry.effective > 0:
            self._gained[entry.member_id, entry.day] += entry.effective

    def next_entry(self, claim: Claim, holds: bool, total: int) -> Entry | None:
        """What makes the ledger say of `claim` whether it `holds`; None when it does, or when a review decided."""
        last = self._chains.get(claim.key)
        if last is None:
            return self._payment(claim, total, claim.at or self._now) if holds else None
        if last.pays == holds or last.reason in REVIEWS:
            return None
        return _counterpart(last, Reason.DONE_AGAIN if holds else Reason.UNDONE, self._now)

    def _payment(self, claim: Claim, total: int, at: datetime) -> Entry:
        nominal = self._tariff.points[claim.rule]
        effective, limit = self._limited(claim, nominal, total, at.date())
        return Entry(
            member_id=claim.member_id,
            actor_id=claim.actor_id,
            by_key=claim.by_key,
            rule=claim.rule,
            object_kind=claim.object[0],
            object_id=claim.object[1],
            topic_id=claim.topic_id,
            nominal=nominal,
            effective=effective,
            limit=limit,
            day=at.date(),
            created_at=at,
        )

    def _limited(self, claim: Claim, nominal: int, total: int, day: date) -> tuple[int, str]:
        """What `nominal` points are worth, and which limit said so last."""
        rule, effective, limit = RULES[claim.rule], nominal, ""
        if rule.is_paired and (halvings := self._votes_of_pair(claim, day) + 1 - FULL_VOTES_OF_A_PAIR) > 0:
            effective, limit = int(nominal / 2**halvings), Limit.PAIR
        if rule.lifetime is not None and effective > (left := rule.lifetime - _gained_ever(claim)):
            effective, limit = max(left, 0), Limit.LIFETIME
        if rule.is_capped and effective > (left := self._tariff.most_a_day - self._gained[claim.member_id, day]):
            effective, limit = max(left, 0), Limit.DAY
        if effective < -total:
            effective, limit = min(-total, 0), Limit.FLOOR
        return effective, limit

    def _votes_of_pair(self, claim: Claim, day: date) -> int:
        """How many votes of the actor for the member, for or against alike, count within PAIR_DAYS before `day`."""
        pair, (first, last) = (claim.actor_id, claim.member_id), _month_before(day)
        return sum(
            entry.pays
            for entry in self._chains.values()
            if RULES[entry.rule].is_paired and (entry.actor_id, entry.member_id) == pair and first <= entry.day <= last
        )


def _month_before(day: date) -> tuple[date, date]:
    return day - timedelta(days=PAIR_DAYS), day


def _gained_ever(claim: Claim) -> int:
    gained = Entry.objects.filter(member=claim.member_id, rule=claim.rule).aggregate(sum=Sum("effective"))["sum"]
    return int(gained or 0)
