"""Asking the community for a customer: an agent proposes what would be public, the customer sees it and decides."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.accounts.models import User
from community.core.events import publish
from community.tickets.actions import once
from community.tickets.actions.locking import lock_ticket
from community.tickets.actions.reply import answer
from community.tickets.actions.say import tell
from community.tickets.events import PublicQuestionDeclined, PublicQuestionProposed, TicketAskedInPublic
from community.tickets.models import Decision, MessageKind, PublicProposal, Ticket, TicketStatus, TopicLink
from community.tickets.permissions import check_can_decide, check_can_work_on
from community.tickets.promises import due_for
from community.tickets.writing import clean_message
from community.topics.actions.ask import ask_question
from community.topics.models import Section, Topic
from community.topics.writing import clean_body, clean_title


def propose_public_question(
    ticket: Ticket, *, by: User, section: Section, title: str, body: str, words: str = "", key: str = ""
) -> PublicProposal:
    """Ask the customer whether `title` and `body` may be asked in public, in `section`; nothing is public yet.

    The customer is told by a message with the agent's `words`, else a sentence. What was proposed before is withdrawn.
    The same `key` returns the same proposal. Raises PermissionDenied, ValidationError for the words, Conflict.
    """
    check_can_work_on(by, ticket)
    if ticket.is_closed:
        raise ValidationError(_("This request is closed."), code="closed")
    title, body = clean_title(title), clean_body(body, few_links=False, required=False)
    with override(ticket.lang):
        opening = words.strip() or _(
            "Others may have met this before. May we ask the community for you? Below you see what would be public, "
            "and what we left out. Nothing is published unless you agree."
        )
    opening, scope = clean_message(opening), f"ticket:{ticket.pk}:{by.pk}"
    with transaction.atomic():
        if once.claim(scope, key, once.fingerprint("propose", ticket.pk, section.pk, title, body)):
            return PublicProposal.objects.filter(ticket=ticket).latest("pk")
        ticket, now = lock_ticket(ticket), timezone.now()
        PublicProposal.objects.filter(ticket=ticket, decision=Decision.OPEN).update(
            decision=Decision.WITHDRAWN, decided_at=now
        )
        proposal = PublicProposal.objects.create(
            ticket=ticket,
            proposed_by=by,
            section=section,
            title_before=ticket.subject,
            body_before=first_words(ticket),
            title=title,
            body=body,
        )
        once.made(scope, key, answer(ticket, opening, by=by))
        publish(PublicQuestionProposed(ticket_id=ticket.pk, by_id=by.pk, proposal_id=proposal.pk))
    return proposal


def first_words(ticket: Ticket) -> str:
    """What the customer wrote first."""
    first = ticket.messages.filter(kind=MessageKind.CUSTOMER).order_by("id").first()
    return first.body if first else ""


def publish_proposal(proposal: PublicProposal, *, by: User, key: str = "") -> Topic:
    """Ask in public, in the customer's name, what they were shown; returns the topic, also when it was asked before.

    `by` is the ticket's customer. A guest who signed up to agree proves it with the ticket's `key`, and the ticket
    is theirs from then on. Raises PermissionDenied, ValidationError for the words.
    """
    check_can_decide(by if proposal.ticket.requester_id else None, proposal.ticket)
    with transaction.atomic():
        ticket = lock_ticket(proposal.ticket)
        if ticket.requester_id is None and key == ticket.key:
            ticket.requester = by
        check_can_decide(by, ticket)
        proposal = (
            PublicProposal.objects.select_for_update(of=("self",))
            .select_related("section", "topic")
            .get(pk=proposal.pk)
        )
        if proposal.topic is not None:
            return proposal.topic
        check_is_open(proposal)
        topic = ask_question(
            by=by, section=proposal.section, title=proposal.title, body=proposal.body, lang=ticket.lang,
            ask_session=ticket.ask_session,
        )  # fmt: skip
        now = timezone.now()
        proposal.decision, proposal.decided_at, proposal.topic = Decision.ACCEPTED, now, topic
        proposal.save(update_fields=["decision", "decided_at", "topic"])
        ticket.topic, ticket.topic_link, ticket.updated_at = topic, TopicLink.ASKED_IN_PUBLIC, now
        ticket.save(update_fields=["requester", "topic", "topic_link", "updated_at"])
        tell(ticket, "asked_in_public", author=by, at=now)
        publish(TicketAskedInPublic(ticket_id=ticket.pk, by_id=by.pk, proposal_id=proposal.pk, topic_id=topic.pk))
    return topic


def check_is_open(proposal: PublicProposal) -> None:
    """Raise PermissionDenied unless the proposal still waits for the customer."""
    if proposal.decision != Decision.OPEN:
        raise PermissionDenied(_("This is no longer proposed. The request says what happened."))


def decline_proposal(proposal: PublicProposal, *, by: User | None) -> bool:
    """Rather not in public: it is support's turn again. Returns False when that was said already.

    Raises PermissionDenied for anyone but the customer, and when something else was decided.
    """
    check_can_decide(by, proposal.ticket)
    with transaction.atomic():
        ticket, now = lock_ticket(proposal.ticket), timezone.now()
        proposal = PublicProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        if proposal.decision == Decision.DECLINED:
            return False
        check_is_open(proposal)
        proposal.decision, proposal.decided_at = Decision.DECLINED, now
        proposal.save(update_fields=["decision", "decided_at"])
        tell(ticket, "declined_public", author=by, at=now)
        ticket.status, ticket.updated_at, ticket.due_at = TicketStatus.OPEN, now, due_for(ticket.section, now)
        ticket.save(update_fields=["status", "updated_at", "due_at"])
        publish(PublicQuestionDeclined(ticket_id=ticket.pk, by_id=by.pk if by else None, proposal_id=proposal.pk))
    return True
