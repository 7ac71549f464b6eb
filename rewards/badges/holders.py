"""How many members hold each badge, kept on its row: changed with each award, counted anew every day."""

from collections.abc import Mapping

from django.db.models import F
from django.db.models.functions import Greatest

from rewards.badges.models import Award, Badge


def change_holder_counts(changes: Mapping[int, int]) -> None:
    """Add to the counts of badges by id, in their order: two writers never wait for each other in a circle."""
    for badge_id, change in sorted(changes.items()):
        if change:
            Badge.objects.filter(pk=badge_id).update(holder_count=Greatest(F("holder_count") + change, 0))


def count_holders(badge: Badge) -> int:
    """The members of open accounts who hold `badge`, counted. One query."""
    return Award.objects.in_force().of_open_accounts().filter(badge=badge.pk).values("member").distinct().count()


def recount_holders(badge: Badge) -> bool:
    """Count the members of open accounts who hold `badge`. Returns whether the stored number was wrong."""
    count = count_holders(badge)
    return bool(Badge.objects.filter(pk=badge.pk).exclude(holder_count=count).update(holder_count=count))
