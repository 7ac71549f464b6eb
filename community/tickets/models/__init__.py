"""Support's tables, one module per aggregate."""

from community.tickets.models.deliveries import TO_CONFIRM, TO_CUSTOMER, Delivery
from community.tickets.models.keys import TicketFormKey
from community.tickets.models.messages import Channel, MessageKind, TicketAttachment, TicketMessage
from community.tickets.models.proposals import Decision, PublicProposal, TicketOffer
from community.tickets.models.settings import Holiday, OpeningTime, SupportSettings, support_settings
from community.tickets.models.targets import SavedReply, SupportTarget, hours_promised
from community.tickets.models.tickets import SUBJECT_MAX, CloseReason, Ticket, TicketStatus, TopicLink, Urgency

__all__ = [
    "SUBJECT_MAX",
    "TO_CONFIRM",
    "TO_CUSTOMER",
    "Channel",
    "CloseReason",
    "Decision",
    "Delivery",
    "Holiday",
    "MessageKind",
    "OpeningTime",
    "PublicProposal",
    "SavedReply",
    "SupportSettings",
    "SupportTarget",
    "Ticket",
    "TicketAttachment",
    "TicketFormKey",
    "TicketMessage",
    "TicketOffer",
    "TicketStatus",
    "TopicLink",
    "Urgency",
    "hours_promised",
    "support_settings",
]
