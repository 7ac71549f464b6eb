"""Applying to be an ambassador."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.accounts.models import User
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import Step
from rewards.ambassadors.models.settings import programme_settings
from rewards.ambassadors.permissions import check_can_step
from rewards.ambassadors.standing import standing_of


def apply(why: str, *, by: User, at: datetime | None = None) -> Step | None:
    """Offer to be an ambassador. Returns None when an application is open already.

    Raises PermissionDenied while none are taken or it is too early, ValidationError without words, Conflict for whoever
    is in the programme.
    """
    check_can_step(by, by)
    now = at or timezone.now()
    if not programme_settings().takes_applications:
        raise PermissionDenied(_("The programme takes no applications at the moment."))
    if wait := standing_of(by, "", now).apply_after:
        day = date_format(timezone.localtime(wait), "DATE_FORMAT")
        raise PermissionDenied(_("You can apply again from %(day)s on.") % {"day": day})
    return take_step(by, State.APPLIED, by=by, reason=why, at=at)
