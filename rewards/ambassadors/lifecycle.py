"""The way of an ambassador: which step leads from where to where, and who may take it."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum

from django.db import models
from django.utils.translation import pgettext_lazy

TERM_MONTHS = 12


class State(models.TextChoices):
    """Where a member stands in the programme."""

    CANDIDATE = "candidate", pgettext_lazy("ambassador", "candidate")
    APPLIED = "applied", pgettext_lazy("ambassador", "applied")
    INVITED = "invited", pgettext_lazy("ambassador", "invited")
    ACTIVE = "active", pgettext_lazy("ambassador", "active")
    ON_LEAVE = "on_leave", pgettext_lazy("ambassador", "on leave")
    REVIEW_DUE = "review_due", pgettext_lazy("ambassador", "review due")
    EMERITUS = "emeritus", pgettext_lazy("ambassador", "emeritus")
    ENDED = "ended", pgettext_lazy("ambassador", "ended")
    DECLINED = "declined", pgettext_lazy("ambassador", "declined")


class Who(Enum):
    """Who takes a step: the member, the brand team, or time itself."""

    SELF = "self"
    TEAM = "team"
    SYSTEM = "system"


# Who holds the role and its rights: a review that is due takes nothing away, a leave lets it rest.
ACTIVE_STATES = frozenset({State.ACTIVE, State.REVIEW_DUE})
SERVING = frozenset({*ACTIVE_STATES, State.ON_LEAVE})
# Who is outside, and may come (again).
OUTSIDE = frozenset({State.DECLINED, State.EMERITUS, State.ENDED})
# Where the team says why, in words that the member reads.
EXPLAINED = frozenset({State.APPLIED, State.INVITED, State.DECLINED, State.EMERITUS, State.ENDED})
# Who is listed as a candidate was not asked, and hears nothing of it until they are.
UNHEARD = frozenset({State.CANDIDATE})

_OWN, _TEAM, _TIME = frozenset({Who.SELF}), frozenset({Who.TEAM}), frozenset({Who.SYSTEM})
_ANY_HAND = _OWN | _TEAM

STEPS: Mapping[tuple[str, str], frozenset[Who]] = {
    ("", State.CANDIDATE): _TIME,
    ("", State.APPLIED): _OWN,
    ("", State.INVITED): _TEAM,
    (State.CANDIDATE, State.APPLIED): _OWN,
    (State.CANDIDATE, State.INVITED): _TEAM,
    (State.CANDIDATE, State.DECLINED): _TEAM | _TIME,
    (State.APPLIED, State.INVITED): _TEAM,
    (State.APPLIED, State.DECLINED): _ANY_HAND | _TIME,
    (State.INVITED, State.ACTIVE): _OWN,
    (State.INVITED, State.DECLINED): _ANY_HAND | _TIME,
    (State.ACTIVE, State.ON_LEAVE): _ANY_HAND,
    (State.ACTIVE, State.REVIEW_DUE): _TIME | _TEAM,
    (State.REVIEW_DUE, State.ON_LEAVE): _ANY_HAND,
    (State.REVIEW_DUE, State.ACTIVE): _TEAM,
    (State.ON_LEAVE, State.ACTIVE): _ANY_HAND | _TIME,
    **{(serving, gone): _ANY_HAND for serving in SERVING for gone in (State.EMERITUS,)},
    # Nobody is ended by a rule: only by people, or because the account is closed.
    **{(serving, State.ENDED): _ANY_HAND | _TIME for serving in SERVING},
    **{(outside, State.INVITED): _TEAM for outside in OUTSIDE},
    **{(outside, State.APPLIED): _OWN for outside in OUTSIDE},
    **{(outside, State.CANDIDATE): _TIME for outside in (State.DECLINED, State.ENDED)},
}


def exists(before: str, after: str) -> bool:
    """Whether any step leads from `before` to `after`."""
    return (before, after) in STEPS


def may(who: Who, before: str, after: str) -> bool:
    """Whether `who` takes the step from `before` to `after`."""
    return who in STEPS.get((before, after), ())


def ways(who: Who, before: str) -> list[State]:
    """Where `who` may lead somebody who stands at `before`, in the order of `State`."""
    return [state for state in State if may(who, before, state)]


def end_of_term(start: date) -> date:
    """The day when the review of a term that starts on `start` falls due: the same day a year later."""
    try:
        return start.replace(year=start.year + TERM_MONTHS // 12)
    except ValueError:  # 29 February
        return start.replace(year=start.year + TERM_MONTHS // 12, day=28)


def prolonged(review_on: date, left_on: date, back_on: date) -> date:
    """The day of a review that waited through a leave: a term counts days served."""
    return review_on + max(back_on - left_on, timedelta())
