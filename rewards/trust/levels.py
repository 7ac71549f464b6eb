"""Trust levels: reached at once when they are earned, the third looked at every night."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from community.accounts.models import TEAM_ROLES, User
from community.core.batching import in_batches
from community.core.events import publish
from rewards.models.settings import preset
from rewards.trust.criteria import BOOTSTRAP_MEMBERS, FIXED, GRACE_DAYS, NIGHTLY, REGULAR, Criterion, criteria
from rewards.trust.events import TrustLevelChanged
from rewards.trust.figures import ever, lately, totals
from rewards.trust.models import TrustChange, TrustLock, Why

BATCH = 500


@dataclass(frozen=True)
class Progress:
    """How far a member is on the way to `level`, or in keeping it."""

    level: int
    criteria: Sequence[Criterion]

    @property
    def is_met(self) -> bool:
        """Whether all of it is reached."""
        return all(one.is_met for one in self.criteria)

    @property
    def is_kept(self) -> bool:
        """Whether the level, once reached, is kept."""
        return all(one.is_kept for one in self.criteria)

    @property
    def figures(self) -> dict[str, list[int]]:
        """Value and threshold by name, as the log keeps them."""
        return {one.name: [one.value, one.threshold] for one in self.criteria}


def progress_of(member: User, level: int) -> Progress | None:
    """How far `member` is on the way to `level`; None for levels that nothing earns."""
    return _progress([member.pk], level).get(member.pk)


def consider(member_id: int) -> int:
    """Give a member the levels below the third that they have earned. Returns their level."""
    with transaction.atomic():
        member = _locked([member_id]).first()
        if member is None:
            return User.objects.only("trust_level").get(pk=member_id).trust_level
        asked = FIXED[preset()]
        figures = ever([member_id]) if member.trust_level + 1 in asked else {}
        while (level := member.trust_level + 1) in asked:
            step = Progress(level, criteria(figures[member_id], asked[level]))
            if not step.is_met and not (step.level == 1 and _is_bootstrap()):
                break
            change_level(member, step.level, why=Why.EARNED, figures=step.figures)
        return member.trust_level


def review_regulars() -> int:
    """Give and take the third level by the figures of the last months. Returns how many levels changed.

    One that is reached is kept for GRACE_DAYS, then as long as no figure is far below what it takes.
    """
    changed = 0
    found = User.objects.filter(trust_level__in=(NIGHTLY - 1, NIGHTLY)).order_by("pk").values_list("pk", flat=True)
    for member_ids in in_batches(found.iterator(chunk_size=BATCH), BATCH):
        with transaction.atomic():
            changed += sum(_review(_locked(member_ids), _progress(member_ids, NIGHTLY)))
    return changed


def change_level(
    member: User,
    level: int,
    *,
    why: Why,
    figures: dict[str, list[int]] | None = None,
    by: User | None = None,
    reason: str = "",
) -> None:
    """Set the level of `member`, whose row the caller has locked, and write down why."""
    before, member.trust_level = member.trust_level, level
    member.save(update_fields=["trust_level"])
    TrustChange.objects.create(
        member=member, before=before, after=level, why=why, figures=figures or {}, by=by, reason=reason
    )
    publish(TrustLevelChanged(member_id=member.pk, before=before, after=level))


def _review(members: Iterable[User], progress: dict[int, Progress]) -> Iterable[bool]:
    """Whether the level of each of `members` changed."""
    members = list(members)
    since = timezone.now() - timedelta(days=GRACE_DAYS)
    recent = TrustChange.objects.filter(member__in=members, after=NIGHTLY, at__gte=since)
    in_grace = set(recent.values_list("member", flat=True))
    for member in members:
        step = progress[member.pk]
        if member.trust_level < NIGHTLY and step.is_met:
            change_level(member, NIGHTLY, why=Why.EARNED, figures=step.figures)
        elif member.trust_level == NIGHTLY and not step.is_kept and member.pk not in in_grace:
            change_level(member, NIGHTLY - 1, why=Why.LOST, figures=step.figures)
        else:
            continue
        yield True


def _locked(member_ids: Collection[int]) -> QuerySet[User]:
    """Those of the members whose level may change by what they do: no team, no closed account, nobody locked."""
    open_to_change = User.objects.filter(pk__in=member_ids, is_active=True, is_superuser=False)
    open_to_change = open_to_change.exclude(role__in=TEAM_ROLES).exclude(pk__in=TrustLock.objects.values("member"))
    return open_to_change.select_for_update(of=("self",), no_key=True).order_by("pk")


def _progress(member_ids: Collection[int], level: int) -> dict[int, Progress]:
    if level == NIGHTLY:
        figures, thresholds = lately(member_ids), REGULAR[preset()].thresholds(*totals())
        return {pk: Progress(level, criteria(figures[pk], thresholds)) for pk in member_ids}
    asked = FIXED[preset()].get(level)
    if asked is None:
        return {}
    figures = ever(member_ids)
    return {pk: Progress(level, criteria(figures[pk], asked)) for pk in member_ids}


def _is_bootstrap() -> bool:
    return User.objects.filter(is_active=True)[:BOOTSTRAP_MEMBERS].count() < BOOTSTRAP_MEMBERS
