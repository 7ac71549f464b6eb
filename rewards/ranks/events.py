"""What happens on the ladder of ranks."""

from dataclasses import dataclass

from community.core.events import Event

TAG = "ranks"


@dataclass(frozen=True, kw_only=True)
class RanksChanged(Event):
    """Members went from one rank to another; `raised` are those of them who went up and are to be told.

    Only their own pages are dropped at once. A name stands on any number of other pages: these follow with their own
    next change, and within ten minutes at most, when every kept page ends.
    """

    member_ids: tuple[int, ...]
    raised: tuple[tuple[int, str], ...] = ()

    @property
    def touches(self) -> tuple[str, ...]:
        """The members' pages."""
        return tuple(f"member:{pk}" for pk in self.member_ids)


@dataclass(frozen=True, kw_only=True)
class LadderPutInForce(Event):
    """The brand changed the ranks: what they are called, how they look, what they ask."""

    ladder_id: int
    by_id: int

    @property
    def touches(self) -> tuple[str, ...]:
        """Every page may show a rank."""
        return (TAG, "site")
