"""Asking in public for a customer: proposed without what tells of them, shown, agreed to, and published once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from community.accounts.models import User
from community.core.models import LoggedEvent
from community.tickets.actions.ask_in_public import decline_proposal, propose_public_question, publish_proposal
from community.tickets.actions.close import close_ticket
from community.tickets.models import Decision, PublicProposal, Ticket, TicketStatus, TopicLink
from community.topics.models import Section, Topic
from tests.factories.tickets import make_guest_ticket, make_ticket
from tests.factories.topics import make_user

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
SAME_SITE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PRIVATE = (
    "Hello, my order 2024-55512 leaks since Monday. Call 06 12 34 56 78 or camille@guest.example.\n\n"
    "Thanks,\nCamille Durand"
)


@pytest.fixture
def leak(customer: User) -> Ticket:
    return make_ticket(customer, subject="Order 2024-55512 leaks badly", body=PRIVATE)


def propose(ticket: Ticket, by: User, section: Section, **fields: Any) -> PublicProposal:
    words = {"title": "My new tap leaks badly", "body": "It leaks since Monday."}
    return propose_public_question(ticket, by=by, section=section, **{**words, **fields})


def decide(browser: Client, proposal: PublicProposal, agree: str) -> Any:
    return browser.post(
        reverse("tickets:decide", args=[proposal.ticket.key, proposal.pk]), {"agree": agree}, **SAME_SITE
    )


def test_the_agent_is_shown_the_words_without_the_person_and_the_difference(
    as_user: Browser, leak: Ticket, agent: User, section: Section
) -> None:
    page = as_user(agent).get(f"{leak.get_desk_url()}propose/").content.decode()
    typed = re.search(r'<textarea id="propose-body".*?>\s*(.*?)</textarea>', page, re.DOTALL)
    assert typed
    for secret in ("2024-55512", "06 12 34 56 78", "camille@guest.example", "Camille Durand"):
        assert secret not in typed[1]
    assert re.search(r'name="title"[^>]*value="Order \[number\] leaks badly"', page)
    assert "<del>" in page
    assert "06 12 34 56 78" in page


def test_the_agent_changes_it_and_compares_before_anything_is_proposed(
    as_user: Browser, leak: Ticket, agent: User, section: Section
) -> None:
    browser, form = as_user(agent), {"title": "My tap leaks badly", "body": "Since Monday.", "section": section.pk}
    answer = browser.post(f"{leak.get_desk_url()}propose/", {**form, "compare": "1"})
    assert answer.status_code == 200
    assert not PublicProposal.objects.exists()
    assert browser.post(f"{leak.get_desk_url()}propose/", {**form, "title": "no"}).status_code == 422
    for _time in range(2):
        assert browser.post(f"{leak.get_desk_url()}propose/", {**form, "key": "p1"}).status_code == 302
    assert PublicProposal.objects.count() == 1


def test_nothing_is_public_before_the_customer_agrees_to_what_they_see(
    as_user: Browser, leak: Ticket, customer: User, agent: User, section: Section
) -> None:
    proposal = propose(leak, agent, section, words="Shall we ask?")
    assert not Topic.objects.exists()
    assert "Shall we ask?" in mail.outbox[-1].body
    leak.refresh_from_db()
    assert leak.status == TicketStatus.WAITING
    browser = as_user(customer)
    page = browser.get(leak.get_absolute_url()).content.decode()
    assert "May we ask the community for you?" in page
    assert "<del>" in page
    for _time in range(2):
        answer = decide(browser, proposal, "yes")
    topic = Topic.objects.get()
    assert answer.headers["Location"] == topic.get_absolute_url()
    assert (topic.author, topic.section, topic.title, topic.lang) == (customer, section, "My new tap leaks badly", "en")
    leak.refresh_from_db()
    assert (leak.topic, leak.topic_link) == (topic, TopicLink.ASKED_IN_PUBLIC)
    assert "The question was asked in the community." in browser.get(leak.get_absolute_url()).content.decode()
    assert LoggedEvent.objects.filter(kind="TicketAskedInPublic").count() == 1


def test_the_public_question_and_the_request_lead_to_each_other_for_those_who_may(
    as_user: Browser, leak: Ticket, customer: User, agent: User, section: Section, stranger: User
) -> None:
    topic = publish_proposal(propose(leak, agent, section), by=customer)
    assert topic.get_absolute_url() in as_user(customer).get(leak.get_absolute_url()).content.decode()
    assert topic.get_absolute_url() in as_user(agent).get(leak.get_desk_url()).content.decode()
    address = topic.get_absolute_url()
    assert leak.get_absolute_url() in as_user(customer).get(address).content.decode()
    assert leak.get_desk_url() in as_user(agent).get(address).content.decode()
    for user in (stranger, None):
        page = as_user(user).get(address).content.decode()
        assert leak.key not in page
        assert "Request #" not in page


def test_the_customer_may_rather_not_and_it_is_support_s_turn_again(
    as_user: Browser, leak: Ticket, customer: User, agent: User, section: Section
) -> None:
    proposal = propose(leak, agent, section)
    browser = as_user(customer)
    for _time in range(2):
        decide(browser, proposal, "no")
    leak.refresh_from_db()
    assert (leak.status, Topic.objects.count()) == (TicketStatus.OPEN, 0)
    assert leak.due_at is not None
    assert decide(browser, proposal, "yes").status_code == 403
    assert leak.messages.filter(body="declined_public").count() == 1


def test_nobody_else_decides(as_user: Browser, leak: Ticket, agent: User, section: Section, stranger: User) -> None:
    proposal = propose(leak, agent, section)
    for user in (stranger, agent, None):
        assert decide(as_user(user), proposal, "yes").status_code in {302, 404}
    with pytest.raises(PermissionDenied):
        publish_proposal(proposal, by=stranger)
    with pytest.raises(PermissionDenied):
        publish_proposal(proposal, by=agent, key=leak.key)
    with pytest.raises(PermissionDenied):
        decline_proposal(proposal, by=None)
    assert not Topic.objects.exists()


def test_only_agents_propose(leak: Ticket, customer: User, section: Section) -> None:
    with pytest.raises(PermissionDenied):
        propose(leak, customer, section)


def test_a_proposal_of_one_ticket_is_no_proposal_of_another(
    as_user: Browser, leak: Ticket, agent: User, section: Section
) -> None:
    proposal, other = propose(leak, agent, section), make_guest_ticket()
    address = reverse("tickets:decide", args=[other.key, proposal.pk])
    assert as_user().post(address, {"agree": "yes"}, **SAME_SITE).status_code == 404


def test_a_newer_proposal_or_closing_withdraws_the_one_before(
    leak: Ticket, customer: User, agent: User, section: Section
) -> None:
    first = propose(leak, agent, section)
    second = propose(leak, agent, section, title="My second attempt at it")
    first.refresh_from_db()
    assert first.decision == Decision.WITHDRAWN
    close_ticket(leak, by=agent)
    second.refresh_from_db()
    assert second.decision == Decision.WITHDRAWN
    leak.refresh_from_db()
    with pytest.raises(ValidationError):
        propose(leak, agent, section)
    with pytest.raises(PermissionDenied):
        publish_proposal(second, by=customer)


def test_a_guest_signs_up_as_the_last_step_and_the_request_is_theirs(
    as_user: Browser, agent: User, section: Section
) -> None:
    ticket = make_guest_ticket(body=PRIVATE)
    proposal = propose(ticket, agent, section)
    browser = as_user()
    answer = decide(browser, proposal, "yes")
    assert answer.headers["Location"] == reverse("account_signup")
    assert "My new tap leaks badly" in browser.get(answer.headers["Location"]).content.decode()
    assert not Topic.objects.exists()
    form = {"email": "camille@guest.example", "username": "blue_teapot", "password1": "seven quiet teapots"}
    landed = browser.post(reverse("account_signup"), form)
    topic = Topic.objects.get()
    assert landed.headers["Location"] == topic.get_absolute_url()
    ticket.refresh_from_db()
    assert (topic.author.username, ticket.requester, ticket.topic) == ("blue_teapot", topic.author, topic)
    assert ticket.get_absolute_url() in browser.get(reverse("tickets:mine")).content.decode()
    assert as_user().get(ticket.get_absolute_url()).status_code == 302


def test_a_guest_who_has_an_account_agrees_while_signed_in(as_user: Browser, agent: User, section: Section) -> None:
    ticket, member = make_guest_ticket(), make_user("member")
    proposal = propose(ticket, agent, section)
    assert decide(as_user(member), proposal, "yes").status_code == 302
    ticket.refresh_from_db()
    assert ticket.requester == member
    assert Topic.objects.get().author == member
