"""From public to private and back: pointing to an answer that exists, and taking a question to support."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from community.accounts.models import User
from community.core.models import LoggedEvent
from community.notifications.models import Notification
from community.pages.actions.set_up import set_up_site
from community.pages.models import HelpArticlePage
from community.tickets.actions.close import close_ticket
from community.tickets.actions.link_answer import link_answer
from community.tickets.actions.question_to_ticket import decline_support, offer_support, question_to_ticket
from community.tickets.actions.write import write_to_support
from community.tickets.answers_elsewhere import find_answer
from community.tickets.models import Decision, Ticket, TicketOffer, TopicLink
from community.topics.actions.delete import delete_post
from community.topics.models import Post, Topic
from tests.factories.tickets import make_ticket
from tests.factories.topics import opening_of

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


@pytest.mark.parametrize(
    "said", ["topic:{t}", "http://testserver/en/t/{t}/any-words/?page=2", "/fr/t/{t}/", " /en/t/{t} "]
)
def test_a_topic_is_found_by_name_and_by_any_of_its_addresses(topic: Topic, said: str) -> None:
    assert find_answer(said.format(t=topic.pk)).topic == topic


@pytest.mark.parametrize("said", ["post:{p}", "/en/p/{p}/", "https://elsewhere.example/fr/p/{p}/"])
def test_a_post_is_found_with_its_topic(answer: Post, said: str) -> None:
    found = find_answer(said.format(p=answer.pk))
    assert (found.post, found.topic) == (answer, answer.topic)


def test_a_help_article_is_found_in_its_language() -> None:
    index = set_up_site().help_indexes["fr"]
    page = HelpArticlePage(title="Couper l’eau", locale=index.locale, slug="couper-l-eau")
    index.add_child(instance=page)
    page.save_revision().publish()
    for said in (f"article:{page.pk}", "/fr/help/couper-l-eau/", "http://testserver/fr/help/couper-l-eau"):
        found = find_answer(said)
        assert (found.article, found.path) == (page, "/fr/help/couper-l-eau/")


@pytest.mark.parametrize("said", ["", "tap", "topic:0", "topic:999999", "/en/t/999999/", "/en/help/nothing/", "/t/1/"])
def test_what_is_not_there_is_said(topic: Topic, said: str) -> None:
    with pytest.raises(ValidationError):
        find_answer(said)


def test_what_was_deleted_is_no_answer(topic: Topic, asker: User) -> None:
    delete_post(opening_of(topic), by=asker)
    with pytest.raises(ValidationError):
        find_answer(f"topic:{topic.pk}")


def test_answered_there_sends_the_link_closes_and_links_both_ways(
    as_user: Browser, ticket: Ticket, answer: Post, agent: User, customer: User
) -> None:
    form = {"target": answer.get_absolute_url(), "words": "This is it:", "key": "l1"}
    for _time in range(2):
        assert as_user(agent).post(reverse("tickets_desk:link", args=[ticket.pk]), form).status_code == 302
    (message,) = mail.outbox
    assert "This is it:" in message.body
    assert f"http://testserver/en/p/{answer.pk}/" in message.body
    ticket.refresh_from_db()
    assert (ticket.close_reason, ticket.topic, ticket.topic_link) == (
        "answered_there",
        answer.topic,
        TopicLink.ANSWERED_THERE,
    )
    page = as_user(customer).get(ticket.get_absolute_url()).content.decode()
    assert "How do I stop a dripping tap?" in page
    event = LoggedEvent.objects.get(kind="TicketAnsweredThere")
    assert (event.data["topic_id"], event.data["post_id"]) == (answer.topic_id, answer.pk)
    write_to_support(ticket, by=customer, body="That is another tap.")
    ticket.refresh_from_db()
    assert not ticket.is_closed


def test_only_agents_point_to_answers(ticket: Ticket, topic: Topic, customer: User) -> None:
    with pytest.raises(PermissionDenied):
        link_answer(ticket, by=customer, to=find_answer(f"topic:{topic.pk}"))


def test_the_asker_takes_the_question_to_support_without_saying_it_again(
    as_user: Browser, topic: Topic, asker: User
) -> None:
    browser = as_user(asker)
    address = reverse("tickets:from_question", args=[topic.pk])
    assert address in browser.get(topic.get_absolute_url()).content.decode()
    assert "It drips since Monday." in browser.get(address).content.decode()
    form = {"body": "It is worse now.", "urgency": "blocked", "key": "q1", "read": "[]"}
    answer = browser.post(address, form)
    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == ticket.get_absolute_url()
    said = ticket.messages.get().body
    for words in ("It is worse now.", topic.title, "It drips since Monday.", topic.get_absolute_url()):
        assert words in said
    assert (ticket.topic, ticket.topic_link, ticket.section, ticket.urgency) == (
        topic, TopicLink.FROM_QUESTION, topic.section, "blocked",
    )  # fmt: skip
    assert browser.post(address, form).headers["Location"] == ticket.get_absolute_url()
    assert browser.get(address).headers["Location"] == ticket.get_absolute_url()
    assert Ticket.objects.count() == 1
    assert LoggedEvent.objects.filter(kind="QuestionMadeTicket").count() == 1
    assert ticket.get_absolute_url() in browser.get(topic.get_absolute_url()).content.decode()


def test_nothing_need_be_added(topic: Topic, asker: User) -> None:
    assert question_to_ticket(topic, by=asker).messages.get().body.startswith(topic.title)


def test_nobody_else_takes_it_there(as_user: Browser, topic: Topic, stranger: User, agent: User) -> None:
    address = reverse("tickets:from_question", args=[topic.pk])
    for user in (stranger, agent):
        assert as_user(user).get(address).status_code == 403
        assert as_user(user).post(address, {"urgency": "blocked"}).status_code == 403
        with pytest.raises(PermissionDenied):
            question_to_ticket(topic, by=user)
    assert as_user().get(address).status_code == 302
    assert address not in as_user(stranger).get(topic.get_absolute_url()).content.decode()
    assert address not in as_user().get(topic.get_absolute_url()).content.decode()


def test_a_closed_one_may_be_followed_by_another(topic: Topic, asker: User) -> None:
    first = question_to_ticket(topic, by=asker)
    close_ticket(first, by=asker)
    assert question_to_ticket(topic, by=asker) != first


def test_an_agent_offers_and_the_asker_accepts_on_the_topic_s_page(
    as_user: Browser, topic: Topic, asker: User, agent: User, stranger: User
) -> None:
    page = as_user(agent).get(topic.get_absolute_url()).content.decode()
    assert "Offer support in private" in page
    for _time in range(2):
        as_user(agent).post(reverse("tickets:offer", args=[topic.pk]))
    assert TicketOffer.objects.count() == 1
    assert Notification.objects.get(user=asker).kind == "support_offered"
    browser = as_user(asker)
    assert "offers to look at your question" in browser.get(reverse("notifications:list")).content.decode()
    assert "Yes, take it to support" in browser.get(topic.get_absolute_url()).content.decode()
    assert "has yet to decide" in as_user(agent).get(topic.get_absolute_url()).content.decode()
    assert "take it to support" not in as_user(stranger).get(topic.get_absolute_url()).content.decode()
    browser.post(reverse("tickets:from_question", args=[topic.pk]), {"urgency": "question", "key": "q", "body": ""})
    assert TicketOffer.objects.get().decision == Decision.ACCEPTED
    assert Ticket.objects.get().requester == asker


def test_the_asker_may_decline(as_user: Browser, topic: Topic, asker: User, agent: User, stranger: User) -> None:
    offer_support(topic, by=agent)
    address = reverse("tickets:decline_offer", args=[topic.pk])
    assert as_user(stranger).post(address).status_code == 403
    as_user(asker).post(address)
    assert TicketOffer.objects.get().decision == Decision.DECLINED
    assert not decline_support(topic, by=asker)
    assert offer_support(topic, by=agent)


def test_only_agents_offer_and_not_to_themselves(topic: Topic, stranger: User, agent: User, section: Any) -> None:
    with pytest.raises(PermissionDenied):
        offer_support(topic, by=stranger)
    Topic.objects.update(author=agent)
    topic.refresh_from_db()
    with pytest.raises(PermissionDenied):
        offer_support(topic, by=agent)


def test_a_question_in_work_needs_no_offer(topic: Topic, asker: User, agent: User) -> None:
    question_to_ticket(topic, by=asker)
    assert not offer_support(topic, by=agent)


def test_a_ticket_keeps_the_question_that_it_came_from(topic: Topic, asker: User, agent: User, section: Any) -> None:
    ticket, other = question_to_ticket(topic, by=asker), make_ticket(agent)
    found = Topic.objects.create(
        section=section, author=agent, title="Another question", slug="another", lang="en", kind="question"
    )
    link_answer(ticket, by=agent, to=find_answer(f"topic:{found.pk}"))
    ticket.refresh_from_db()
    assert (ticket.topic, ticket.is_closed, other.is_closed) == (topic, True, False)
