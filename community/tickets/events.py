"""What happens to tickets. Every event holds ids and plain values only, never what somebody wrote."""

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TicketEvent(Event):
    """Something that happened to a ticket. `by_id` is None for a guest, and for a desk outside the inbox."""

    ticket_id: int
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class TicketOpened(TicketEvent):
    """A customer asked support. A guest's ticket is not `is_confirmed` yet: agents do not see it.

    `ask_session` is what the customer was shown before, as search named it.
    """

    message_id: int
    is_confirmed: bool
    ask_session: str = ""


@dataclass(frozen=True, kw_only=True)
class GuestConfirmed(TicketEvent):
    """A guest confirmed the address: agents see the ticket from now on."""


@dataclass(frozen=True, kw_only=True)
class ConfirmationAsked(TicketEvent):
    """A guest asked for the mail with the link once more."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class TicketWritten(TicketEvent):
    """The customer wrote again. `channel` is web, email or api."""

    message_id: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class TicketReplied(TicketEvent):
    """Support answered; `is_first` when it was the first time."""

    message_id: int
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class TicketNoted(TicketEvent):
    """An agent wrote an internal note."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class TicketAssigned(TicketEvent):
    """A ticket is somebody's now, or nobody's."""

    assignee_id: int | None


@dataclass(frozen=True, kw_only=True)
class TicketClosed(TicketEvent):
    """A ticket was closed, for a reason of `CloseReason`."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class TicketReopened(TicketEvent):
    """The customer wrote to a closed ticket: it is open again."""


@dataclass(frozen=True, kw_only=True)
class TicketAnsweredThere(TicketEvent):
    """An agent linked a public answer: a topic, and one of its posts or none, or a help article."""

    topic_id: int | None = None
    post_id: int | None = None
    article_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PublicQuestionProposed(TicketEvent):
    """An agent asked the customer whether a question may be asked in public."""

    proposal_id: int


@dataclass(frozen=True, kw_only=True)
class PublicQuestionDeclined(TicketEvent):
    """The customer would rather not ask in public, or the agent took the proposal back."""

    proposal_id: int


@dataclass(frozen=True, kw_only=True)
class TicketAskedInPublic(TicketEvent):
    """The customer agreed: the question stands in the community."""

    proposal_id: int
    topic_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionMadeTicket(TicketEvent):
    """A public question became a ticket, by its asker's own click."""

    topic_id: int


@dataclass(frozen=True, kw_only=True)
class SupportOffered(Event):
    """An agent offered the asker of a public question to look at it in private."""

    topic_id: int
    offer_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class SupportDeclined(Event):
    """The asker does not need support after all."""

    topic_id: int
    offer_id: int
    by_id: int
