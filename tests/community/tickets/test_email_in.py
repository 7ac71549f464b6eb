"""What becomes of a mail that comes back: one message, or a refusal that says why; never two, never a loop."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError
from django.test import override_settings
from django.utils import timezone

from community.accounts.models import User
from community.tickets.actions.close import close_ticket
from community.tickets.actions.reply import reply_to_customer
from community.tickets.desks.email import incoming
from community.tickets.desks.email.incoming import receive
from community.tickets.models import CloseReason, MessageKind, Ticket, TicketAttachment, TicketMessage, TicketStatus
from community.tickets.reply_addresses import CUSTOMER, DESK, address_for
from tests.community.tickets.documents import PDF, photo
from tests.community.tickets.letters import BELOW, letter
from tests.factories.tickets import make_guest_ticket

pytestmark = pytest.mark.django_db
DOMAIN = "support.example"
GUEST = "camille@guest.example"


@pytest.fixture(autouse=True)
def _replies(support: Callable[..., Any], settings: Any) -> None:
    support(reply_domain=DOMAIN)
    settings.SUPPORT_DESK_EMAIL = "helpdesk@brand.example"


def address(ticket: Ticket, side: str = CUSTOMER) -> str:
    return address_for(ticket, side, DOMAIN, timezone.now())


def taken(raw: bytes, ticket: Ticket, side: str = CUSTOMER, sender: str = GUEST) -> str:
    return receive(raw, sender=sender, recipient=address(ticket, side)).reply


def last(ticket: Ticket) -> TicketMessage:
    return ticket.messages.spoken().latest("pk")


def test_a_guest_s_answer_is_posted_and_reopens(guest_ticket: Ticket, agent: User) -> None:
    close_ticket(guest_ticket, by=agent)
    assert taken(letter("It is *not* solved."), guest_ticket).startswith("250")
    message = last(guest_ticket)
    assert (message.kind, message.channel, message.author, message.body) == (
        MessageKind.CUSTOMER, "email", None, "It is *not* solved.",
    )  # fmt: skip
    guest_ticket.refresh_from_db()
    assert guest_ticket.status == TicketStatus.OPEN


def test_a_member_s_answer_is_theirs(ticket: Ticket, customer: User) -> None:
    assert taken(letter(sender="Cus Tomer <CUSTOMER@example.org>"), ticket).startswith("250")
    assert last(ticket).author == customer


def test_the_desk_s_answer_is_support_s_and_goes_to_the_customer(guest_ticket: Ticket) -> None:
    mail.outbox.clear()
    raw = letter(
        "We send **another one**.", sender="Ann <ann@brand.example>", files=(("bill.pdf", PDF, "application/pdf"),)
    )
    assert taken(raw, guest_ticket, DESK, "ann@brand.example").startswith("250")
    message = last(guest_ticket)
    assert (message.kind, message.author) == (MessageKind.AGENT, None)
    guest_ticket.refresh_from_db()
    assert (guest_ticket.status, guest_ticket.assignee) == (TicketStatus.WAITING, None)
    (sent,) = mail.outbox
    assert sent.to == [GUEST]
    assert "We send **another one**." in sent.body
    assert "bill.pdf" in sent.body


def test_the_same_mail_delivered_twice_is_posted_once(guest_ticket: Ticket) -> None:
    raw = letter()
    assert [taken(raw, guest_ticket)[:3] for _time in range(3)] == ["250"] * 3
    assert guest_ticket.messages.count() == 2
    other = make_guest_ticket()
    assert taken(raw, other).startswith("250")
    assert other.messages.count() == 2
    nameless = letter("Without a name.", Message_ID="")
    taken(nameless, guest_ticket)
    taken(nameless, guest_ticket)
    assert guest_ticket.messages.count() == 3


@pytest.mark.parametrize("program", BELOW)
def test_only_the_new_words_are_kept(guest_ticket: Ticket, program: str) -> None:
    new = "Thanks, but it still drips.\n\n- cold: yes\n- hot: no"
    assert taken(letter(f"{new}\n\n{BELOW[program]}"), guest_ticket).startswith("250")
    assert last(guest_ticket).body == new


def test_what_is_answered_between_quotes_stays(guest_ticket: Ticket) -> None:
    body = "> Is it blue?\n\nNo, green.\n\n> Is it late?\n\nVery."
    taken(letter(body), guest_ticket)
    assert last(guest_ticket).body == body


def test_a_mail_in_html_alone_loses_its_quote_and_keeps_its_form(guest_ticket: Ticket) -> None:
    html = (
        "<p>It is <b>green</b>.</p><script>alert(1)</script>"
        '<div class="gmail_quote"><blockquote>SECRET-QUOTE</blockquote></div>'
    )
    raw = letter("x", html=html).replace(b"text/plain", b"text/x-nothing")
    assert taken(raw, guest_ticket).startswith("250")
    message = last(guest_ticket)
    assert message.body == "It is **green**."
    assert "alert" not in message.html


def test_files_come_along_and_what_is_not_taken_is_named(guest_ticket: Ticket) -> None:
    files = (
        ("tap.jpg", photo(), "image/jpeg"),
        ("bill.pdf", PDF, "application/pdf"),
        ("setup.exe", b"MZ\x90\x00", "application/octet-stream"),
    )
    assert taken(letter("See.", files=files), guest_ticket).startswith("250")
    assert sorted(TicketAttachment.objects.values_list("name", flat=True)) == ["bill.pdf", "tap.webp"]
    assert last(guest_ticket).body == "See.\n\n(Files that were not taken: setup.exe)"


def test_a_mail_with_nothing_but_a_photo_is_an_answer(guest_ticket: Ticket) -> None:
    assert taken(letter("\n", files=(("tap.jpg", photo(), "image/jpeg"),)), guest_ticket).startswith("250")
    assert last(guest_ticket).body == "(only files)"


def test_a_mail_with_nothing_new_is_given_back(guest_ticket: Ticket) -> None:
    assert taken(letter("> quoted\n> only"), guest_ticket).startswith("554")
    assert guest_ticket.messages.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; why=vacation"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": ""},
        {"List_Id": "<all.example.org>"},
        {"X_Loop": "entraide@testserver"},
    ],
)
def test_what_a_program_wrote_is_accepted_and_left_out(guest_ticket: Ticket, headers: dict[str, str]) -> None:
    raw = letter("I am away until Monday.", **{name: value or "1" for name, value in headers.items()})
    mail.outbox.clear()
    assert taken(raw, guest_ticket).startswith("250")
    assert guest_ticket.messages.count() == 1
    assert mail.outbox == []


@pytest.mark.parametrize(("sender", "author"), [("", GUEST), ("<>", GUEST), (GUEST, "MAILER-DAEMON@guest.example")])
def test_bounces_are_left_out(guest_ticket: Ticket, sender: str, author: str) -> None:
    assert taken(letter("Undeliverable.", sender=author), guest_ticket, sender=sender).startswith("250")
    assert guest_ticket.messages.count() == 1


def test_a_mail_that_says_it_is_no_automatic_one_is_posted(guest_ticket: Ticket) -> None:
    taken(letter(Auto_Submitted="no"), guest_ticket)
    assert guest_ticket.messages.count() == 2


@pytest.mark.slow
def test_two_programs_that_answer_each_other_are_stopped(guest_ticket: Ticket) -> None:
    """Absence notes without any mark: after thirty in an hour the other server is asked to wait."""
    mail.outbox.clear()
    said = [taken(letter(f"Away, note {number}."), guest_ticket)[:3] for number in range(1000)]
    assert said.count("250") == 30
    assert set(said[30:]) == {"451"}
    assert [message.to for message in mail.outbox if message.to == [GUEST]] == []


@pytest.mark.slow
def test_a_thousand_marked_automatic_answers_make_no_message_and_no_mail(guest_ticket: Ticket) -> None:
    mail.outbox.clear()
    for number in range(1000):
        assert taken(letter(f"Away, note {number}.", Auto_Submitted="auto-replied"), guest_ticket).startswith("250")
    assert guest_ticket.messages.count() == 1
    assert mail.outbox == []


def test_an_address_made_up_or_of_another_ticket_is_refused(guest_ticket: Ticket, agent: User) -> None:
    other = make_guest_ticket("other@guest.example")
    good = address(guest_ticket)
    for wrong in (
        good.replace(f"+{guest_ticket.pk}.", f"+{other.pk}."),
        good.replace("@support.example", "@evil.example"),
        good[:10] + "a" + good[11:],
        good.replace(f"+{guest_ticket.pk}.", "+999999."),
        "support@support.example",
    ):
        assert receive(letter(), sender=GUEST, recipient=wrong).reply.startswith("550"), wrong
    assert TicketMessage.objects.count() == 2


@pytest.mark.parametrize(
    ("side", "sender"),
    [
        (CUSTOMER, "somebody@else.example"),
        (CUSTOMER, "helpdesk@brand.example"),
        (DESK, GUEST),
        (DESK, "ann@brand.example.evil.example"),
        (DESK, "ann@notbrand.example"),
    ],
)
def test_the_right_address_in_the_wrong_hands_is_refused(guest_ticket: Ticket, side: str, sender: str) -> None:
    assert taken(letter(sender=sender), guest_ticket, side, sender).startswith("550 5.7.1")
    assert guest_ticket.messages.count() == 1


def test_the_operator_may_name_who_answers_for_the_desk(guest_ticket: Ticket) -> None:
    with override_settings(SUPPORT_DESK_SENDERS=["Bot@Desk.example", "@agency.example"]):
        for sender, code in (("bot@desk.example", "250"), ("eve@agency.example", "250"), ("ann@brand.example", "550")):
            assert taken(letter(f"From {sender}.", sender=sender), guest_ticket, DESK, sender).startswith(code)


def test_a_sender_whose_domain_disowns_the_mail_is_refused(guest_ticket: Ticket) -> None:
    raw = letter(Authentication_Results="mx.example; spf=fail; dmarc=fail header.from=guest.example")
    assert taken(raw, guest_ticket).startswith("550 5.7.1")


def test_what_may_not_be_written_is_given_back(guest_ticket: Ticket, agent: User) -> None:
    close_ticket(guest_ticket, by=agent, reason=CloseReason.SPAM)
    assert taken(letter(), guest_ticket).startswith("550 5.7.1 This request is closed.")


def test_a_database_that_is_away_makes_the_other_server_wait(
    guest_ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: Any, **_more: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(incoming, "write_to_support", away)
    assert taken(letter(), guest_ticket).startswith("451")


def test_mails_from_both_sides_are_one_thread(guest_ticket: Ticket, agent: User) -> None:
    mail.outbox.clear()
    taken(letter("Any news?", Message_ID="<a1@guest.example>"), guest_ticket)
    reply_to_customer(guest_ticket, by=agent, body="Tomorrow.")
    answer = mail.outbox[-1]
    assert answer.extra_headers["In-Reply-To"] == "<a1@guest.example>"
    raw = letter("Thank you.", Message_ID="<a2@guest.example>", In_Reply_To=answer.extra_headers["Message-ID"])
    assert receive(raw, sender=GUEST, recipient=answer.reply_to[0]).reply.startswith("250")
    assert [message.body for message in guest_ticket.messages.spoken().order_by("pk")][1:] == [
        "Any news?", "Tomorrow.", "Thank you.",
    ]  # fmt: skip
