"""The way to support passes by the answers that exist; what happens on it is counted, and agents see it."""

from collections.abc import Callable

import pytest
from django.test import Client

from community.accounts.models import User
from community.tickets.models import Ticket, TicketMessage
from community.topics.models import Post, Topic
from search.models import AskSession, DeflectionEvent, Outcome, Step
from tests.factories.tickets import make_agent

WORDS = "how do I stop a dripping tap"
AsUser = Callable[..., Client]


@pytest.fixture
def agent(db: None) -> User:
    return make_agent("marc")


def steps() -> list[str]:
    return list(DeflectionEvent.objects.order_by("id").values_list("step", flat=True))


def token_in(page: str) -> str:
    return page.split('name="ask_session" value="')[1].split('"')[0]


def form(token: str = "") -> dict[str, str]:
    return {
        "subject": "My tap drips all night",
        "body": "It drips since Monday, and I tried the washer.",
        "urgency": "question",
        "email": "robin@guest.example",
        "key": "k1",
        "ask_session": token,
    }


def test_the_answer_is_shown_as_text_before_support(phone: Client, answer: Post) -> None:
    page = phone.get("/en/get-help/answers/", {"q": WORDS}).content.decode()
    assert "Change the washer." in page
    assert "This answers me" in page
    assert "Ask the community" in page
    assert "Talk to support" in page
    assert steps() == ["shown"]


def test_who_leaves_with_the_answer_is_one_confirmed_deflection(phone: Client, topic: Topic, answer: Post) -> None:
    page = phone.get("/en/get-help/answers/", {"q": WORDS}).content.decode()
    phone.post("/en/search/confirm/", {"ask_session": token_in(page), "topic": topic.pk, "at": "help"})
    assert steps() == ["shown", "confirmed"]
    assert AskSession.objects.get().outcome == Outcome.ANSWERED
    assert set(DeflectionEvent.objects.values_list("place", flat=True)) == {"help"}


def test_who_writes_all_the_same_is_a_deflection_that_failed(phone: Client, answer: Post) -> None:
    page = phone.get("/en/get-help/answers/", {"q": WORDS}).content.decode()
    token = token_in(page)
    address = page.split('class="suggestion__question"')[1].split('href="')[1].split('"')[0]
    phone.get(address.replace("&amp;", "&"))
    phone.get("/en/get-help/ticket/", {"q": WORDS, "ask_session": token})
    response = phone.post("/en/get-help/ticket/", form(token))
    assert response.status_code == 302, response.content.decode()[:2000]
    assert steps() == ["shown", "opened", "form_opened", "ticket_sent"]
    sent = DeflectionEvent.objects.get(step=Step.TICKET_SENT)
    assert sent.target == f"ticket:{Ticket.objects.get().pk}"
    session = AskSession.objects.get()
    assert (session.ticket, session.outcome) == (Ticket.objects.get(), Outcome.WROTE)


def test_agents_see_what_was_shown_and_what_they_may_send(
    phone: Client, as_user: AsUser, agent: User, asker: User, answer: Post, topic: Topic
) -> None:
    page = phone.get("/en/get-help/answers/", {"q": WORDS}).content.decode()
    token = token_in(page)
    member = as_user(asker, headers={"sec-fetch-site": "same-origin"})
    member.post("/en/get-help/ticket/", form(token))
    ticket = Ticket.objects.get()
    desk = as_user(agent)
    shown = desk.get(f"/admin/tickets/{ticket.pk}/").content.decode()
    assert "Shown on the way here" in shown
    assert "Not opened" in shown
    assert "These fit the request" in shown
    desk.post(f"/admin/tickets/{ticket.pk}/link/", {"target": topic.get_absolute_url()})
    ticket.refresh_from_db()
    assert (ticket.topic, ticket.close_reason) == (topic, "answered_there")
    assert TicketMessage.objects.filter(ticket=ticket, kind="agent").count() == 1


def test_a_used_token_stays_with_its_first_ticket(phone: Client, answer: Post) -> None:
    token = token_in(phone.get("/en/get-help/answers/", {"q": WORDS}).content.decode())
    phone.post("/en/get-help/ticket/", form(token))
    phone.post("/en/get-help/ticket/", {**form(token), "key": "k2", "subject": "Another thing is broken"})
    assert Ticket.objects.count() == 2
    assert AskSession.objects.get().ticket == Ticket.objects.order_by("pk").first()


def test_a_question_carries_what_its_asker_had_read(as_user: AsUser, stranger: User, answer: Post, agent: User) -> None:
    member = as_user(stranger, headers={"sec-fetch-site": "same-origin"})
    fields = {"title": "Why does my tap sing at night?", "body": "It sings.", "section": answer.topic.section.slug}
    read = f'["topic:{answer.topic_id}", "topic:999999", "secret:1"]'
    member.post("/en/ask/details/", {**fields, "kind": "question", "lang": "en", "key": "k9", "read": read})
    asked = Topic.objects.get(title__startswith="Why does my tap sing")
    assert AskSession.objects.get(topic=asked).read == [f"topic:{answer.topic_id}", "topic:999999"]
    page = as_user(agent).get(asked.get_absolute_url()).content.decode()
    assert "Shown to the asker before asking" in page
    assert answer.topic.title in page
