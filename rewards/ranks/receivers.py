"""Ranks follow what happens, a moment later: of those only whose figures it moves."""

from community.accounts.events import MemberEvent, MemberJoined, RoleChanged
from community.accounts.models import User
from community.core.events import Event, receives
from community.notifications.actions.notify import notify
from rewards.events import VotesReviewed
from rewards.moves import members_of, movers
from rewards.ranks.events import RanksChanged
from rewards.ranks.models import Cause
from rewards.ranks.moving import recompute
from rewards.ranks.notification_kinds import kind_of


@receives(*movers(), later=True)
def rank_those_concerned(event: Event) -> None:
    """Those whose figures it may have moved."""
    recompute(members_of(event), cause=Cause.ACT)


@receives(MemberJoined, RoleChanged, later=True)
def rank_a_member(event: MemberEvent) -> None:
    """New members start on the lowest rank; whoever joins the team leaves the ladder."""
    recompute([event.member_id], cause=Cause.JOINED)


@receives(VotesReviewed, later=True)
def rank_those_reviewed(event: VotesReviewed) -> None:
    """Votes were taken back, or given again."""
    recompute(event.member_ids, cause=Cause.ACT)


@receives(RanksChanged, later=True)
def tell_those_who_went_up(event: RanksChanged) -> None:
    """Each rank once for ever: nobody hears twice of one that came and went."""
    people = User.objects.in_bulk([pk for pk, _slug in event.raised])
    for pk, slug in event.raised:
        if pk in people:
            notify(people[pk], kind_of(slug), data={"rank": slug}, key=slug)
