"""The ladder in force as pages show it, kept until another one is."""

from dataclasses import dataclass

from django.db.models import Count

from community.accounts.models import TEAM_ROLES, User
from community.accounts.ranks import Ranks, ShownRank, rank_sources
from community.core.kept_values import remember
from rewards.ranks.events import TAG
from rewards.ranks.ladder import Rung
from rewards.ranks.standing import ladder_in_force


@dataclass(frozen=True)
class ShownLadder:
    """The rungs, as lists of ranks and as pages of people need them."""

    rungs: tuple[Rung, ...]
    ranks: Ranks

    def rank(self, slug: str) -> ShownRank | None:
        """The rank called `slug`; None for one that is no more."""
        return self.ranks.by_slug.get(slug)


def shown_ladder() -> ShownLadder:
    """The ladder in force: one cache read."""
    return remember("ranks.ladder", [TAG], _read)


def _read() -> ShownLadder:
    ladder = ladder_in_force()
    rungs = ladder.rungs if ladder else ()
    looks = {
        rung.slug: ShownRank(
            rung.slug, rung.name_fr, rung.name_en, rung.icon, f"rank rank--{rung.colour}", rung.is_marked
        )
        for rung in rungs
    }
    return ShownLadder(rungs, Ranks(str(ladder.pk) if ladder else "", "ranks:ladder", looks))


@rank_sources.register("ladder")
def ranks() -> Ranks:
    """What stands beside names."""
    return shown_ladder().ranks


def members_by_rank() -> dict[str, int]:
    """How many members stand on each rank; counted again within ten minutes, or when the ladder changes."""
    return remember("ranks.members", [TAG], _count)


def _count() -> dict[str, int]:
    climbers = User.objects.filter(is_active=True, is_superuser=False).exclude(role__in=TEAM_ROLES)
    counted = climbers.exclude(rank="").values_list("rank").annotate(members=Count("pk")).order_by()
    return dict(counted)
