"""What members are told of their ranks: the higher ones also by e-mail, to whoever asked for it."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.notifications.kinds import Told, notification_kind
from community.notifications.models import Notification
from rewards.ranks.shown import shown_ladder

IN_THE_SITE, ALSO_MAILED = "rank_reached", "high_rank_reached"


def kind_of(slug: str) -> str:
    """The kind of notification that tells of the rank called `slug`."""
    mailed = {rung.slug for rung in shown_ladder().rungs if rung.is_mailed}
    return ALSO_MAILED if slug in mailed else IN_THE_SITE


@notification_kind(IN_THE_SITE, label=gettext_lazy("I reach another rank"), is_mailed=False)
def describe_rank(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To whoever went up. A rank that is no more is left out."""
    ladder, found = shown_ladder(), {}
    for notification in notifications:
        if rank := ladder.rank(str(notification.data.get("rank"))):
            words = _("You reached the rank “%(rank)s”. Thank you for all your help!") % {"rank": rank.label}
            found[notification.pk] = Told(words, reverse("rewards:reputation"))
    return found


@notification_kind(ALSO_MAILED, label=gettext_lazy("I reach one of the higher ranks"))
def describe_high_rank(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """The same, of ranks that take months and years."""
    return describe_rank(notifications)
