"""The e-mail desk, on the way out: every message of a customer reaches the desk once, with a real mail server."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from community.accounts.models import User
from community.core.models import BackgroundTask, TaskState
from community.core.tasks.worker import Worker
from community.tickets.actions.confirm_guest import confirm_guest
from community.tickets.actions.note import add_note
from community.tickets.actions.reply import reply_to_customer
from community.tickets.actions.write import write_to_support
from community.tickets.desks import DeskError, desks
from community.tickets.files import Judged
from community.tickets.models import Delivery, Ticket, TicketMessage
from community.tickets.reply_addresses import DESK, side_of
from tests.community.tickets.mail_server import MailServer, mail_goes_to, mail_server, running
from tests.factories.tickets import make_guest_ticket, make_ticket
from tests.factories.topics import make_topic
from tests.services.processes import free_port

pytestmark = pytest.mark.django_db
DESK_ADDRESS = "helpdesk@brand.example"
STORED = {"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}


@pytest.fixture(autouse=True)
def _desk(support: Callable[..., Any]) -> Iterator[None]:
    support(reply_domain="support.example")
    with override_settings(SUPPORT_DESK_EMAIL=DESK_ADDRESS):
        yield


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


def to_desk(server: MailServer) -> list[Any]:
    return [message for message in server.inbox if message["To"] == DESK_ADDRESS]


def text(message: Any) -> str:
    return message.get_body(("plain",)).get_content()


def work() -> None:
    BackgroundTask.objects.filter(state=TaskState.READY).update(run_after=timezone.now() - timedelta(seconds=1))
    Worker().drain()


def test_a_ticket_goes_out_with_all_that_is_known(
    server: MailServer, customer: User, asker: User, section: Any
) -> None:
    topic = make_topic(asker, section, title="Where is my parcel, and when?")
    ticket = make_ticket(
        customer, subject="My parcel", body="Where is it?", urgency="blocked", section=section,
        read=[f"topic:{topic.pk}"], files=[Judged("photo.pdf", b"%PDF-1.7", "application/pdf")],
    )  # fmt: skip
    (message,) = server.inbox
    assert message["To"] == DESK_ADDRESS
    assert message["Subject"] == f"[#{ticket.pk}] My parcel"
    for words in (
        "customer",
        "Where is it?",
        "Plumbing",
        "I am stuck",
        "Where is my parcel, and when?",
        "/admin/tickets/",
    ):
        assert words in text(message)
    assert [part.get_filename() for part in message.iter_attachments()] == ["photo.pdf"]
    address = message["Reply-To"].addresses[0].addr_spec
    assert side_of(address, ticket, "support.example", timezone.now()) == DESK


def test_each_further_message_follows_in_the_same_thread_and_says_only_what_is_new(
    server: MailServer, customer: User
) -> None:
    ticket = make_ticket(customer, body="Where is it?")
    write_to_support(ticket, by=customer, body="It is blue.")
    first, second = to_desk(server)
    assert second["Subject"] == f"Re: {first['Subject']}"
    assert second["In-Reply-To"] == first["Message-ID"]
    assert second["References"].split()[0] == first["References"].split()[0]
    assert "It is blue." in text(second)
    assert "Where is it?" not in text(second)


def test_the_desk_gets_neither_notes_nor_what_the_inbox_answers(
    server: MailServer, customer: User, agent: User
) -> None:
    ticket = make_ticket(customer)
    add_note(ticket, by=agent, body="SECRET-NOTE")
    reply_to_customer(ticket, by=agent, body="It left.")
    assert len(to_desk(server)) == 1


def test_a_guest_s_ticket_goes_out_when_it_is_confirmed(server: MailServer) -> None:
    ticket = make_guest_ticket(confirmed=False)
    assert to_desk(server) == []
    confirm_guest(ticket)
    confirm_guest(ticket)
    (message,) = to_desk(server)
    assert "camille@guest.example" in text(message)


def test_without_an_address_nothing_goes_out(server: MailServer, customer: User) -> None:
    with override_settings(SUPPORT_DESK_EMAIL=""):
        make_ticket(customer)
    assert server.inbox == []
    assert not Delivery.objects.exists()


def test_without_a_domain_for_answers_the_desk_is_told_to_use_the_inbox(
    server: MailServer, customer: User, support: Callable[..., Any]
) -> None:
    support(reply_domain="")
    make_ticket(customer)
    (message,) = server.inbox
    assert message["Reply-To"] is None
    assert "Open it in the inbox to answer:" in text(message)


def test_a_desk_that_is_down_loses_nothing_and_gets_nothing_twice(customer: User) -> None:
    server, port = MailServer(), free_port()
    with override_settings(TASKS=STORED), mail_goes_to(port):
        ticket = make_ticket(customer, body="Message 0")
        for number in range(1, 4):
            write_to_support(ticket, by=customer, body=f"Message {number}")
        for _attempt in range(3):
            work()
        assert BackgroundTask.objects.filter(state=TaskState.READY, attempts=3).count() == 4
        with running(server, port):
            for _attempt in range(2):
                work()
    assert sorted(text(message).count("Message ") for message in server.inbox) == [1] * 4
    assert {number for number in range(4) for m in server.inbox if f"Message {number}" in text(m)} == set(range(4))
    assert len({message["Message-ID"] for message in server.inbox}) == 4
    assert not BackgroundTask.objects.exists()


def test_a_desk_that_refuses_for_good_waits_for_an_operator(server: MailServer, customer: User) -> None:
    server.refuse_recipient = "550 5.1.1 no such mailbox"
    with override_settings(TASKS=STORED):
        make_ticket(customer)
        work()
        parked = BackgroundTask.objects.get(state=TaskState.PARKED)
        assert DESK_ADDRESS not in parked.error
        server.refuse_recipient = ""
        assert parked.retry()
        work()
    assert len(server.inbox) == 1
    assert not BackgroundTask.objects.exists()


class PaperDesk:
    """A desk of another kind, as a folder beside `email` would register it."""

    def __init__(self) -> None:
        self.cases: list[TicketMessage] = []
        self.broken = True

    def is_on(self) -> bool:
        return True

    def hand_over(self, message: TicketMessage) -> None:
        if self.broken:
            raise DeskError("out of paper")
        self.cases.append(message)


def test_another_desk_is_one_more_entry_of_the_registry(server: MailServer, customer: User) -> None:
    paper = PaperDesk()
    with desks.with_entry("paper", paper), override_settings(TASKS=STORED):
        ticket = make_ticket(customer)
        work()
        assert paper.cases == []
        paper.broken = False
        work()
    assert [message.ticket for message in paper.cases] == [ticket]
    assert len(server.inbox) == 1
    assert set(Delivery.objects.exclude(sent_at=None).values_list("to", flat=True)) == {"email", "paper"}


def test_a_desk_set_up_later_gets_the_whole_story_with_the_next_message(
    server: MailServer, customer: User, ticket: Ticket
) -> None:
    with override_settings(SUPPORT_DESK_EMAIL=""):
        older = make_ticket(customer, body="Asked before there was a desk.")
    write_to_support(older, by=customer, body="Any news?")
    said = [text(message) for message in to_desk(server) if f"[#{older.pk}]" in message["Subject"]]
    assert len(said) == 2
    assert "Asked before there was a desk." in said[0]
