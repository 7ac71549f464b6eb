"""What happens in the ledger beside what happens in the forum. Every event holds ids only."""

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class VotesReviewed(Event):
    """Entries of these members were taken back after a review, or given again by the team."""

    member_ids: tuple[int, ...]

    @property
    def touches(self) -> tuple[str, ...]:
        """The members' pages."""
        return tuple(f"member:{pk}" for pk in self.member_ids)
