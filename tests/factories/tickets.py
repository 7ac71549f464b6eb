"""Tickets and agents, made as people make them."""

from itertools import count
from typing import Any

from community.accounts.actions.desk_groups import join_desk_group
from community.accounts.models import Role, User
from community.tickets.actions.confirm_guest import confirm_guest
from community.tickets.actions.open_ticket import open_ticket
from community.tickets.models import Ticket
from tests.factories.topics import make_user

numbers = count(1)


def make_agent(name: str = "agent", role: str = Role.STAFF, **fields: Any) -> User:
    """Someone who answers tickets, by their role."""
    user = make_user(name, role, **fields)
    join_desk_group(user)
    return user


def make_ticket(by: User, **fields: Any) -> Ticket:
    """A request of a member, with words of its own."""
    number = next(numbers)
    words = {
        "subject": f"Parcel {number} is late",
        "body": f"It should have come on Monday, parcel {number}.",
        "lang": "en",
    }
    return open_ticket(by=by, **{**words, **fields})


def make_guest_ticket(email: str = "camille@guest.example", *, confirmed: bool = True, **fields: Any) -> Ticket:
    """A request of somebody without an account, who has confirmed the address unless told otherwise."""
    number = next(numbers)
    words = {"subject": f"Invoice {number} is wrong", "body": f"I paid twice for order {number}.", "lang": "en"}
    ticket = open_ticket(by=None, guest_email=email, **{**words, **fields})
    if confirmed:
        confirm_guest(ticket)
        ticket.refresh_from_db()
    return ticket
