"""Opening, answering, noting, assigning and closing: who may, who may not, and nothing twice."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from community.accounts.models import Role, User
from community.core.errors import Conflict
from community.core.models import LoggedEvent
from community.tickets.actions.assign import assign_ticket
from community.tickets.actions.close import close_ticket
from community.tickets.actions.note import add_note
from community.tickets.actions.open_ticket import open_ticket
from community.tickets.actions.reply import reply_to_customer
from community.tickets.actions.write import write_to_support
from community.tickets.agents import agents, is_agent
from community.tickets.models import CloseReason, MessageKind, Ticket, TicketStatus
from tests.factories.tickets import make_agent, make_guest_ticket, make_ticket
from tests.factories.topics import make_topic, make_user

pytestmark = pytest.mark.django_db
WORDS = {"subject": "My parcel", "body": "Where is it?", "lang": "en"}


def events(kind: str) -> int:
    return LoggedEvent.objects.filter(kind=kind).count()


def thread(ticket: Ticket) -> list[tuple[str, str]]:
    return list(ticket.messages.order_by("pk").values_list("kind", "body"))


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        (Role.MEMBER, False),
        (Role.EXPERT, False),
        (Role.STAFF, True),
        (Role.MODERATOR, True),
        (Role.BRAND, True),
    ],
)
def test_staff_moderators_and_the_brand_team_answer_tickets(ticket: Ticket, role: str, answers: bool) -> None:
    user = make_agent("somebody", role)
    assert is_agent(user) is answers
    assert (user in agents()) is answers
    assert list(Ticket.objects.visible_to(user)) == ([ticket] if answers else [])
    if answers:
        reply_to_customer(ticket, by=user, body="It is on its way.")
    else:
        with pytest.raises(PermissionDenied):
            reply_to_customer(ticket, by=user, body="It is on its way.")


def test_a_member_s_ticket_waits_for_support_at_once(customer: User, stranger: User) -> None:
    ticket = open_ticket(by=customer, **WORDS, urgency="blocked", read=["topic:1", "article:999"], ask_session="abc")
    assert (ticket.status, ticket.urgency, ticket.is_confirmed) == (TicketStatus.OPEN, "blocked", True)
    assert ticket.due_at is not None
    assert len(ticket.key) >= 40
    assert thread(ticket) == [("customer", "Where is it?")]
    assert ticket.read == []
    assert list(Ticket.objects.visible_to(customer)) == [ticket]
    assert list(Ticket.objects.visible_to(stranger)) == []
    assert events("TicketOpened") == 1


def test_what_was_read_is_kept_as_far_as_everyone_may_read_it(customer: User, asker: User, section) -> None:
    topic = make_topic(asker, section)
    ticket = open_ticket(by=customer, **WORDS, read=[f"topic:{topic.pk}", "topic:99999", "nonsense"])
    assert ticket.read == [f"topic:{topic.pk}"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"subject": "  "}, "subject_short"),
        ({"subject": "x" * 121}, "subject_long"),
        ({"body": " \u200b "}, "body_empty"),
        ({"body": "x" * 32_001}, "body_long"),
        ({"lang": "de"}, "lang"),
        ({"urgency": "panic"}, "urgency"),
    ],
)
def test_words_are_checked(customer: User, change: dict[str, str], code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        open_ticket(by=customer, **{**WORDS, **change})
    assert refusal.value.code == code
    assert not Ticket.objects.exists()


def test_a_closed_account_opens_nothing(customer: User) -> None:
    customer.is_active = False
    with pytest.raises(PermissionDenied):
        open_ticket(by=customer, **WORDS)


def test_the_same_form_twice_opens_one_ticket(customer: User, stranger: User) -> None:
    first = open_ticket(by=customer, **WORDS, key="k1")
    assert open_ticket(by=customer, **WORDS, key="k1") == first
    with pytest.raises(Conflict):
        open_ticket(by=customer, **{**WORDS, "body": "Other words."}, key="k1")
    assert open_ticket(by=stranger, **WORDS, key="k1") != first
    assert Ticket.objects.count() == 2
    assert events("TicketOpened") == 2


def test_an_answer_makes_it_the_customer_s_turn_and_the_answerer_s_ticket(ticket: Ticket, agent: User) -> None:
    message = reply_to_customer(ticket, by=agent, body="It left on **Friday**.", key="r1")
    assert reply_to_customer(ticket, by=agent, body="It left on **Friday**.", key="r1") == message
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee, ticket.due_at) == (TicketStatus.WAITING, agent, None)
    assert ticket.first_reply_at == message.created_at
    assert "<strong>Friday</strong>" in message.html
    assert (events("TicketReplied"), events("TicketAssigned")) == (1, 1)


def test_a_second_answer_leaves_the_first_one_s_time_and_agent(ticket: Ticket, agent: User, other_agent: User) -> None:
    first = reply_to_customer(ticket, by=agent, body="I look into it.")
    reply_to_customer(ticket, by=other_agent, body="It is found.")
    ticket.refresh_from_db()
    assert (ticket.first_reply_at, ticket.assignee) == (first.created_at, agent)


def test_only_the_customer_writes_to_support(ticket: Ticket, customer: User, stranger: User, agent: User) -> None:
    for by in (stranger, agent, None):
        with pytest.raises(PermissionDenied):
            write_to_support(ticket, by=by, body="Hello?")
    reply_to_customer(ticket, by=agent, body="It left on Friday.")
    message = write_to_support(ticket, by=customer, body="Not here yet.", key="w1")
    assert write_to_support(ticket, by=customer, body="Not here yet.", key="w1") == message
    ticket.refresh_from_db()
    assert ticket.status == TicketStatus.OPEN
    assert ticket.due_at is not None
    assert events("TicketWritten") == 1


def test_writing_while_support_s_answer_is_due_does_not_push_it_back(ticket: Ticket, customer: User) -> None:
    write_to_support(ticket, by=customer, body="It is blue.")
    due = ticket.due_at
    ticket.refresh_from_db()
    assert ticket.due_at == due


def test_a_guest_writes_by_the_key_and_nobody_signed_in_does_it_for_them(guest_ticket: Ticket, customer: User) -> None:
    write_to_support(guest_ticket, by=None, body="Any news?")
    with pytest.raises(PermissionDenied):
        write_to_support(guest_ticket, by=customer, body="Any news?")


def test_writing_reopens_what_was_closed_but_not_spam(ticket: Ticket, customer: User, agent: User) -> None:
    assert close_ticket(ticket, by=agent, reason=CloseReason.OTHER)
    ticket.refresh_from_db()
    write_to_support(ticket, by=customer, body="It is not solved.")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.close_reason, ticket.closed_at) == (TicketStatus.OPEN, "", None)
    assert [body for kind, body in thread(ticket) if kind == "system"] == ["closed.other", "reopened"]
    assert events("TicketReopened") == 1
    close_ticket(ticket, by=agent, reason=CloseReason.SPAM)
    ticket.refresh_from_db()
    with pytest.raises(PermissionDenied):
        write_to_support(ticket, by=customer, body="Hello?")


def test_a_note_is_an_agent_s_and_changes_no_turn(ticket: Ticket, agent: User, customer: User) -> None:
    note = add_note(ticket, by=agent, body="Known thief of parcels.", key="n1")
    assert add_note(ticket, by=agent, body="Known thief of parcels.", key="n1") == note
    ticket.refresh_from_db()
    assert ticket.status == TicketStatus.OPEN
    assert ticket.first_reply_at is None
    assert list(ticket.messages.for_customer().values_list("kind", flat=True)) == [MessageKind.CUSTOMER]
    with pytest.raises(PermissionDenied):
        add_note(ticket, by=customer, body="I read this.")


def test_a_ticket_is_given_to_agents_only(ticket: Ticket, agent: User, other_agent: User, stranger: User) -> None:
    assert assign_ticket(ticket, by=agent, to=other_agent)
    assert not assign_ticket(ticket, by=agent, to=other_agent)
    ticket.refresh_from_db()
    assert ticket.assignee == other_agent
    assert assign_ticket(ticket, by=other_agent, to=None)
    with pytest.raises(PermissionDenied):
        assign_ticket(ticket, by=agent, to=stranger)
    with pytest.raises(PermissionDenied):
        assign_ticket(ticket, by=stranger, to=agent)
    assert events("TicketAssigned") == 2


def test_the_customer_closes_what_is_solved_and_for_no_other_reason(
    ticket: Ticket, customer: User, stranger: User
) -> None:
    with pytest.raises(PermissionDenied):
        close_ticket(ticket, by=stranger)
    with pytest.raises(PermissionDenied):
        close_ticket(ticket, by=customer, reason=CloseReason.SPAM)
    assert close_ticket(ticket, by=customer)
    assert not close_ticket(ticket, by=customer)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.close_reason, ticket.due_at) == (TicketStatus.CLOSED, CloseReason.SOLVED, None)
    assert events("TicketClosed") == 1


@pytest.mark.parametrize("reason", CloseReason.values)
def test_an_agent_closes_for_any_reason(ticket: Ticket, agent: User, reason: str) -> None:
    assert close_ticket(ticket, by=agent, reason=reason)
    with pytest.raises(ValidationError):
        close_ticket(ticket, by=agent, reason="boredom")


def test_an_unconfirmed_ticket_is_no_agent_s_business(agent: User) -> None:
    ticket = make_guest_ticket(confirmed=False)
    assert list(Ticket.objects.visible_to(agent)) == []
    for act in (
        lambda: reply_to_customer(ticket, by=agent, body="Hello."),
        lambda: add_note(ticket, by=agent, body="Hello."),
        lambda: close_ticket(ticket, by=agent),
        lambda: write_to_support(ticket, by=None, body="Hello?"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_agents_see_all_tickets_and_members_theirs(agent: User, customer: User, ticket: Ticket) -> None:
    other = make_ticket(make_user("someone_else"))
    guest = make_guest_ticket()
    assert set(Ticket.objects.visible_to(agent)) == {ticket, other, guest}
    assert set(Ticket.objects.visible_to(customer)) == {ticket}
