"""What support promises, and how that reads: counted in its opening hours, told by its clocks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.tickets.business_hours import OpeningHours
from community.tickets.models import SupportSettings, hours_promised, support_settings
from community.topics.models import Section


@dataclass(frozen=True)
class Promise:
    """An answer within so many opening hours of a moment; `due_at` is None when nothing is promised."""

    hours: int
    due_at: datetime | None
    opening: OpeningHours
    support: SupportSettings


def promise_for(section: Section | None, at: datetime) -> Promise:
    """What is promised to who writes about `section` at that moment. Five queries at most."""
    support = support_settings()
    hours, opening = hours_promised(section), support.opening_hours()
    due = opening.due(at, timedelta(hours=hours)) if support.is_open else None
    return Promise(hours, due, opening, support)


def due_for(section: Section | None, at: datetime) -> datetime | None:
    """When an answer is due to who writes about `section` at that moment; None when nothing is promised."""
    return promise_for(section, at).due_at


def said(promise: Promise, now: datetime) -> str:
    """The promise in a sentence; empty when nothing is promised."""
    if promise.due_at is None:
        return ""
    hours = {"n": promise.hours}
    if promise.opening.never_closes:
        within = ngettext("We answer within %(n)d hour", "We answer within %(n)d hours", promise.hours) % hours
    else:
        words = ngettext("We answer within %(n)d opening hour", "We answer within %(n)d opening hours", promise.hours)
        within = words % hours
    return _("%(within)s: before %(moment)s.") % {
        "within": within,
        "moment": moment_in_words(promise.due_at, now, promise.opening),
    }


def moment_in_words(at: datetime, now: datetime, opening: OpeningHours) -> str:
    """ "15:40 today", "9:30 tomorrow", "11:00 on Monday 3 June": by the clocks of the support team."""
    local, today = at.astimezone(opening.zone), now.astimezone(opening.zone).date()
    clock = date_format(local, "TIME_FORMAT")
    days = (local.date() - today).days
    if days == 0:
        return _("%(time)s today") % {"time": clock}
    if days == 1:
        return _("%(time)s tomorrow") % {"time": clock}
    # Translators: a day such as "Monday 3 June", in the letters of Django's date format.
    day = date_format(local, _("l j F"))
    return _("%(time)s on %(day)s") % {"time": clock, "day": day}
