"""What happens to people's accounts. Every event holds ids and plain values only."""

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberEvent(Event):
    """Something that changes what a member's page shows."""

    member_id: int

    @property
    def touches(self) -> tuple[str, ...]:
        """The member's page."""
        return (f"member:{self.member_id}",)


@dataclass(frozen=True, kw_only=True)
class MemberJoined(MemberEvent):
    """Someone signed up. `language` is that of the page where they did."""

    language: str


@dataclass(frozen=True, kw_only=True)
class MembersImported(Event):
    """Members came from another community, with the reputation they had there: pairs of id and points."""

    reputations: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(MemberEvent):
    """Someone changed what their page says of them."""


@dataclass(frozen=True, kw_only=True)
class AppearanceChanged(MemberEvent):
    """The name, portrait or mark that stands beside all that someone wrote is another one."""

    by_id: int

    @property
    def touches(self) -> tuple[str, ...]:
        """Every page: nobody knows on how many of them this person wrote."""
        return (*super().touches, "site")


@dataclass(frozen=True, kw_only=True)
class MemberRenamed(AppearanceChanged):
    """Someone took another pseudonym."""


@dataclass(frozen=True, kw_only=True)
class PortraitChanged(AppearanceChanged):
    """Someone sent another portrait, or took it away."""


@dataclass(frozen=True, kw_only=True)
class RoleChanged(AppearanceChanged):
    """Someone became, or is no longer, an expert, staff, a moderator or of the brand team."""

    role: str
    before: str


@dataclass(frozen=True, kw_only=True)
class MemberErased(AppearanceChanged):
    """Someone left for good: each app forgets what it holds about them alone, and keeps what others rest on."""
