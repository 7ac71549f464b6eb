"""Gives an installation the shipped ladder, once: from then on it is the brand's."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, transaction

from community.core.page_cache import touch
from rewards.ranks.events import TAG
from rewards.ranks.ladder import as_data
from rewards.ranks.models import Ladder, Rank, RankBehaviour
from rewards.ranks.shipped import SHIPPED


def ship_after_migration(sender: Any, using: str = DEFAULT_DB_ALIAS, **_more: Any) -> None:
    """Receiver of `post_migrate` of this app, whose tables may be gone after a migration backwards."""
    if using == DEFAULT_DB_ALIAS and Ladder._meta.db_table in connection.introspection.table_names():
        ship()


@transaction.atomic
def ship() -> bool:
    """Write the shipped ranks and put them in force, unless any ladder ever was. Members get theirs by the day's pass.

    Returns whether they were written.
    """
    if Ladder.objects.exists():
        return False
    for position, rung in enumerate(SHIPPED, 1):
        looks = ("slug", "name_fr", "name_en", "icon", "colour", "points", "days", "is_marked", "is_mailed")
        rank = Rank.objects.create(position=position, **{name: getattr(rung, name) for name in looks})
        RankBehaviour.objects.bulk_create(
            RankBehaviour(rank=rank, metric=metric, at_least=least) for metric, least in rung.behaviours
        )
    Ladder.objects.create(data=as_data(SHIPPED))
    touch([TAG])
    return True
