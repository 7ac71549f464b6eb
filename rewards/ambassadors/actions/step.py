"""Taking a step: the one place that changes where a member stands in the programme."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.errors import Conflict
from community.core.events import publish
from rewards.ambassadors.events import AmbassadorStepTaken
from rewards.ambassadors.lifecycle import (
    ACTIVE_STATES,
    EXPLAINED,
    SERVING,
    State,
    Who,
    end_of_term,
    exists,
    may,
    prolonged,
)
from rewards.ambassadors.models import Ambassadorship, CharterVersion, Step, charter_in_force
from rewards.ambassadors.models.membership import LONGEST_REASON
from rewards.ambassadors.permissions import check_can_join, check_can_step


def take_step(
    member: User,
    after: State,
    *,
    by: User | None,
    reason: str = "",
    charter: CharterVersion | None = None,
    back_on: date | None = None,
    at: datetime | None = None,
) -> Step | None:
    """Lead `member` to `after`, write the step down, and have them told. Returns None when they stand there already.

    `by` is the member, someone of the brand team, or None for what time does. `back_on` ends a leave by itself.
    Raises PermissionDenied; ValidationError when a reason is missing; Conflict when somebody was quicker and no step
    leads on from there.
    """
    who = check_can_step(by, member)
    reason = _checked_reason(reason, after, who)
    now = at or timezone.now()
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=member.pk)
        found = Ambassadorship.objects.filter(member=locked).first()
        before = found.state if found else ""
        if before == after:
            return None
        _check_way(who, before, after)
        if who != Who.SYSTEM and after in {State.APPLIED, State.INVITED}:
            check_can_join(locked)
        if after == State.INVITED and charter_in_force() is None:
            raise ValidationError(_("Publish the charter first: whoever is invited agrees to it."), code="charter")
        ambassadorship = found or Ambassadorship(member=locked)
        for name, value in changes(ambassadorship, before, after, timezone.localdate(now), back_on).items():
            setattr(ambassadorship, name, value)
        ambassadorship.state, ambassadorship.since = after, now
        ambassadorship.save()
        step = Step.objects.create(
            ambassadorship=ambassadorship, before=before, after=after, by=by, at=now, reason=reason, charter=charter
        )
        mark = _bring_mark(locked, after)
        publish(
            AmbassadorStepTaken(
                member_id=member.pk,
                step_id=step.pk,
                before=before,
                after=after,
                by_id=by.pk if by else None,
                mark=mark,
            )
        )
    member.is_ambassador = locked.is_ambassador
    return step


def changes(
    ambassadorship: Ambassadorship, before: str, after: State, today: date, back_on: date | None
) -> Mapping[str, Any]:
    """What a step changes beside the state: terms begin and end, and wait while somebody is on leave."""
    if after == State.ON_LEAVE:
        return {"left_on": today, "back_on": back_on}
    review_on, left_on = ambassadorship.review_on, ambassadorship.left_on
    if before == State.ON_LEAVE and after == State.ACTIVE and review_on and left_on:
        return {"left_on": None, "back_on": None, "review_on": prolonged(review_on, left_on, today)}
    if after == State.ACTIVE:
        return {"review_on": end_of_term(today)}
    if after not in SERVING:
        return {"left_on": None, "back_on": None, "review_on": None}
    return {}


def _checked_reason(reason: str, after: State, who: Who) -> str:
    """The reason without its margins. Raises ValidationError when one is wanted, or it is too long."""
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise ValidationError(_("At most %(count)d characters.") % {"count": LONGEST_REASON}, code="reason")
    asked = after in EXPLAINED if who == Who.TEAM else after == State.APPLIED
    if asked and who != Who.SYSTEM and not reason:
        raise ValidationError(_("Say why, in a sentence or two: the member reads it."), code="reason")
    return reason


def _check_way(who: Who, before: str, after: State) -> None:
    if not exists(before, after):
        stands = State(before).label if before else _("not in the programme")
        raise Conflict(
            _("This is no longer possible: the member is now “%(state)s”. Load the page again.") % {"state": stands}
        )
    if not may(who, before, after):
        raise PermissionDenied(_("This step is not yours to take."))


def _bring_mark(member: User, after: State) -> str:
    """Keep the sign beside the name in step. Returns "came", "went", or nothing."""
    holds = after in ACTIVE_STATES
    if member.is_ambassador == holds:
        return ""
    member.is_ambassador = holds
    member.save(update_fields=["is_ambassador"])
    return "came" if holds else "went"
