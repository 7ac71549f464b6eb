"""What members have earned: the one table of thresholds, by the age of the community, which the brand may change."""

from collections.abc import Mapping
from dataclasses import dataclass

from community.accounts.models import User
from community.accounts.privileges import PRIVILEGES, grounds
from community.core.kept_values import remember
from community.topics.models import Post, Topic
from rewards.metrics import Field, measure
from rewards.models.settings import TAG as TARIFF_TAG
from rewards.models.settings import preset
from rewards.rules import Preset
from rewards.trust.models import TAG, PrivilegeThreshold

# How many accepted answers in a section make a member at home there.
AT_HOME = {Preset.LAUNCH: 5, Preset.GROWING: 10, Preset.MATURE: 20}


@dataclass(frozen=True)
class Threshold:
    """What a privilege takes: a trust level and points of reputation, both."""

    level: int
    reputation: int = 0

    def is_met(self, user: User) -> bool:
        """Whether `user` has both."""
        return user.trust_level >= self.level and user.reputation >= self.reputation


def _row(launch: Threshold, growing: Threshold, mature: Threshold) -> dict[str, Threshold]:
    return {Preset.LAUNCH: launch, Preset.GROWING: growing, Preset.MATURE: mature}


# Reputations after Stack Overflow's and Apache Answer's tables, brought down to what a brand's community sees.
THRESHOLDS: dict[str, Mapping[str, Threshold]] = {
    "links": _row(Threshold(1), Threshold(1), Threshold(1)),
    "images": _row(Threshold(0), Threshold(0), Threshold(0)),
    "vote_down": _row(Threshold(1), Threshold(1), Threshold(1, 50)),
    "accept_in_field": _row(Threshold(2, 100), Threshold(3, 300), Threshold(3, 1_000)),
    "suggest_edits": _row(Threshold(1), Threshold(1), Threshold(1, 20)),
    "review": _row(Threshold(2, 100), Threshold(3, 300), Threshold(3, 500)),
    "edit_others": _row(Threshold(3, 100), Threshold(3, 500), Threshold(3, 1_000)),
    "merge": _row(Threshold(3, 200), Threshold(3, 750), Threshold(3, 1_500)),
    "move": _row(Threshold(3, 200), Threshold(3, 750), Threshold(3, 1_500)),
    "close": _row(Threshold(4), Threshold(4), Threshold(4)),
}


def thresholds() -> dict[str, Threshold]:
    """The thresholds in force by privilege, kept until the brand changes them."""
    return remember("trust.thresholds", [TAG, TARIFF_TAG], _read_thresholds)


def _read_thresholds() -> dict[str, Threshold]:
    found = {name: row[preset()] for name, row in THRESHOLDS.items()}
    for own in PrivilegeThreshold.objects.filter(settings__site__is_default_site=True, privilege__in=PRIVILEGES):
        found[own.privilege] = Threshold(own.level, own.reputation)
    return found


def accepted_to_be_at_home() -> int:
    """How many accepted answers in a section make a member at home there."""
    return AT_HOME[Preset(preset())]


def at_home(user: User, topic: Topic) -> bool:
    """Whether others accepted enough answers of `user` in the section of `topic`. One query."""
    accepted = measure("accepted", members=[user.pk], field=Field(topic.section_id))
    return accepted.get(user.pk, 0) >= accepted_to_be_at_home()


@dataclass(frozen=True)
class Merit:
    """What a member has earned, by the thresholds in force when it was first asked for."""

    user: User
    thresholds: Mapping[str, Threshold]

    def __call__(self, privilege: str, about: object) -> bool:
        """Whether they have earned `privilege`, as for `about` (a topic, a post, or None: at all)."""
        if not self.thresholds[privilege].is_met(self.user):
            return False
        if privilege != "accept_in_field" or about is None:
            return True
        topic = about.topic if isinstance(about, Post) else about
        return isinstance(topic, Topic) and at_home(self.user, topic)


@grounds.register("merit")
def merit_of(user: User) -> Merit:
    """What `user` has earned."""
    return Merit(user, thresholds())
