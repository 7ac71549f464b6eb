"""Answers by e-mail: one mail for each, as one thread, whatever becomes of server and worker."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from community.accounts.models import User
from community.core.models import BackgroundTask, TaskState
from community.core.tasks.worker import Worker
from community.tickets import delivering
from community.tickets.actions.reply import reply_to_customer
from community.tickets.actions.write import write_to_support
from community.tickets.delivering import AT_WORK, deliver
from community.tickets.errors import DeskError
from community.tickets.models import Delivery, Ticket
from tests.community.tickets.mail_server import MailServer, mail_goes_to, mail_server, running
from tests.factories.tickets import make_guest_ticket, make_ticket
from tests.factories.topics import make_user
from tests.services.processes import free_port

pytestmark = pytest.mark.django_db
STORED = {"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}


@pytest.fixture
def worker() -> Iterator[Callable[[], None]]:
    """Background tasks wait, as in production, until the returned function works them off."""

    def work() -> None:
        BackgroundTask.objects.filter(state=TaskState.READY).update(run_after=timezone.now() - timedelta(seconds=1))
        Worker().drain()

    with override_settings(TASKS=STORED):
        yield work


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def by_mail(support: Callable[..., Any]) -> None:
    """Answers may come back by e-mail."""
    support(reply_domain="support.example")


def test_an_answer_is_mailed_to_a_member_s_confirmed_address_without_having_been_asked_for(
    ticket: Ticket, agent: User
) -> None:
    reply_to_customer(ticket, by=agent, body="It left on **Friday**.")
    (message,) = mail.outbox
    assert message.to == ["customer@example.org"]
    assert message.subject == f"Re: My parcel is late [#{ticket.pk}]"
    assert "agent, of the Entraide support team, answered you:" in message.body
    assert "It left on **Friday**." in message.body
    assert f"http://testserver{ticket.get_absolute_url()}" in message.body
    assert "<strong>Friday</strong>" in message.alternatives[0][0]
    assert message.reply_to == []


def test_a_guest_gets_answers_in_the_language_of_the_page_they_wrote_on(agent: User) -> None:
    ticket = make_guest_ticket(lang="fr")
    mail.outbox.clear()
    reply_to_customer(ticket, by=agent, body="C’est parti.")
    (message,) = mail.outbox
    assert message.to == ["camille@guest.example"]
    assert f"/fr/tickets/{ticket.key}/" in message.body


@pytest.mark.parametrize("reachable", ["unconfirmed", "closed account"])
def test_nobody_is_written_to_at_an_address_that_is_not_theirs_for_sure(agent: User, reachable: str) -> None:
    member = make_user("member")
    ticket = make_ticket(member)
    if reachable == "closed account":
        User.objects.filter(pk=member.pk).update(is_active=False)
    reply_to_customer(ticket, by=agent, body="It left.")
    assert mail.outbox == []
    assert not Delivery.objects.exists()


def test_the_mails_of_a_ticket_are_one_thread(by_mail: None, ticket: Ticket, customer: User, agent: User) -> None:
    reply_to_customer(ticket, by=agent, body="First.")
    write_to_support(ticket, by=customer, body="And?", channel="email", message_id="<from-customer@example.org>")
    reply_to_customer(ticket, by=agent, body="Second.")
    first, second = (message.extra_headers for message in mail.outbox)
    assert first["Message-ID"] != second["Message-ID"]
    assert first["References"].split()[0] == second["References"].split()[0]
    assert second["In-Reply-To"] == "<from-customer@example.org>"
    assert first["Message-ID"] in second["References"]
    assert mail.outbox[0].reply_to[0].startswith(f"support+{ticket.pk}.")
    assert mail.outbox[0].body.startswith("— Write your answer above this line —")


def test_each_answer_goes_once_however_often_the_task_runs(
    ticket: Ticket, agent: User, worker: Callable[[], None], server: MailServer
) -> None:
    reply_to_customer(ticket, by=agent, body="It left on Friday.")
    assert server.inbox == []
    worker()
    delivery = Delivery.objects.get()
    assert not deliver(delivery.pk)
    assert not deliver(10**9)
    worker()
    assert len(server.inbox) == 1
    assert server.recipients == ["customer@example.org"]
    assert delivery.sent_at
    assert not BackgroundTask.objects.exists()


def test_a_server_that_is_down_gets_it_when_it_is_back_once(
    ticket: Ticket, agent: User, worker: Callable[[], None]
) -> None:
    server, port = MailServer(), free_port()
    with mail_goes_to(port):
        reply_to_customer(ticket, by=agent, body="It left on Friday.")
        for _attempt in range(3):
            worker()
        task = BackgroundTask.objects.get()
        assert (task.state, task.attempts) == (TaskState.READY, 3)
        assert Delivery.objects.get().sent_at is None
        with running(server, port):
            worker()
            worker()
    assert len(server.inbox) == 1
    assert Delivery.objects.get().sent_at is not None


@pytest.mark.parametrize("answer", ["450 try later", "421 shutting down"])
def test_a_server_that_says_later_is_asked_later(
    ticket: Ticket, agent: User, worker: Callable[[], None], server: MailServer, answer: str
) -> None:
    server.refuse_data = answer
    reply_to_customer(ticket, by=agent, body="It left on Friday.")
    worker()
    assert server.inbox == []
    server.refuse_data = ""
    worker()
    assert len(server.inbox) == 1


def test_an_address_that_is_refused_for_good_is_noted_and_never_tried_again(
    ticket: Ticket, agent: User, worker: Callable[[], None], server: MailServer
) -> None:
    server.refuse_recipient = "550 5.1.1 no such user"
    reply_to_customer(ticket, by=agent, body="It left on Friday.")
    worker()
    assert Delivery.objects.get().refused_at is not None
    assert not BackgroundTask.objects.exists()


def test_what_went_wrong_is_told_without_anybody_s_address(
    ticket: Ticket, agent: User, worker: Callable[[], None], server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.refuse_recipient = "450 4.2.1 <customer@example.org> is busy"
    reply_to_customer(ticket, by=agent, body="SECRET-ANSWER")
    worker()
    task = BackgroundTask.objects.get()
    told = task.error + str(task.arguments) + caplog.text
    assert "SMTPRecipientsRefused 450" in task.error
    for secret in ("customer@example.org", "SECRET-ANSWER", ticket.key):
        assert secret not in told


def test_two_workers_never_send_at_once(ticket: Ticket, agent: User, worker: Callable[[], None]) -> None:
    reply_to_customer(ticket, by=agent, body="It left on Friday.")
    delivery = Delivery.objects.get()
    Delivery.objects.update(claimed_at=timezone.now())
    with pytest.raises(DeskError, match="Another worker"):
        deliver(delivery.pk)
    assert mail.outbox == []


def test_a_worker_that_died_is_replaced_and_a_second_mail_is_known_for_the_same(
    ticket: Ticket, agent: User, worker: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The crash window: the server has the mail, our row does not say so yet. Sent again rather than lost."""
    reply_to_customer(ticket, by=agent, body="It left on Friday.")
    delivery = Delivery.objects.get()
    carry = delivering.carry

    def carry_and_die(row: Delivery) -> bool:
        carry(row)
        raise KeyboardInterrupt

    monkeypatch.setattr(delivering, "carry", carry_and_die)
    with pytest.raises(KeyboardInterrupt):
        deliver(delivery.pk)
    monkeypatch.undo()
    Delivery.objects.update(claimed_at=timezone.now() - AT_WORK - timedelta(seconds=1))
    assert deliver(delivery.pk)
    assert not deliver(delivery.pk)
    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(ids) == 2
    assert len(set(ids)) == 1


@pytest.mark.parametrize("subject", ["Hello\r\nBcc: all@victims.example", "Hello\nX-Evil: 1", "a\u2028Bcc: x@y.z b"])
def test_no_subject_adds_a_header(customer: User, agent: User, server: MailServer, subject: str) -> None:
    ticket = make_ticket(customer, subject=subject)
    reply_to_customer(ticket, by=agent, body="Hello.")
    (message,) = server.inbox
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert server.recipients == ["customer@example.org"]


def test_mail_programs_are_told_not_to_answer_by_themselves(ticket: Ticket, agent: User, server: MailServer) -> None:
    reply_to_customer(ticket, by=agent, body="Hello.")
    make_guest_ticket(confirmed=False)
    answer, confirmation = server.inbox
    assert answer["X-Loop"] == confirmation["X-Loop"] == "entraide@testserver"
    assert confirmation["Auto-Submitted"] == "auto-generated"
    assert answer["X-Auto-Response-Suppress"] == "All"
