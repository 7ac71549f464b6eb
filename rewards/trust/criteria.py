"""What each trust level takes, by the age of the community.

After Discourse (its site_settings.yml and trust_level3_requirements.rb): the preset for mature communities is its
defaults. A brand's community has fewer daily readers, so that the other two ask for less. Level 4 is given by the team
alone, and levels 0 to 2 are never lost.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from rewards.rules import Preset

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# The level that is looked at every night, over the last WINDOW_DAYS; kept for GRACE_DAYS at least once it is reached,
# and then as long as no figure is under KEPT_SHARE of what it takes to get there.
NIGHTLY, WINDOW_DAYS, GRACE_DAYS, KEPT_SHARE = 3, 100, 14, 0.9
# While fewer members than this have joined, everybody begins at level 1.
BOOTSTRAP_MEMBERS = 50
# Helpful votes must come from a quarter as many people, and on a third as many days, as votes are asked for.
VOTES_A_PERSON, VOTES_A_DAY = 4, 3

LABELS: dict[str, "_StrPromise"] = {
    "topics_entered": _("topics opened"),
    "posts_read": _("posts read"),
    "minutes": _("minutes of reading"),
    "days": _("days of reading"),
    "votes_given": _("helpful votes given"),
    "votes_received": _("helpful votes received"),
    "voters": _("members who gave them"),
    "vote_days": _("days on which they came"),
    "topics_answered": _("topics of others answered"),
    "topics_share": _("topics opened, of all that came"),
    "posts_share": _("posts read, of all that came"),
    "topics_ever": _("topics opened since the beginning"),
    "posts_ever": _("posts read since the beginning"),
    "removals": _("removals as spam, at most"),
}
# These count over all time even for the level that is looked at nightly, and are kept or lost without tolerance.
STRICT = ("topics_ever", "posts_ever", "removals")
# Reached when the figure is not above, instead of not below.
AT_MOST = ("removals",)

Thresholds = Mapping[str, int]


@dataclass(frozen=True)
class Share:
    """A part of what came to the community in the window, in per cent, but never more than `most`."""

    percent: int
    most: int

    def of(self, total: int) -> int:
        """What it asks for when `total` came."""
        return min(math.ceil(total * self.percent / 100), self.most)


def _first(topics: int, posts: int, minutes: int) -> Thresholds:
    return {"topics_entered": topics, "posts_read": posts, "minutes": minutes}


def _second(days: int, topics: int, posts: int, minutes: int, answered: int) -> Thresholds:
    more = {"days": days, "votes_given": 1, "votes_received": 1, "topics_answered": answered}
    return {**_first(topics, posts, minutes), **more}


FIXED: dict[str, dict[int, Thresholds]] = {
    Preset.LAUNCH: {1: _first(2, 5, 3), 2: _second(4, 8, 30, 15, 2)},
    Preset.GROWING: {1: _first(3, 15, 5), 2: _second(8, 12, 60, 30, 3)},
    Preset.MATURE: {1: _first(5, 30, 10), 2: _second(15, 20, 100, 60, 3)},
}


@dataclass(frozen=True)
class Regular:
    """What level 3 asks for within the window, and since the beginning."""

    days: int
    answered: int
    given: int
    received: int
    topics: Share
    posts: Share
    topics_ever: int
    posts_ever: int
    removals: int

    def thresholds(self, topics: int, posts: int) -> Thresholds:
        """In figures, when so many `topics` and `posts` came in the window."""
        return {
            "days": self.days,
            "topics_answered": self.answered,
            "topics_share": self.topics.of(topics),
            "posts_share": self.posts.of(posts),
            "votes_given": self.given,
            "votes_received": self.received,
            "voters": math.ceil(self.received / VOTES_A_PERSON),
            "vote_days": math.ceil(self.received / VOTES_A_DAY),
            "topics_ever": self.topics_ever,
            "posts_ever": self.posts_ever,
            "removals": self.removals,
        }


REGULAR: dict[str, Regular] = {
    Preset.LAUNCH: Regular(10, 5, 5, 5, Share(10, 50), Share(10, 1_000), 30, 100, 2),
    Preset.GROWING: Regular(25, 8, 15, 10, Share(15, 150), Share(15, 5_000), 100, 250, 3),
    Preset.MATURE: Regular(50, 10, 30, 20, Share(25, 500), Share(25, 20_000), 200, 500, 5),
}


@dataclass(frozen=True)
class Criterion:
    """One line of a member's progress: what is asked for, and how far they are."""

    name: str
    value: int
    threshold: int

    @property
    def label(self) -> "_StrPromise":
        """What is counted."""
        return LABELS[self.name]

    @property
    def is_met(self) -> bool:
        """Whether it is reached."""
        return self.value <= self.threshold if self.name in AT_MOST else self.value >= self.threshold

    @property
    def is_kept(self) -> bool:
        """Whether it is near enough to keep a level that was reached."""
        if self.name in STRICT:
            return self.is_met
        return self.value >= self.threshold * KEPT_SHARE


def criteria(figures: Mapping[str, int], thresholds: Thresholds) -> list[Criterion]:
    """What `thresholds` ask for beside what `figures` say."""
    return [Criterion(name, figures.get(name, 0), least) for name, least in thresholds.items()]
