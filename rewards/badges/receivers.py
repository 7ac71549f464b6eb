"""What badges do when things happen: a moment later the members concerned have what they earned, and hear of it."""

from collections.abc import Iterable
from datetime import datetime

from community.core.events import Event, receives
from community.notifications.actions.notify import notify
from community.topics.events import BulkImported
from rewards.badges.events import BadgesAwarded
from rewards.badges.filling import fill
from rewards.badges.models import Award, Badge
from rewards.badges.settling import settle
from rewards.metrics import METRICS, Metric
from rewards.moves import members_of, movers

_followed: set[type[Event]] = set()


def award_badges(event: Event) -> None:
    """Measure the members whom the event concerns, for the badges whose measure it moves."""
    badges = [badge for badge in Badge.objects.automatic().select_related("prerequisite") if _is_moved(badge, event)]
    if badges:
        at = getattr(event, "at", "")
        settle(badges, members_of(event), at=datetime.fromisoformat(at) if at else None)


def _is_moved(badge: Badge, event: Event) -> bool:
    metric = METRICS[badge.metric]
    by_votes = POST_VOTES if badge.least_votes else ()
    return isinstance(event, (*metric.movers, *by_votes))


def follow(kinds: Iterable[type[Event]]) -> None:
    """Have `award_badges` receive these events, each once."""
    new = set(kinds) - _followed
    _followed.update(new)
    receives(*new, later=True)(award_badges)


def provide(name: str, metric: Metric) -> None:
    """Add a measure of a higher room: badges that count it are given, and shown, from then on.

    Called in `AppConfig.ready`. Raises ValueError when the name is taken by another one.
    """
    if METRICS.setdefault(name, metric) is not metric:
        raise ValueError(f"Two measures are called {name!r}.")
    follow(metric.movers)


POST_VOTES = METRICS["votes_received"].moved_by
follow(movers())


@receives(BadgesAwarded, later=True)
def tell_who_earned_it(event: BadgesAwarded) -> None:
    """A line among one's news, no e-mail."""
    if event.is_quiet:
        return
    for award in Award.objects.in_force().filter(pk__in=event.award_ids).select_related("member"):
        notify(award.member, "badge_earned", data={"award_id": award.pk})


@receives(BulkImported, later=True)
def award_what_was_imported(event: BulkImported) -> None:
    """What many did elsewhere earns badges too; as it is no news, nobody is told."""
    for badge in Badge.objects.automatic():
        fill(badge)
