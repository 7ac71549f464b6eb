"""Ambassadors, made as the programme makes them."""

from typing import Any

from community.accounts.actions.desk_groups import complete_groups, join_desk_group
from community.accounts.models import Role, User
from rewards.ambassadors.actions.charter import accept_invitation, publish_charter
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import Ambassadorship, CharterVersion, charter_in_force
from tests.factories.topics import make_user


def make_manager(name: str = "manager") -> User:
    """Someone of the brand team, in its group."""
    complete_groups()
    user = make_user(name, Role.BRAND)
    join_desk_group(user)
    return user


def make_charter(by: User, words: str = "We are kind.") -> CharterVersion:
    """A version of the charter."""
    return publish_charter(by=by, text_fr=f"{words} (fr)", text_en=words)


def make_ambassador(name: str, by: User, **fields: Any) -> User:
    """A member who was invited by `by` and agreed to the charter; `fields` are those of their ambassadorship."""
    member = make_user(name)
    charter = charter_in_force() or make_charter(by)
    take_step(member, State.INVITED, by=by, reason="You help so many.")
    accept_invitation(charter, by=member)
    Ambassadorship.objects.filter(member=member).update(**fields)
    member.refresh_from_db()
    return member


def state_of(member: User) -> str:
    """Where `member` stands, empty when nowhere."""
    return Ambassadorship.objects.filter(member=member).values_list("state", flat=True).first() or ""
