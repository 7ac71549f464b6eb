"""The rules of reputation: which act pays whom, how much, and within which limits.

What an act is (who voted, who accepted) is read in `rewards.ledger.facts`; here is what it is worth. The numbers start
from those of Stack Overflow and Apache Answer (helpful vote +10, accepted +15, accepting +2, 200 a day); the brand
changes them in Wagtail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# From the third vote of one member for another within this many days, each is worth half of the one before.
PAIR_DAYS, FULL_VOTES_OF_A_PAIR = 30, 2
# What a member starts with, and the least that is ever shown.
FLOOR = 1


def shown(total: int) -> int:
    """The reputation that is shown of a ledger's `total`: it may lie below the FLOOR for a while."""
    return max(FLOOR, total + FLOOR)


class Preset(models.TextChoices):
    """How a community of some age rewards."""

    LAUNCH = "launch", _("launch: few members, every answer is encouraged")
    GROWING = "growing", _("growing: the usual numbers")
    MATURE = "mature", _("mature: much is going on, only what helps counts")


@dataclass(frozen=True)
class Rule:
    """One way to gain or lose reputation.

    `points` by preset; `is_capped`: counts towards the most of a day; `is_paired`: worth less from the same person
    again; `lifetime`: the most that a member can ever get by it.
    """

    label: "_StrPromise"
    points: Mapping[str, int]
    is_capped: bool = True
    is_paired: bool = False
    lifetime: int | None = None


def _points(launch: int, growing: int, mature: int) -> dict[str, int]:
    return {Preset.LAUNCH: launch, Preset.GROWING: growing, Preset.MATURE: mature}


RULES: dict[str, Rule] = {
    "helpful_vote": Rule(_("Helpful vote"), _points(10, 10, 10), is_paired=True),
    "accepted": Rule(_("Answer accepted"), _points(20, 15, 15), is_capped=False),
    "accepting": Rule(_("Accepted someone’s answer"), _points(5, 2, 1), is_capped=False),
    "duplicate_link": Rule(_("Joined two questions that ask the same"), _points(5, 5, 5)),
    "reader_helped": Rule(_("A reader said: this answers me"), _points(2, 1, 1)),
    "edit": Rule(_("Improved what someone else wrote"), _points(2, 2, 2), lifetime=1000),
    "downvoted": Rule(_("Vote that found it misleading"), _points(-1, -2, -2), is_paired=True),
    "downvoting": Rule(_("Found an answer misleading"), _points(0, -1, -1)),
    "spam": Rule(_("Removed as spam"), _points(-100, -100, -100)),
    "opening": Rule(_("Earned before"), _points(0, 0, 0), is_capped=False),
}

MOST_A_DAY = {Preset.LAUNCH: 300, Preset.GROWING: 200, Preset.MATURE: 200}


@dataclass(frozen=True)
class Tariff:
    """The numbers in force: points of each rule, and the most of a day."""

    points: Mapping[str, int]
    most_a_day: int


def tariff_of(preset: str, own: Mapping[str, int], most_a_day: int | None) -> Tariff:
    """The numbers of `preset`, less those of which the brand has set its `own`."""
    points = {name: own.get(name, rule.points[preset]) for name, rule in RULES.items()}
    return Tariff(points, MOST_A_DAY[Preset(preset)] if most_a_day is None else most_a_day)
