"""A customer's page of a ticket: who opens it, what it says, and what it costs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.accounts.models import User
from community.notifications.models import Notification
from community.tickets.actions.close import close_ticket
from community.tickets.actions.note import add_note
from community.tickets.actions.reply import reply_to_customer
from community.tickets.actions.write import write_to_support
from community.tickets.models import Ticket
from tests.factories.tickets import make_guest_ticket, make_ticket

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
SAME_SITE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def test_a_guest_s_page_opens_for_whoever_has_the_key(as_user: Browser, guest_ticket: Ticket, stranger: User) -> None:
    for browser in (as_user(), as_user(stranger)):
        assert browser.get(guest_ticket.get_absolute_url()).status_code == 200
    assert as_user().get(reverse("tickets:ticket", args=["x" * 43])).status_code == 404


def test_a_member_s_page_opens_for_that_member_only(
    as_user: Browser, ticket: Ticket, customer: User, stranger: User, agent: User
) -> None:
    address = ticket.get_absolute_url()
    assert as_user(customer).get(address).status_code == 200
    assert as_user(stranger).get(address).status_code == 404
    assert as_user(agent).get(address).headers["Location"] == ticket.get_desk_url()
    assert as_user().get(address).headers["Location"] == f"/en/account/login/?next={address}"


@pytest.mark.parametrize("action", ["confirm", "close"])
def test_nobody_else_acts_on_a_member_s_ticket(
    as_user: Browser, ticket: Ticket, stranger: User, agent: User, action: str
) -> None:
    for user in (stranger, agent, None):
        answer = as_user(user).post(reverse(f"tickets:{action}", args=[ticket.key]), **SAME_SITE)
        assert answer.status_code in {302, 404}
    before = ticket.status
    ticket.refresh_from_db()
    assert ticket.status == before


@pytest.mark.parametrize("name", ["ticket", "confirm", "close"])
def test_a_form_of_another_site_does_nothing(as_user: Browser, guest_ticket: Ticket, name: str) -> None:
    address = reverse(f"tickets:{name}", args=[guest_ticket.key])
    for headers in ({"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}, {}):
        assert as_user().post(address, {"body": "Forged."}, **headers).status_code == 403
    assert guest_ticket.messages.count() == 1


def test_the_page_is_neither_kept_nor_indexed_nor_told_to_others(
    as_user: Browser, guest_ticket: Ticket, ticket: Ticket, customer: User
) -> None:
    guest = as_user().get(guest_ticket.get_absolute_url())
    assert "no-store" in guest.headers["Cache-Control"]
    assert guest.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in guest.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in guest.content.decode()
    assert not guest.cookies
    member = as_user(customer).get(ticket.get_absolute_url())
    assert member.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in member.headers["Cache-Control"]


def test_the_customer_reads_everything_but_notes(as_user: Browser, ticket: Ticket, customer: User, agent: User) -> None:
    reply_to_customer(ticket, by=agent, body="It left on **Friday**.")
    add_note(ticket, by=agent, body="SECRET-NOTE")
    close_ticket(ticket, by=agent)
    html = as_user(customer).get(ticket.get_absolute_url()).content.decode()
    assert "It left on <strong>Friday</strong>." in html
    assert "It should have come on <em>Monday</em>." in html
    assert "The request is closed: solved." in html
    assert "SECRET-NOTE" not in html


@pytest.mark.parametrize("signed_in", [True, False])
def test_writing_on_is_a_plain_form_that_counts_once(
    as_user: Browser, ticket: Ticket, guest_ticket: Ticket, customer: User, signed_in: bool
) -> None:
    mine, browser = (ticket, as_user(customer)) if signed_in else (guest_ticket, as_user())
    for _time in range(2):
        answer = browser.post(mine.get_absolute_url(), {"body": "Any *news*?", "key": "w1"}, **SAME_SITE)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"{mine.get_absolute_url()}#message-")
    assert mine.messages.count() == 2
    assert "Any <em>news</em>?" in browser.get(mine.get_absolute_url()).content.decode()


def test_an_empty_message_comes_back_with_its_reason(as_user: Browser, guest_ticket: Ticket) -> None:
    answer = as_user().post(guest_ticket.get_absolute_url(), {"body": " ", "key": "w1"}, **SAME_SITE)
    assert answer.status_code == 422
    assert "There is no text yet" in answer.content.decode()


def test_writing_too_fast_is_refused(as_user: Browser, guest_ticket: Ticket) -> None:
    statuses = [
        as_user().post(guest_ticket.get_absolute_url(), {"body": f"News {n}?", "key": f"w{n}"}, **SAME_SITE).status_code
        for n in range(7)
    ]
    assert statuses == [302] * 6 + [429]


def test_the_customer_closes_and_reopens(as_user: Browser, guest_ticket: Ticket) -> None:
    browser = as_user()
    browser.post(reverse("tickets:close", args=[guest_ticket.key]), **SAME_SITE)
    assert "This request is closed." in browser.get(guest_ticket.get_absolute_url()).content.decode()
    browser.post(guest_ticket.get_absolute_url(), {"body": "It is back.", "key": "w1"}, **SAME_SITE)
    html = browser.get(guest_ticket.get_absolute_url()).content.decode()
    assert "The support team has your request." in html
    assert "The request is open again." in html


def test_the_promise_is_told_in_support_s_hours_and_its_breach_too(
    as_user: Browser, customer: User, support: Callable[..., Any]
) -> None:
    weekdays = dict.fromkeys(range(5), (9, 18))
    support(weekdays, time_zone="Europe/Paris")
    friday = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    with time_machine.travel(friday, tick=False):
        ticket = make_ticket(customer)
        html = as_user(customer).get(ticket.get_absolute_url()).content.decode()
    assert ticket.due_at == datetime(2026, 12, 2, 12, 0, tzinfo=UTC)
    assert "We answer within 24 opening hours: before 1 p.m. on Wednesday 2 December." in html
    with time_machine.travel(ticket.due_at + timedelta(minutes=1), tick=False):
        html = as_user(customer).get(ticket.get_absolute_url()).content.decode()
    assert "We are late, and sorry for it." in html


def test_nothing_is_promised_while_support_is_closed(
    as_user: Browser, customer: User, support: Callable[..., Any]
) -> None:
    support(is_open=False, sentence_en="Back on Monday, after the move.")
    ticket = make_ticket(customer)
    assert ticket.due_at is None
    browser = as_user(customer)
    assert "We answer within" not in browser.get(ticket.get_absolute_url()).content.decode()
    form = browser.get(reverse("tickets:new")).content.decode()
    assert "Support is taking a break." in form
    assert "Back on Monday, after the move." in form


def test_a_member_hears_in_the_site_and_reading_it_is_enough(
    as_user: Browser, ticket: Ticket, customer: User, agent: User
) -> None:
    reply_to_customer(ticket, by=agent, body="It left on Friday.")
    told = Notification.objects.get(user=customer)
    assert told.kind == "support_answered"
    browser = as_user(customer)
    listed = browser.get(reverse("notifications:list")).content.decode()
    assert "Support answered your request “My parcel is late”" in listed
    opened = browser.get(reverse("notifications:open", args=[told.pk]))
    assert opened.headers["Location"].startswith(ticket.get_absolute_url())
    reply_to_customer(ticket, by=agent, body="It is at the corner.")
    customer.refresh_from_db()
    assert customer.unread_notifications == 1
    browser.get(ticket.get_absolute_url())
    customer.refresh_from_db()
    assert customer.unread_notifications == 0


def test_support_s_answer_is_no_choice_among_the_e_mails(as_user: Browser, customer: User) -> None:
    html = as_user(customer).get(reverse("notifications:preferences")).content.decode()
    assert "support answers me" not in html
    assert "support offers to look at my question" in html


def test_members_find_their_requests_listed(
    as_user: Browser, ticket: Ticket, customer: User, stranger: User, guest_ticket: Ticket
) -> None:
    html = as_user(customer).get(reverse("tickets:mine")).content.decode()
    assert ticket.get_absolute_url() in html
    assert guest_ticket.key not in html
    assert "No request yet" in as_user(stranger).get(reverse("tickets:mine")).content.decode()
    assert as_user().get(reverse("tickets:mine")).status_code == 302


def cost(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_pages_cost_the_same_whatever_their_length(as_user: Browser, customer: User, agent: User) -> None:
    browser = as_user(customer)
    ticket = make_ticket(customer)
    few = cost(browser, ticket.get_absolute_url()), cost(browser, reverse("tickets:mine"))
    for number in range(12):
        reply_to_customer(ticket, by=agent, body=f"Answer {number}.")
        write_to_support(ticket, by=customer, body=f"And {number}?")
        make_ticket(customer)
    many = cost(browser, ticket.get_absolute_url()), cost(browser, reverse("tickets:mine"))
    assert many == few
    assert max(many) <= 14


def test_a_guest_s_page_costs_the_same_whatever_its_length(as_user: Browser, agent: User) -> None:
    browser, ticket = as_user(), make_guest_ticket()
    reply_to_customer(ticket, by=agent, body="The first answer.")
    few = cost(browser, ticket.get_absolute_url())
    for number in range(12):
        reply_to_customer(ticket, by=agent, body=f"Answer {number}.")
    assert cost(browser, ticket.get_absolute_url()) == few <= 10


def test_nothing_but_answers_is_ever_mailed(as_user: Browser, ticket: Ticket, customer: User, agent: User) -> None:
    add_note(ticket, by=agent, body="A note.")
    close_ticket(ticket, by=agent)
    write_to_support(ticket, by=customer, body="Not solved.")
    assert mail.outbox == []
