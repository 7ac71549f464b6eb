"""Steps towards help are written down under a pseudonym, and only those of people who may be counted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from community.accounts.models import User
from community.topics.models import Post, Topic
from deploy.housekeeping import keep_house
from search.deflection.recording import note, without_persons
from search.deflection.visits import COOKIE, REFUSED
from search.models import AskSession, DeflectionEvent, MeasurementSettings, Step
from tests.search.deflection.conftest import PHONE

WORDS = "how do I stop a dripping tap"
AsUser = Callable[..., Client]


def steps() -> list[tuple[str, str]]:
    return list(DeflectionEvent.objects.order_by("id").values_list("step", "place"))


def open_first(client: Client, page: str) -> None:
    address = page.split('class="suggestion__question"')[1].split('href="')[1].split('"')[0]
    assert client.get(address.replace("&amp;", "&")).status_code == 302


def test_the_way_of_someone_who_asks_all_the_same(phone: Client, answer: Post) -> None:
    page = phone.get("/en/ask/", {"q": WORDS}).content.decode()
    open_first(phone, page)
    phone.get("/en/ask/details/", {"q": WORDS, "ask_session": AskSession.objects.get().key and _token(page)})
    assert steps() == [("shown", "ask"), ("opened", "ask"), ("not_helped", "ask")]
    assert len(set(DeflectionEvent.objects.values_list("visitor", flat=True))) == 1
    shown = DeflectionEvent.objects.get(step=Step.SHOWN)
    assert (shown.documents, shown.found, shown.words) == ([f"topic:{answer.topic_id}"], 1, WORDS)


def _token(page: str) -> str:
    return page.split("ask_session=")[1].split('"')[0].split("&")[0]


def test_what_was_shown_while_typing_is_written_down_once_it_is_used(phone: Client, answer: Post) -> None:
    page = phone.get("/en/search/suggestions/", {"q": WORDS, "place": "home"}).content.decode()
    assert steps() == []
    assert COOKIE not in phone.cookies
    open_first(phone, page)
    assert steps() == [("shown", "home"), ("opened", "home")]
    assert COOKIE in phone.cookies


def test_this_answers_me_is_confirmed(phone: Client, topic: Topic, answer: Post) -> None:
    page = phone.get("/en/ask/", {"q": WORDS}).content.decode()
    token = page.split('name="ask_session" value="')[1].split('"')[0]
    phone.post("/en/search/confirm/", {"ask_session": token, "topic": topic.pk, "at": "ask"})
    phone.post("/en/search/confirm/", {"ask_session": token, "topic": topic.pk, "at": "nowhere"})
    assert steps() == [("shown", "ask"), ("confirmed", "ask")]


def test_a_search_is_recorded_with_what_it_found_and_without_persons(phone: Client, answer: Post) -> None:
    phone.get("/en/search/", {"q": "zzyzx 0612345678 me@example.org"})
    event = DeflectionEvent.objects.get()
    assert (event.step, event.found, event.words) == ("searched", 0, "zzyzx … …")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("order 4005-998-12 is late", "order … is late"),
        ("call 06 12 34 56 78 now", "call … now"),
        ("bosch gsr 12v-15", "bosch gsr 12v-15"),
        ("pression 3 bars à 21 °C", "pression 3 bars à 21 °C"),
    ],
)
def test_numbers_of_orders_and_telephones_are_taken_out_and_product_codes_stay(typed: str, kept: str) -> None:
    assert without_persons(typed) == kept


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": ""},
        {"user-agent": PHONE, "sec-gpc": "1"},
        {"user-agent": PHONE, "dnt": "1"},
        {"user-agent": PHONE, "cookie": f"{COOKIE}={REFUSED}"},
    ],
)
def test_robots_and_those_who_say_no_leave_no_trace(answer: Post, headers: dict[str, str]) -> None:
    client = Client(headers=headers)
    page = client.get("/en/ask/", {"q": WORDS})
    open_first(client, page.content.decode())
    assert steps() == []
    assert COOKIE not in client.cookies


def test_the_team_is_not_counted_and_a_member_is(
    as_user: AsUser, answer: Post, moderator: User, stranger: User
) -> None:
    for person in (moderator, stranger):
        as_user(person, headers={"user-agent": PHONE}).get("/en/search/", {"q": WORDS})
    assert steps() == [("searched", "search")]


def test_nothing_is_counted_where_the_brand_turned_it_off(phone: Client, answer: Post) -> None:
    MeasurementSettings.objects.create(site=Site.objects.get(), is_on=False)
    phone.get("/en/search/", {"q": WORDS})
    assert steps() == []


def test_reading_sets_no_cookie(phone: Client, topic: Topic) -> None:
    for address in ("/en/", "/en/questions/", topic.get_absolute_url()):
        assert not phone.get(address).cookies


def test_a_question_asked_in_the_same_browser_belongs_to_the_visit(
    as_user: AsUser, stranger: User, answer: Post
) -> None:
    client = as_user(stranger, headers={"user-agent": PHONE, "sec-fetch-site": "same-origin"})
    client.get("/en/search/", {"q": "zzyzx"})
    form = {"title": "Why does my zzyzx leak?", "body": "It does.", "section": answer.topic.section.slug}
    client.post("/en/ask/details/", {**form, "kind": "question", "lang": "en", "key": "k1"})
    asked = DeflectionEvent.objects.get(step=Step.QUESTION_ASKED)
    assert asked.visitor == DeflectionEvent.objects.get(step=Step.SEARCHED).visitor
    assert asked.target.startswith("topic:")


@pytest.mark.django_db
def test_someone_who_comes_back_within_a_month_is_seen_to() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for pause in (timedelta(0), timedelta(minutes=20), timedelta(hours=2), timedelta(days=31)):
            clock.shift(pause)
            note("someone", Step.SEARCHED)
    assert [step for step, _place in steps()] == ["searched", "searched", "returned", "searched", "searched"]


def test_a_step_that_cannot_be_written_does_not_stand_in_the_way(phone: Client, answer: Post) -> None:
    def refuse(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if "search_deflectionevent" in sql:
            raise DatabaseError("full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        assert phone.get("/en/search/", {"q": WORDS}).status_code == 200
    assert steps() == []


def test_a_visitor_may_choose_not_to_be_counted_and_change_their_mind(phone: Client, answer: Post) -> None:
    phone.post("/en/search/measurement/", {"count": "no"})
    assert "You are not counted" in phone.get("/en/search/measurement/").content.decode()
    phone.get("/en/search/", {"q": WORDS})
    assert steps() == []
    phone.post("/en/search/measurement/", {"count": "yes"})
    phone.get("/en/search/", {"q": WORDS})
    assert steps() == [("searched", "search")]


def test_steps_older_than_thirteen_months_are_forgotten(db: None) -> None:
    note("someone", Step.SEARCHED)
    DeflectionEvent.objects.update(at=timezone.now() - timedelta(days=397))
    note("someone", Step.SEARCHED)
    keep_house()
    assert DeflectionEvent.objects.count() == 1
