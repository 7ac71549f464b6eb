"""Getting help: words, answers, a person; with and without an account, and with support on each of the pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from redis.exceptions import RedisError

from community.accounts.models import User
from community.core import slots
from community.tickets.models import Ticket
from tests.factories.tickets import make_guest_ticket
from tests.factories.topics import make_topic

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
SAME_SITE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
FORM = {
    "subject": "My invoice is wrong", "body": "I paid twice.", "urgency": "hinders", "section": "", "key": "one",
    "email": "camille@guest.example", "read": "[]", "ask_session": "", "favourite_word": "",
}  # fmt: skip


def send(browser: Client, **changes: Any) -> Any:
    return browser.post(reverse("tickets:new"), {**FORM, **changes}, **SAME_SITE)


def page(browser: Client, name: str, query: str = "") -> str:
    answer = browser.get(reverse(f"tickets:{name}") + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("name", "query"), [("help", ""), ("answers", "?q=my+tap+drips")])
def test_support_is_one_step_from_every_page_of_help(as_user: Browser, name: str, query: str) -> None:
    assert reverse("tickets:new") in page(as_user(), name, query)


@pytest.mark.parametrize("path", ["/en/", "/en/questions/", "/en/t/999999/", "/en/search/?q=zyx"])
def test_help_is_one_tap_from_every_page(as_user: Browser, path: str) -> None:
    html = as_user().get(path).content.decode()
    assert html.count(f'href="{reverse("tickets:help")}"') >= 3


def test_the_answers_page_offers_all_three_ways_and_carries_what_was_shown(as_user: Browser) -> None:
    def answers(context: Any, words: str = "", **_more: Any) -> str:
        context["ask_session"] = "token-of-search"
        return f"<p>An answer to {words}</p>"

    with slots.filled_temporarily("help.answers", answers):
        html = page(as_user(), "answers", "?q=my+tap+drips&section=plumbing")
    assert "An answer to my tap drips" in html
    assert "Is it one of these?" in html
    for name in ("topics:ask_details", "tickets:new"):
        link = f"{reverse(name)}?q=my%20tap%20drips&amp;section=plumbing&amp;ask_session=token-of-search"
        assert f'href="{link}"' in html


def test_without_any_answer_the_page_says_so_and_goes_on(as_user: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_fillings", {})
    html = page(as_user(), "answers", "?q=my+tap+drips")
    assert "No answer to this yet" in html
    assert as_user().get(reverse("tickets:answers")).headers["Location"] == reverse("tickets:help")


def test_help_pages_set_no_cookie_for_readers_without_an_account(as_user: Browser) -> None:
    browser = as_user()
    for name in ("help", "new"):
        page(browser, name)
    send(browser)
    assert not browser.cookies


def test_a_guest_s_request_waits_for_the_mailed_link(as_user: Browser) -> None:
    browser = as_user()
    answer = send(browser)
    ticket = Ticket.objects.get()
    assert (ticket.requester, ticket.guest_email, ticket.is_confirmed, ticket.due_at) == (
        None,
        "camille@guest.example",
        False,
        None,
    )
    assert ticket.key not in answer.headers["Location"]
    sent = browser.get(answer.headers["Location"]).content.decode()
    assert "c…@guest.example" in sent
    assert ticket.key not in sent
    (message,) = mail.outbox
    assert message.to == ["camille@guest.example"]
    link = re.search(r"http://testserver(/en/tickets/[\w-]+/)", message.body)
    assert link
    assert "My invoice" not in message.subject + message.body
    before = browser.get(link[1]).content.decode()
    assert "Yes, send it to support" in before
    assert "With the support team" not in before
    assert "I paid twice." in before
    assert browser.post(f"{link[1]}confirm/", **SAME_SITE).headers["Location"] == link[1]
    ticket.refresh_from_db()
    assert ticket.is_confirmed
    assert ticket.due_at is not None
    assert "The support team has your request." in browser.get(link[1]).content.decode()


def test_opening_the_link_alone_confirms_nothing(as_user: Browser) -> None:
    ticket = make_guest_ticket(confirmed=False)
    as_user().get(ticket.get_absolute_url())
    ticket.refresh_from_db()
    assert not ticket.is_confirmed


def test_the_mail_can_be_had_again_as_another_mail(as_user: Browser) -> None:
    browser = as_user()
    sent = send(browser).headers["Location"]
    assert browser.post(sent, **SAME_SITE).status_code == 200
    assert len(mail.outbox) == 2
    ids = {message.extra_headers["Message-ID"] for message in mail.outbox}
    assert len(ids) == 2
    for _time in range(2):
        browser.post(sent, **SAME_SITE)
    assert browser.post(sent, **SAME_SITE).status_code == 429
    assert len(mail.outbox) == 4


def test_a_member_s_request_is_there_at_once(as_user: Browser, customer: User, section: Any) -> None:
    browser = as_user(customer)
    assert "E-mail address" not in page(browser, "new")
    answer = send(browser, section="plumbing")
    ticket = Ticket.objects.get()
    assert (ticket.requester, ticket.section, ticket.guest_email, ticket.urgency) == (customer, section, "", "hinders")
    assert answer.headers["Location"] == ticket.get_absolute_url()
    assert not mail.outbox


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_same_form_sent_twice_is_one_request(as_user: Browser, customer: User, signed_in: bool) -> None:
    browser = as_user(customer if signed_in else None)
    for _time in range(6):
        assert send(browser).status_code == 302
    assert Ticket.objects.count() == 1


def test_three_requests_a_day_are_a_guest_s_measure(as_user: Browser) -> None:
    for number in range(3):
        assert send(as_user(), key=f"k{number}", subject=f"Problem {number}").status_code == 302
    assert send(as_user(), key="k4", subject="Problem 4").status_code == 429
    other = {"REMOTE_ADDR": "203.0.113.9", **SAME_SITE}
    again = {**FORM, "key": "k5", "subject": "Problem 5"}
    assert as_user().post(reverse("tickets:new"), again, **other).status_code == 429
    again["email"] = "somebody@else.example"
    assert as_user().post(reverse("tickets:new"), again, **other).status_code == 302
    assert Ticket.objects.count() == 4


def test_guests_are_refused_while_nothing_can_be_counted(
    as_user: Browser, customer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_arguments: Any, **_more: Any) -> None:
        raise RedisError

    monkeypatch.setattr(caches["default"], "add", down)
    assert send(as_user()).status_code == 429
    assert send(as_user(customer)).status_code == 302


def test_a_form_from_another_site_is_refused_and_shown_again(as_user: Browser) -> None:
    answer = as_user().post(reverse("tickets:new"), FORM, HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 403
    assert "I paid twice." in answer.content.decode()
    assert not Ticket.objects.exists()


def test_a_robot_is_thanked_and_forgotten(as_user: Browser) -> None:
    browser = as_user()
    answer = send(browser, favourite_word="cheap pills")
    assert browser.get(answer.headers["Location"]).status_code == 200
    assert not Ticket.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"subject": ""}, "This field is required"),
        ({"body": "  "}, "There is no text yet"),
        ({"email": "camille"}, "Write an e-mail address at which we can answer you."),
        ({"urgency": "panic"}, "Select a valid choice"),
        ({"section": "nowhere"}, "Select a valid choice"),
        ({"subject": "?!?!"}, "Say in a few words what it is about."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    as_user: Browser, changes: dict[str, str], says: str
) -> None:
    answer = send(as_user(), **changes)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert says in html
    assert FORM["body"] in html or "body" in changes
    assert not Ticket.objects.exists()


def test_words_section_and_what_was_shown_come_along_to_the_form(as_user: Browser, section: Any) -> None:
    html = page(as_user(), "new", "?q=my+tap+drips&section=plumbing&ask_session=abc")
    assert 'value="my tap drips"' in html
    assert '<option value="plumbing" selected>' in html
    assert re.search(r'name="ask_session" value="abc"', html)


def test_what_the_browser_remembers_comes_along_as_far_as_it_is_true(
    as_user: Browser, asker: User, section: Any
) -> None:
    topic = make_topic(asker, section)
    send(as_user(), read=f'["topic:{topic.pk}", "topic:424242", "<script>", 7]')
    assert Ticket.objects.get().read == [f"topic:{topic.pk}"]
    send(as_user(), read="{not json", key="two", subject="Another one")
    assert Ticket.objects.latest("pk").read == []


def test_the_language_of_the_page_is_that_of_the_mails(as_user: Browser) -> None:
    as_user().post("/fr/get-help/ticket/", FORM, **SAME_SITE)
    assert Ticket.objects.get().lang == "fr"
    assert "/fr/tickets/" in mail.outbox[0].body
