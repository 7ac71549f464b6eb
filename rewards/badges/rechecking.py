"""Proves that members hold what the rules say, and that counts of holders are right."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from community.accounts.models import User
from community.core.batching import in_batches
from rewards.badges.filling import BATCH
from rewards.badges.holders import count_holders, recount_holders
from rewards.badges.models import Award, Badge
from rewards.badges.qualifying import Counts, Held, dry_run, qualifying
from rewards.badges.settling import settle


@dataclass(frozen=True)
class Difference:
    """What is stored of a badge, and what it should be."""

    slug: str
    what: str
    stored: int
    right: int

    def __str__(self) -> str:
        return f"badge {self.slug}, {self.what}: stored {self.stored}, right {self.right}"


def differences() -> Iterator[Difference]:
    """What is wrong, badge by badge; a few queries each."""
    for badge in Badge.objects.order_by("pk").select_related("prerequisite"):
        if badge.is_live and badge.is_automatic:
            if missing := dry_run(badge).member_count:
                yield Difference(badge.slug, "members who miss it", missing, 0)
            if badge.is_revocable and (surplus := _surplus(badge)):
                yield Difference(badge.slug, "awards that should be lost", surplus, 0)
        if (count := count_holders(badge)) != badge.holder_count:
            yield Difference(badge.slug, "members who have it", badge.holder_count, count)


def mend() -> None:
    """Give and take what is due, quietly or not as a task would, and count anew."""
    badges = list(Badge.objects.automatic().select_related("prerequisite"))
    for ids in in_batches(User.objects.order_by("pk").values_list("pk", flat=True), BATCH):
        settle(badges, ids)
    for badge in Badge.objects.all():
        recount_holders(badge)


def _surplus(badge: Badge) -> int:
    wanted = qualifying(badge, Counts(None, timezone.now()))
    held = Award.objects.in_force().of_open_accounts().filter(badge=badge)
    return sum(Held(*row) not in wanted for row in held.values_list("member", "scope", "number"))
