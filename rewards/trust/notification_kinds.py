"""What people are told of trust."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.notifications.kinds import Told, notification_kind
from community.notifications.models import Notification


@notification_kind("trust_level", label=gettext_lazy("I am trusted with more"), is_mailed=False)
def describe_trust_level(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To whoever reached a level."""
    url = reverse("trust:mine")
    return {
        one.pk: Told(_("You reached trust level %(level)d: see what you may do now") % {"level": level}, url)
        for one in notifications
        if isinstance(level := one.data.get("level"), int)
    }
