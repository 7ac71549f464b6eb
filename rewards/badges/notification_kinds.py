"""What members are told of their badges."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.notifications.kinds import Told, notification_kind
from community.notifications.models import Notification
from rewards.badges.models import Award
from rewards.badges.showing import with_titles


@notification_kind("badge_earned", label=gettext_lazy("I earn a badge"), is_mailed=False)
def describe_badge(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To whom earned it. Three queries at most; a badge that was lost again is no news any more."""
    wanted = {notification.data.get("award_id") for notification in notifications}
    rows = Award.objects.in_force().filter(pk__in=wanted).select_related("badge")
    shown = {one.award.pk: one for one in with_titles(rows)}
    return {
        notification.pk: Told(
            _("You earned the badge “%(badge)s”") % {"badge": one.title},
            reverse("badges:badge", args=[one.award.badge.slug]),
            one.award.badge.description,
        )
        for notification in notifications
        if (one := shown.get(notification.data.get("award_id")))
    }
