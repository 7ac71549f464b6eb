"""A public question goes to support: by its asker's own click, which an agent may have offered."""

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.tickets.actions.open_ticket import open_ticket
from community.tickets.events import QuestionMadeTicket, SupportDeclined, SupportOffered
from community.tickets.files import Judged
from community.tickets.models import SUBJECT_MAX, Decision, Ticket, TicketOffer, TicketStatus, TopicLink, Urgency
from community.tickets.permissions import check_can_offer, check_can_take_to_support
from community.topics.actions.locking import lock_topic
from community.topics.models import Post, PostKind, Topic


def question_to_ticket(
    topic: Topic,
    *,
    by: User,
    words: str = "",
    urgency: str = Urgency.QUESTION,
    files: Sequence[Judged] = (),
    read: Sequence[str] = (),
    key: str = "",
) -> Ticket:
    """Take a question of `by` to support, with all that it says; returns the ticket, the one in work if there is one.

    Nothing has to be said twice: the question's words come along, `words` are what the asker adds. The question stays
    public. Raises PermissionDenied, ValidationError for the words, Conflict when `key` made something else.
    """
    check_can_take_to_support(by, topic)
    with transaction.atomic():
        locked = lock_topic(topic)
        check_can_take_to_support(by, locked)
        if known := ticket_in_work(topic, by):
            return known
        ticket = open_ticket(
            by=by,
            subject=Truncator(topic.title).chars(SUBJECT_MAX),
            body=with_the_question(topic, words),
            lang=by.language if by.language in dict(settings.LANGUAGES) else topic.lang,
            section=locked.section,
            urgency=urgency,
            files=files,
            read=read,
            key=key,
            topic=topic,
            topic_link=TopicLink.FROM_QUESTION,
        )
        TicketOffer.objects.filter(topic=topic, decision=Decision.OPEN).update(
            decision=Decision.ACCEPTED, decided_at=timezone.now()
        )
        publish(QuestionMadeTicket(ticket_id=ticket.pk, by_id=by.pk, topic_id=topic.pk))
    return ticket


def ticket_in_work(topic: Topic, by: User) -> Ticket | None:
    """The ticket that this question of `by` became, unless it is closed. One query."""
    mine = Ticket.objects.filter(topic=topic, requester=by, topic_link=TopicLink.FROM_QUESTION)
    return mine.exclude(status=TicketStatus.CLOSED).order_by("-id").first()


def with_the_question(topic: Topic, words: str) -> str:
    """What the asker adds, then the question as it stands, then its address."""
    opening = Post.objects.filter(topic=topic, kind=PostKind.OPENING).values_list("body", flat=True).first() or ""
    parts = [words.strip(), topic.title, opening.strip(), f"{settings.SITE_URL}{topic.get_absolute_url()}"]
    return "\n\n".join(part for part in parts if part)


def offer_support(topic: Topic, *, by: User) -> bool:
    """Offer the asker of a question to look at it in private. Returns False when that is offered already, or in work.

    Raises PermissionDenied.
    """
    check_can_offer(by, topic)
    with transaction.atomic():
        lock_topic(topic)
        if ticket_in_work(topic, topic.author):
            return False
        offer, is_new = TicketOffer.objects.get_or_create(
            topic=topic, decision=Decision.OPEN, defaults={"offered_by": by}
        )
        if is_new:
            publish(SupportOffered(topic_id=topic.pk, offer_id=offer.pk, by_id=by.pk))
    return is_new


def decline_support(topic: Topic, *, by: User) -> bool:
    """No, thank you. Returns False when nothing is offered. Raises PermissionDenied for anyone but the asker."""
    if topic.author_id != by.pk:
        raise PermissionDenied(_("Only the person who asked can decide this."))
    with transaction.atomic():
        offer = TicketOffer.objects.select_for_update(of=("self",)).filter(topic=topic, decision=Decision.OPEN).first()
        if offer is None:
            return False
        offer.decision, offer.decided_at = Decision.DECLINED, timezone.now()
        offer.save(update_fields=["decision", "decided_at"])
        publish(SupportDeclined(topic_id=topic.pk, offer_id=offer.pk, by_id=by.pk))
    return True
