"""What members are told of the programme on the site; what has to be mailed is mailed in `mailing`."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.notifications.kinds import Told, notification_kind
from community.notifications.models import Notification
from community.pages.brand import brand_of
from rewards.ambassadors.models import CrisisNotice, Step
from rewards.ambassadors.wording import words_for


@notification_kind("ambassador_step", label=gettext_lazy("I take a step as an ambassador"), is_mailed=False)
def describe_step(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To the member, who was mailed the same. Costs one query."""
    wanted = [notification.data.get("step_id") for notification in notifications]
    steps = Step.objects.select_related("ambassadorship").in_bulk([pk for pk in wanted if pk])
    found, brand, url = {}, brand_of("").name, reverse("ambassadors:standing")
    for notification in notifications:
        step = steps.get(notification.data.get("step_id"))
        if step and step.ambassadorship.member_id == notification.user_id:
            found[notification.pk] = Told(words_for(step, brand).sentence, url, step.reason[:160])
    return found


@notification_kind("ambassador_charter", label=gettext_lazy("the ambassadors’ charter changes"), is_mailed=False)
def describe_charter(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To ambassadors, who read the new version on their desk."""
    told = Told(
        _("The ambassadors’ charter has a new version: read it and say whether you agree"), reverse("ambassadors:desk")
    )
    return {notification.pk: told for notification in notifications}


@notification_kind("ambassador_notice", label=gettext_lazy("ambassadors are told first"), is_mailed=False)
def describe_notice(notifications: Sequence[Notification]) -> Mapping[int, Told]:
    """To ambassadors, while they are. Costs one query."""
    notices = CrisisNotice.objects.in_bulk([notification.data["notice_id"] for notification in notifications])
    found = {}
    for notification in notifications:
        if notice := notices.get(notification.data["notice_id"]):
            words = _("Before it is public: %(title)s") % {"title": notice.title}
            found[notification.pk] = Told(words, notice.get_absolute_url())
    return found
