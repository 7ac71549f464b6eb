"""Desks: other products that hold tickets. Each is a folder beside this file; `email` is the model for the next one.

A folder registers one desk when it is imported by `apps.py`. The house makes one delivery for each message of a
customer and each desk that is on, and hands it over in a background task: `hand_over` may raise DeskError, and is then
called again later, or not, as the error says. What a desk answers comes back through the actions.
"""

from typing import Protocol

from community.core.registry import Registry
from community.tickets.errors import DeskError
from community.tickets.models import TicketMessage


class Desk(Protocol):
    """A product that holds tickets."""

    def is_on(self) -> bool:
        """Whether the operator has set it up."""

    def hand_over(self, message: TicketMessage) -> None:
        """Give `message`, of a customer, to the desk; the first one of a ticket opens a case there.

        Must bear being called again for the same message, after a crash: whatever it sends carries a stable name, by
        which the desk knows it. Raises DeskError.
        """


__all__ = ["Desk", "DeskError", "desks"]

desks: Registry[Desk] = Registry("desks")
