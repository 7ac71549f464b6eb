"""What a customer's ticket page shows, gathered in a fixed number of queries whatever the length of the thread."""

from dataclasses import dataclass, replace
from datetime import datetime

from community.tickets import happenings
from community.tickets.customer_mail import customer_address
from community.tickets.models import (
    CloseReason,
    Decision,
    PublicProposal,
    Ticket,
    TicketMessage,
    TicketStatus,
)
from community.tickets.promises import moment_in_words, promise_for, said
from community.topics.history import Change, changes_between

MOST_SHOWN = 300


@dataclass(frozen=True)
class Line:
    """A message as the reader sees it; `sentence` is for what happened."""

    message: TicketMessage
    sentence: str


@dataclass(frozen=True)
class ShownProposal:
    """What would be asked in public, against what stands in the ticket."""

    proposal: PublicProposal
    title_changes: list[Change]
    body_changes: list[Change]


@dataclass(frozen=True)
class Conversation:
    """Everything on the page of a ticket."""

    ticket: Ticket
    lines: list[Line]
    hidden_count: int
    proposal: ShownProposal | None
    state: str
    is_late: bool
    promised: str
    can_write: bool
    mailed_to: str


def gather(ticket: Ticket, now: datetime) -> Conversation:
    """The page of `ticket` for its customer; internal notes are never read."""
    visible = ticket.messages.for_customer().select_related("author")
    rows = list(visible.prefetch_related("attachments").order_by("-pk")[: MOST_SHOWN + 1])
    shown = rows[:MOST_SHOWN][::-1]
    is_late = ticket.is_late(now)
    return Conversation(
        ticket=ticket,
        lines=[Line(message, happenings.sentence(message.body)) for message in shown],
        hidden_count=max(0, visible.count() - MOST_SHOWN) if len(rows) > MOST_SHOWN else 0,
        proposal=shown_proposal(ticket),
        state=state_of(ticket),
        is_late=is_late,
        promised=promised(ticket, now),
        can_write=not (ticket.is_closed and ticket.close_reason == CloseReason.SPAM),
        mailed_to=customer_address(ticket),
    )


def state_of(ticket: Ticket) -> str:
    """One word for the page: unconfirmed, open, waiting or closed."""
    return str(ticket.status) if ticket.is_confirmed else "unconfirmed"


def promised(ticket: Ticket, now: datetime) -> str:
    """The promise in a sentence while it is support's turn; when it was broken, the moment that was promised."""
    if ticket.status != TicketStatus.OPEN or not ticket.is_confirmed or ticket.due_at is None:
        return ""
    made = promise_for(ticket.section, now)
    if ticket.due_at < now:
        return moment_in_words(ticket.due_at, now, made.opening)
    return said(replace(made, due_at=ticket.due_at), now)


def shown_proposal(ticket: Ticket) -> ShownProposal | None:
    """The question that waits for the customer's consent, word by word. One query."""
    found = PublicProposal.objects.filter(ticket=ticket, decision=Decision.OPEN).select_related("section").first()
    return compared(found) if found else None


def compared(proposal: PublicProposal) -> ShownProposal:
    """`proposal` with what it takes away from, and adds to, the customer's own words."""
    return ShownProposal(
        proposal,
        changes_between(proposal.title_before, proposal.title),
        changes_between(proposal.body_before, proposal.body),
    )
