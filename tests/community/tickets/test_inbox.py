"""The agents' inbox: who opens it, in which order, what each button does, and what it costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.accounts.models import Role, User
from community.core import slots
from community.tickets.actions.close import close_ticket
from community.tickets.actions.note import add_note
from community.tickets.actions.reply import reply_to_customer
from community.tickets.actions.write import write_to_support
from community.tickets.models import Delivery, SavedReply, SupportTarget, Ticket, TicketStatus
from tests.factories.tickets import make_agent, make_guest_ticket, make_ticket
from tests.factories.topics import make_section, make_topic, make_user

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
QUEUE = "/admin/tickets/"


def html(browser: Client, path: str = QUEUE) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.headers
    return answer.content.decode()


def act(browser: Client, ticket: Ticket, name: str, **data: Any) -> Any:
    return browser.post(reverse(f"tickets_desk:{name}", args=[ticket.pk]), data)


@pytest.mark.parametrize("role", [Role.STAFF, Role.MODERATOR, Role.BRAND])
def test_agents_open_the_inbox_and_find_it_in_the_menu(as_user: Browser, ticket: Ticket, role: str) -> None:
    browser = as_user(make_agent("somebody", role))
    assert "My parcel is late" in html(browser)
    assert "My parcel is late" in html(browser, ticket.get_desk_url())
    home = html(browser, "/admin/")
    assert "1 request waits for support" in home
    assert QUEUE in home


def test_nobody_else_opens_it(as_user: Browser, ticket: Ticket, customer: User, expert: User) -> None:
    for user in (customer, expert, None):
        browser = as_user(user)
        for path in (QUEUE, ticket.get_desk_url(), f"{ticket.get_desk_url()}propose/"):
            assert browser.get(path).status_code == 302
        for name in ("reply", "note", "assign", "close", "link"):
            assert act(browser, ticket, name, body="Hello.").status_code == 302
    desk_only = make_user("editor", is_staff=True)
    desk_only.groups.set([])
    assert as_user(desk_only).get(QUEUE).status_code == 302
    assert ticket.messages.count() == 1


def test_late_ones_come_first_and_say_so(as_user: Browser, agent: User, customer: User) -> None:
    now = timezone.now()
    for subject, hours in (("Soon", 1), ("Very late", -9), ("Later", 5), ("Late", -1)):
        Ticket.objects.filter(pk=make_ticket(customer, subject=subject).pk).update(due_at=now + timedelta(hours=hours))
    Ticket.objects.filter(pk=make_ticket(customer, subject="Unpromised").pk).update(due_at=None)
    make_guest_ticket(subject="Unconfirmed", confirmed=False)
    page = html(as_user(agent))
    order = [page.index(f">{subject}</a>") for subject in ("Very late", "Late", "Soon", "Later", "Unpromised")]
    assert order == sorted(order)
    assert page.count("late: was due before") == 2
    assert "Unconfirmed" not in page
    assert "5 requests wait for support, 2 of them late" in html(as_user(agent), "/admin/")


def test_the_views_and_the_section_narrow_the_queue(as_user: Browser, agent: User, customer: User) -> None:
    section = make_section("heating")
    mine, other = make_ticket(customer, subject="Mine now"), make_ticket(customer, subject="Heater", section=section)
    waiting, closed = make_ticket(customer, subject="Answered"), make_ticket(customer, subject="Done with")
    browser = as_user(agent)
    act(browser, mine, "assign", mine="1")
    reply_to_customer(waiting, by=agent, body="Hello.")
    close_ticket(closed, by=agent)
    shown = {
        "?show=open": {mine, other},
        "?show=mine": {mine, waiting},
        "?show=unassigned": {other},
        "?show=waiting": {waiting},
        "?show=closed": {closed},
        "?show=nonsense": {mine, other},
        "?show=open&section=heating": {other},
        "?show=open&section=nowhere": {mine, other},
    }
    for query, expected in shown.items():
        page = html(browser, QUEUE + query)
        found = {each for each in (mine, other, waiting, closed) if f">{each.subject}</a>" in page}
        assert found == expected, query
    assert "Nothing here." in html(browser, f"{QUEUE}?show=closed&section=heating")


def test_an_answer_is_sent_and_may_close(as_user: Browser, ticket: Ticket, agent: User) -> None:
    browser = as_user(agent)
    for _time in range(2):
        assert act(browser, ticket, "reply", body="It *left*.", key="r1").status_code == 302
    assert len(mail.outbox) == 1
    act(browser, ticket, "reply", body="It came.", key="r2", solves="1")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.close_reason, ticket.assignee) == (TicketStatus.CLOSED, "solved", agent)
    page = html(browser, ticket.get_desk_url())
    assert "It <em>left</em>." in page
    assert page.count("Sent by e-mail") == 2


def test_a_form_that_is_refused_comes_back_with_what_was_typed(as_user: Browser, ticket: Ticket, agent: User) -> None:
    browser = as_user(agent)
    answer = act(browser, ticket, "reply", body="x" * 32_001, key="r")
    assert answer.status_code == 422
    assert "x" * 500 in answer.content.decode()
    assert act(browser, ticket, "note", body=" ").status_code == 422
    assert act(browser, ticket, "close", reason="boredom").status_code == 422
    assert act(browser, ticket, "link", target="/en/t/99999/").status_code == 422
    assert act(browser, ticket, "assign", agent="99999").status_code == 422
    assert ticket.messages.count() == 1


def test_notes_are_marked_and_never_mailed(as_user: Browser, ticket: Ticket, agent: User, other_agent: User) -> None:
    act(as_user(agent), ticket, "note", body="Third time this month.", key="n1")
    page = html(as_user(other_agent), ticket.get_desk_url())
    assert "Third time this month." in page
    assert "internal note, never shown to the customer" in page
    assert mail.outbox == []


def test_tickets_are_given_and_taken(as_user: Browser, ticket: Ticket, agent: User, other_agent: User) -> None:
    browser = as_user(agent)
    for data, expected in (({"agent": other_agent.pk}, other_agent), ({"mine": "1"}, agent), ({"agent": ""}, None)):
        assert act(browser, ticket, "assign", **data).status_code == 302
        ticket.refresh_from_db()
        assert ticket.assignee == expected


def test_the_page_tells_who_writes_what_they_read_and_what_they_asked_before(
    as_user: Browser, agent: User, customer: User, asker: User, section: Any
) -> None:
    topic = make_topic(asker, section, title="Where do I see my parcel?")
    earlier = make_ticket(customer, subject="An older story")
    ticket = make_ticket(customer, read=[f"topic:{topic.pk}"])

    def already(context: Any, ticket: Ticket, **_more: Any) -> str:
        return f"<p>shown for {ticket.pk}</p>"

    with (
        slots.filled_temporarily("ticket.already_read", already),
        slots.filled_temporarily("ticket.suggestions", already),
    ):
        page = html(as_user(agent), ticket.get_desk_url())
    assert "Where do I see my parcel?" in page
    assert "An older story" in page
    assert earlier.get_desk_url() in page
    assert customer.get_absolute_url() in page
    assert page.count(f"shown for {ticket.pk}") == 2


def test_a_guest_s_history_is_that_of_the_address(as_user: Browser, agent: User) -> None:
    make_guest_ticket(subject="Theirs, older")
    make_guest_ticket("else@guest.example", subject="Somebody else's")
    make_guest_ticket(subject="Never confirmed", confirmed=False)
    page = html(as_user(agent), make_guest_ticket().get_desk_url())
    assert "Theirs, older" in page
    assert "Somebody else" not in page
    assert "Never confirmed" not in page


def test_saved_replies_are_offered_the_customer_s_language_first(as_user: Browser, ticket: Ticket, agent: User) -> None:
    SavedReply.objects.create(title="Colis", lang="fr", body="Votre colis…")
    SavedReply.objects.create(title="Parcel", lang="en", body="Your <b>parcel</b>…")
    page = html(as_user(agent), ticket.get_desk_url())
    assert page.index("Your &lt;b&gt;parcel&lt;/b&gt;…") < page.index("Votre colis…")


def test_a_refused_address_is_told_to_the_agent(as_user: Browser, ticket: Ticket, agent: User) -> None:
    reply_to_customer(ticket, by=agent, body="Hello.")
    Delivery.objects.update(sent_at=None, refused_at=timezone.now())
    assert "mail server refuses this address" in html(as_user(agent), ticket.get_desk_url())


def test_an_unconfirmed_or_unknown_ticket_has_no_page(as_user: Browser, agent: User) -> None:
    hidden = make_guest_ticket(confirmed=False)
    for path in (hidden.get_desk_url(), f"{QUEUE}99999/"):
        assert as_user(agent).get(path, follow=True).status_code == 404


def cost(browser: Client, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def test_inbox_pages_cost_the_same_whatever_there_is(as_user: Browser, agent: User, customer: User) -> None:
    browser, ticket = as_user(agent), make_ticket(customer)
    reply_to_customer(ticket, by=agent, body="The first answer.")
    write_to_support(ticket, by=customer, body="And now?")
    add_note(ticket, by=agent, body="A note.")
    few = cost(browser, QUEUE), cost(browser, ticket.get_desk_url())
    for number in range(12):
        make_ticket(make_user(f"customer{number}"), section=make_section(f"section{number}"))
        make_ticket(customer)
        reply_to_customer(ticket, by=agent, body=f"Answer {number}.")
        write_to_support(ticket, by=customer, body=f"And {number}?")
        add_note(ticket, by=agent, body=f"Note {number}.")
        SavedReply.objects.create(title=f"Reply {number}", lang="en", body="Hello.")
    many = cost(browser, QUEUE), cost(browser, ticket.get_desk_url())
    assert many == few
    assert max(many) <= 30


@pytest.mark.parametrize("path", ["snippets/tickets/savedreply/", "snippets/tickets/supporttarget/"])
def test_the_brand_team_keeps_replies_and_targets(as_user: Browser, other_agent: User, agent: User, path: str) -> None:
    assert as_user(other_agent).get(f"/admin/{path}").status_code == 200
    assert as_user(other_agent).get(f"/admin/{path}add/").status_code == 200
    assert as_user(agent).get(f"/admin/{path}").status_code == 302


def test_a_section_has_one_target_and_there_is_one_default(as_user: Browser, other_agent: User, section: Any) -> None:
    browser = as_user(other_agent)
    for data, made in (
        ({"section": "", "hours": "2"}, 1),
        ({"section": "", "hours": "4"}, 1),
        ({"section": section.pk, "hours": "4"}, 2),
        ({"section": section.pk, "hours": "24"}, 2),
        ({"section": section.pk, "hours": "3"}, 2),
    ):
        browser.post("/admin/snippets/tickets/supporttarget/add/", data)
        assert SupportTarget.objects.count() == made


def test_the_brand_team_sets_support_up(as_user: Browser, other_agent: User) -> None:
    answer = as_user(other_agent).get("/admin/settings/tickets/supportsettings/", follow=True)
    assert answer.status_code == 200
    assert "domain for answers by e-mail" in answer.content.decode().lower()
