"""What happens in the programme. Every event holds ids and plain values only."""

from dataclasses import dataclass

from community.accounts.events import MemberEvent
from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AmbassadorStepTaken(MemberEvent):
    """A member stands elsewhere in the programme; `by_id` is None when time did it.

    `mark` says whether the sign beside their name came, went, or is as it was.
    """

    step_id: int
    before: str
    after: str
    by_id: int | None
    mark: str = ""

    @property
    def touches(self) -> tuple[str, ...]:
        """Their own page, and every page when the sign beside all that they wrote came or went."""
        return (*super().touches, "site") if self.mark else super().touches


@dataclass(frozen=True, kw_only=True)
class CharterPublished(Event):
    """The charter has a new version."""

    charter_id: int
    by_id: int

    @property
    def touches(self) -> tuple[str, ...]:
        """The programme's page shows it."""
        return ("ambassadors",)


@dataclass(frozen=True, kw_only=True)
class CharterAccepted(Event):
    """A member agreed to a version of the charter."""

    charter_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class AmbassadorPreferencesChanged(Event):
    """An ambassador wants to serve otherwise: other fields, hours, or another load."""

    ambassadorship_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class AmbassadorMessageWritten(Event):
    """Someone wrote in the private room."""

    message_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class AmbassadorMessageRemoved(Event):
    """A message of the private room is gone."""

    message_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class CrisisNoticeWritten(Event):
    """Ambassadors are told of something that goes wrong, before the public."""

    notice_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class CrisisNoticeShown(Event):
    """A notice became public, or is over (`shown`)."""

    notice_id: int
    by_id: int
    shown: bool

    @property
    def touches(self) -> tuple[str, ...]:
        """Its own page, and the line on the home page."""
        return ("notices", "home")
