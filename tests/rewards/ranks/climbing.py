"""A short ladder, and people on it."""

from datetime import timedelta

from django.utils import timezone

from community.accounts.models import User
from rewards.ranks.actions.put_in_force import put_in_force, version_of, written
from rewards.ranks.models import Ladder, Rank, RankBehaviour
from tests.factories.topics import make_user

# slug, points, days, behaviours
SHORT = (
    ("first", 0, 0, {}),
    ("second", 10, 0, {"answers": 1}),
    ("third", 25, 0, {"answers": 1, "accepted": 1}),
    ("fourth", 25, 30, {"accepted": 1}),
)


def write_ladder(rows: tuple[tuple[str, int, int, dict[str, int]], ...] = SHORT) -> None:
    """Replace what the brand wrote; nothing counts yet."""
    Rank.objects.all().delete()
    for position, (slug, points, days, behaviours) in enumerate(rows, 1):
        rank = Rank.objects.create(
            slug=slug,
            name_fr=f"{slug} (fr)",
            name_en=slug.capitalize(),
            position=position,
            icon=f"rank-{position}",
            points=points,
            days=days,
            is_marked=position > 1,
            is_mailed=slug == "fourth",
        )
        for metric, least in behaviours.items():
            RankBehaviour.objects.create(rank=rank, metric=metric, at_least=least)


def boss() -> User:
    """Someone who may do everything."""
    return User.objects.filter(username="boss").first() or User.objects.create_superuser(
        "boss", "boss@example.org", "pw"
    )


def climb(rows: tuple[tuple[str, int, int, dict[str, int]], ...] = SHORT) -> Ladder | None:
    """Have `rows` count."""
    write_ladder(rows)
    return put_in_force(by=boss(), version=version_of(written()))


def grow_older(user: User, days: int) -> None:
    """Have joined `days` earlier."""
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=days))


def rank_of(user: User) -> str:
    """What the row says now."""
    return User.objects.get(pk=user.pk).rank


def make_veteran(name: str, days: int) -> User:
    """A member for `days`."""
    user = make_user(name)
    grow_older(user, days)
    return user
