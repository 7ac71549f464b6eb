"""Trust follows what members do, a moment later."""

from community.accounts.events import MemberJoined
from community.accounts.models import User
from community.core.events import receives
from community.notifications.actions.notify import notify
from community.topics import events
from rewards.trust.events import TrustLevelChanged
from rewards.trust.levels import consider


@receives(MemberJoined, later=True)
def welcome(event: MemberJoined) -> None:
    """In a community that has just begun everybody may link and vote."""
    consider(event.member_id)


@receives(events.PostVoted, events.AnswerPosted, later=True)
def look_at_those_concerned(event: events.PostEvent) -> None:
    """A vote moves who gave it and who got it; an answer who wrote it."""
    for member_id in sorted({event.by_id, event.author_id}):
        consider(member_id)


@receives(TrustLevelChanged)
def tell_of_a_level_reached(event: TrustLevelChanged) -> None:
    """Gently, and only the way up: a level lost is said on the page that says why."""
    if event.after > event.before:
        member = User.objects.get(pk=event.member_id)
        notify(member, "trust_level", data={"level": event.after})
