"""Agents, customers, their tickets, and support's opening hours."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from wagtail.models import Site

from community.accounts.actions.emails import trust_email
from community.accounts.models import Role, User
from community.tickets.models import OpeningTime, SupportSettings, Ticket
from tests.factories.tickets import make_agent, make_guest_ticket, make_ticket
from tests.factories.topics import make_user


@pytest.fixture
def agent(db: None) -> User:
    return make_agent()


@pytest.fixture
def other_agent(db: None) -> User:
    return make_agent("other_agent", Role.BRAND)


@pytest.fixture
def customer(db: None) -> User:
    """A member with a confirmed address."""
    user = make_user("customer", language="en")
    trust_email(user)
    return user


@pytest.fixture
def ticket(customer: User) -> Ticket:
    """An open request of `customer`."""
    return make_ticket(customer, subject="My parcel is late", body="It should have come on *Monday*.")


@pytest.fixture
def guest_ticket(db: None) -> Ticket:
    """A confirmed request of a guest."""
    return make_guest_ticket()


@pytest.fixture
def support(db: None) -> Callable[..., SupportSettings]:
    """Sets support up: `week` maps weekdays to hours such as (9, 18)."""

    def set_up(week: dict[int, tuple[int, int]] | None = None, **fields: Any) -> SupportSettings:
        site = Site.objects.get(is_default_site=True)
        found, _made = SupportSettings.objects.get_or_create(site=site)
        for name, value in fields.items():
            setattr(found, name, value)
        found.opening_times = [
            OpeningTime(weekday=day, opens=time(start), closes=time(end % 24))
            for day, (start, end) in (week or {}).items()
        ]
        found.save()
        return found

    return set_up
