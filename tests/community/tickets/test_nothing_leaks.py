"""Two hundred marked secrets in tickets, notes and files are on no page that others read; notes never leave."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings

from community.accounts.models import User
from community.api.tokens import make_token
from community.core.models import LoggedEvent
from community.pages.actions.set_up import set_up_site
from community.tickets.actions.ask_in_public import propose_public_question
from community.tickets.actions.note import add_note
from community.tickets.actions.question_to_ticket import question_to_ticket
from community.tickets.actions.reply import reply_to_customer
from community.tickets.actions.write import write_to_support
from community.tickets.files import Judged
from community.tickets.models import Ticket, TicketAttachment, TicketMessage
from community.topics.models import Section, Topic
from search.models.index import Word
from tests.factories.tickets import make_agent, make_guest_ticket, make_ticket
from tests.factories.topics import make_topic, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Browser = Callable[..., Client]
TICKETS = 14
MARK = "zqsecret"
# The one that a reader types.
TYPED = f"{MARK}1x"


def secrets() -> Iterator[str]:
    """Words that stand nowhere else."""
    number = 0
    while True:
        number += 1
        yield f"{MARK}{number}x"


@pytest.fixture
def planted(db: None, section: Section) -> dict[str, Any]:
    """Tickets full of secrets: of a member, of guests, of a question that everyone reads, with answers and files."""
    set_up_site()
    words, agent = secrets(), make_agent()
    customer, asker = make_user("customer"), make_user("asker")
    topic = make_topic(asker, section, title="How do I stop a dripping tap?")
    tickets = [make_ticket(customer, subject=f"About {next(words)}", body=next(words)) for _n in range(TICKETS)]
    tickets += [
        make_guest_ticket(f"{next(words)}@guest.example", subject=f"About {next(words)}", body=next(words))
        for _n in range(TICKETS)
    ]
    tickets.append(question_to_ticket(topic, by=asker, words=next(words)))
    for ticket in tickets:
        by = ticket.requester
        file = Judged(f"{next(words)}.txt", next(words).encode(), "text/plain; charset=utf-8")
        write_to_support(ticket, by=by, body=next(words), files=[file])
        add_note(ticket, by=agent, body=f"NOTE {next(words)}", files=[file])
        reply_to_customer(ticket, by=agent, body=next(words))
    propose_public_question(tickets[0], by=agent, section=section, title=f"May I {next(words)}", body=next(words))
    return {"tickets": tickets, "topic": topic, "customer": customer, "agent": agent, "count": next(words)}


def public_pages(topic: Topic) -> list[str]:
    """Every kind of page, feed and answer that others read."""
    pages = [
        "/{lang}/", "/{lang}/questions/", "/{lang}/questions/unanswered/", "/{lang}/questions/latest/feed/",
        "/{lang}/s/", "/{lang}/s/plumbing/", "/{lang}/s/plumbing/latest/feed/", "/{lang}/tags/",
        f"/{{lang}}/t/{topic.pk}/", "/{lang}/members/customer/", "/{lang}/members/asker/", "/{lang}/members/agent/",
        "/{lang}/members/customer/feed/", "/{lang}/get-help/", f"/{{lang}}/get-help/answers/?q={MARK}",
        f"/{{lang}}/search/?q={MARK}", f"/{{lang}}/search/?q={TYPED}",
        f"/{{lang}}/search/suggestions/?q={MARK}+one+two",
        f"/{{lang}}/ask/?q=dripping+tap+{MARK}", "/{lang}/me/tickets/", "/{lang}/me/notifications/",
    ]  # fmt: skip
    both = [page.format(lang=lang) for page in pages for lang in ("en", "fr")]
    rest = [
        "/sitemap.xml", "/sitemap-topics.xml", "/robots.txt", "/metrics", "/readyz", "/api/v1/openapi.json",
        "/api/v1/topics", f"/api/v1/topics/{topic.pk}", "/api/v1/sections", "/api/v1/members/customer",
        f"/api/v1/search?q={MARK}", f"/api/v1/suggest?q={MARK}&lang=en",
    ]  # fmt: skip
    return both + rest


@pytest.mark.parametrize("visitor", ["nobody", "stranger"])
def test_no_public_page_tells_any_secret(as_user: Browser, planted: dict[str, Any], visitor: str) -> None:
    assert int(planted["count"].removeprefix(MARK).removesuffix("x")) > 200
    user = make_user("stranger") if visitor == "stranger" else None
    browser = as_user(user)
    headers = {"HTTP_AUTHORIZATION": f"Bearer {make_token(user)}"} if user else {}
    keys = [ticket.key for ticket in planted["tickets"]]
    read = 0
    for path in public_pages(planted["topic"]):
        api = headers if path.startswith("/api/") else {}
        answer = browser.get(path, follow=True, **api)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        shown = body.decode()
        read += answer.status_code == 200
        assert set(re.findall(rf"{MARK}\d+x", shown)) <= {TYPED}, path
        assert not any(key in shown for key in keys), path
    assert read > 40


def test_nothing_of_it_is_indexed_or_logged_as_an_event(planted: dict[str, Any]) -> None:
    assert Word.objects.filter(text="dripping").exists()
    assert not Word.objects.filter(text__contains=MARK).exists()
    for row in LoggedEvent.objects.all():
        told = json.dumps(row.data)
        assert MARK not in told
        assert not any(ticket.key in told for ticket in planted["tickets"])


def test_notes_leave_the_desk_nowhere(as_user: Browser, planted: dict[str, Any]) -> None:
    notes = list(TicketMessage.objects.filter(kind="note"))
    kept = [note.body.split()[1] for note in notes]
    files = list(TicketAttachment.objects.filter(message__kind="note"))
    assert len(kept) == len(planted["tickets"]) == len(files)
    shown = "".join(
        message.subject + message.body + str(message.alternatives) + str(message.attachments) for message in mail.outbox
    )
    for ticket in planted["tickets"]:
        browser = as_user(ticket.requester)
        shown += browser.get(ticket.get_absolute_url()).content.decode()
        for file in files:
            path = f"/en/tickets/{ticket.key}/file/{file.key}/"
            assert browser.get(path).status_code == 404
    token = make_token(planted["customer"])
    for ticket in planted["tickets"][:TICKETS]:
        answer = as_user().get(f"/api/v1/tickets/{ticket.key}", HTTP_AUTHORIZATION=f"Bearer {token}")
        assert answer.status_code == 200
        shown += answer.content.decode()
    assert "NOTE" not in shown
    assert not [secret for secret in kept if f"{secret}<" in shown or f"{secret} " in shown or f"{secret}." in shown]


def test_notes_are_not_sent_to_the_desk_of_the_brand(customer: User, agent: User) -> None:
    with override_settings(SUPPORT_DESK_EMAIL="helpdesk@brand.example"):
        ticket = make_ticket(customer)
        add_note(ticket, by=agent, body="SECRET-NOTE")
        write_to_support(ticket, by=customer, body="Any news?")
    assert len(mail.outbox) == 2
    assert "SECRET-NOTE" not in "".join(message.body for message in mail.outbox)


def test_another_customer_s_page_shows_nothing_of_it(as_user: Browser, planted: dict[str, Any], stranger: User) -> None:
    mine = make_ticket(stranger)
    page = as_user(stranger).get(mine.get_absolute_url()).content.decode()
    assert MARK not in page
    statuses = {as_user(stranger).get(t.get_absolute_url()).status_code for t in planted["tickets"] if t.requester_id}
    assert statuses == {404}
    assert list(Ticket.objects.visible_to(stranger)) == [mine]


def test_logs_hold_neither_keys_nor_words(
    as_user: Browser, planted: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    guest = planted["tickets"][TICKETS]
    for path in ("nowhere/", "file/nothing/", "confirm/"):
        as_user().get(f"{guest.get_absolute_url()}{path}")
    as_user().post(guest.get_absolute_url(), {"body": " "}, HTTP_SEC_FETCH_SITE="same-origin")
    as_user().post(guest.get_absolute_url(), {"body": "x"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert "tickets/—" in caplog.text
    assert guest.key not in caplog.text
    assert MARK not in caplog.text
