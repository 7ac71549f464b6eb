"""What happens to badges. Events hold ids and plain values only."""

from dataclasses import dataclass

from community.core.events import Event

# Pages of members are kept with the tag of lists too.
CROWD = 20


@dataclass(frozen=True, kw_only=True)
class BadgeEvent(Event):
    """Something that changes which members hold a badge."""

    badge_id: int
    award_ids: tuple[int, ...]
    member_ids: tuple[int, ...]

    @property
    def touches(self) -> tuple[str, ...]:
        """The pages that say who has which badge, and the members' own: those of a crowd with all lists, in one go."""
        if len(self.member_ids) > CROWD:
            return ("badges", "lists")
        return ("badges", *(f"member:{pk}" for pk in self.member_ids))


@dataclass(frozen=True, kw_only=True)
class BadgesAwarded(BadgeEvent):
    """Members got a badge, or have it again; they hear of it unless it `is_quiet`."""

    is_quiet: bool


@dataclass(frozen=True, kw_only=True)
class BadgesRevoked(BadgeEvent):
    """Members lost a badge."""
