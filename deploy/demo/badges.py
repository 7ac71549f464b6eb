"""Badges of the demo community: those that every site is offered, and a few that the team gave by hand."""

from community.accounts.models import User
from deploy.demo import content
from deploy.demo.content import Clock
from rewards.badges.actions.give import give_badge
from rewards.badges.actions.ship import ship_badges
from rewards.badges.models import Award, Badge


def hand_out(people: dict[str, User], clock: Clock) -> None:
    """Make the badges that are missing, and give those of the story; what the team took back stays so."""
    ship_badges()
    for entry in content.read("badges")["given"]:
        badge, member = Badge.objects.filter(slug=entry["badge"]).first(), people[entry["member"]]
        if badge and not Award.objects.filter(badge=badge, member=member).exists():
            at = clock.ago(entry["days_ago"], f"{entry['badge']}:{entry['member']}")
            give_badge(badge, member, by=people[entry["by"]], reason=entry["reason"], at=at)
