"""What people see of badges: all of them, who has one, their own, on a member's page, by the API."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.topics.actions.delete import delete_post
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.models import Post, Section
from rewards.badges.filling import fill
from rewards.badges.models import Award, Badge
from rewards.metrics import METRICS
from rewards.models import BoardPreference
from tests.factories.badges import make_badge
from tests.factories.topics import make_answer, make_topic, make_user

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def give(badge: Badge, members: int, start: int = 0) -> None:
    """Awards of `badge` to as many new members, an hour apart."""
    for number in range(start, start + members):
        at = timezone.now() - timedelta(hours=number)
        Award.objects.create(badge=badge, member=make_user(f"{badge.slug}{number}"), awarded_at=at)
    Badge.objects.filter(pk=badge.pk).update(holder_count=start + members)


def test_the_list_says_what_one_has_and_how_far_one_is(as_user: Browser, answer: Post, answerer: User) -> None:
    make_badge("first", metric="answers")
    make_badge("many", metric="answers", threshold=4, grade="gold")
    make_answer(make_topic(make_user("other"), answer.topic.section), answerer)
    body = as_user(answerer).get("/en/badges/").content.decode()
    assert "Yours" in body
    assert "2 / 4" in body
    assert "1 member has it" in body
    assert body.index("Bronze") < body.index("Gold")
    guest = as_user().get("/en/badges/").content.decode()
    assert "Yours" not in guest
    assert "/ 4" not in guest
    assert "many fr" in as_user().get("/fr/badges/").content.decode()


def test_what_nothing_measures_yet_is_out_of_sight_until_something_does(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    badge = make_badge("idea", metric="answers")
    Badge.objects.filter(pk=badge.pk).update(metric="ideas_delivered")
    assert "idea en" not in client.get("/en/badges/").content.decode()
    assert client.get("/en/badges/idea/").status_code == 404
    monkeypatch.setitem(METRICS, "ideas_delivered", METRICS["questions"])
    assert client.get("/en/badges/idea/").status_code == 200


def test_who_has_it_the_latest_first_page_by_page(client: Client) -> None:
    badge = make_badge("known")
    give(badge, 35)
    first = client.get("/en/badges/known/")
    body = first.content.decode()
    assert body.index(">known0<") < body.index(">known1<")
    assert "known34" not in body
    following = first.context["holders"].page.next
    assert "known34" in client.get(f"/en/badges/known/?page={following}").content.decode()
    assert client.get("/en/badges/known/?page=a.nonsense").status_code == 404


def test_nobody_stands_on_the_list_who_asked_not_to_or_left(client: Client) -> None:
    badge = make_badge("known")
    give(badge, 3)
    BoardPreference.objects.create(member=User.objects.get(username="known0"), is_hidden=True)
    User.objects.filter(username="known1").update(is_active=False)
    body = client.get("/en/badges/known/").content.decode()
    assert [name in body for name in ("known0", "known1", "known2")] == [False, False, True]


def test_a_members_page_says_what_for(client: Client, answer: Post, asker: User) -> None:
    make_badge(metric="accepted")
    accept_answer(answer, by=asker)
    page = "/en/members/answerer/"
    body = client.get(page).content.decode()
    assert "badge en" in body
    assert "For this:" in body
    assert f"/p/{answer.pk}/" in body
    assert "asker has no badge yet." in client.get("/en/members/asker/").content.decode()
    delete_post(answer.topic.posts.get(kind="opening"), by=make_user("boss", "moderator"))
    assert answer.topic.title not in client.get(page).content.decode()


def test_a_kept_page_shows_a_new_badge_at_once(client: Client, answer: Post, asker: User) -> None:
    make_badge(metric="accepted")
    assert "badge en" not in client.get("/en/members/answerer/").content.decode()
    assert "Nobody has it yet" in client.get("/en/badges/").content.decode()
    accept_answer(answer, by=asker)
    assert "badge en" in client.get("/en/members/answerer/").content.decode()
    assert "1 member has it" in client.get("/en/badges/").content.decode()


def test_ones_own_page_keeps_what_was_lost_greyed_with_its_date(
    as_user: Browser, answer: Post, asker: User, answerer: User
) -> None:
    make_badge(metric="accepted", is_revocable=True)
    accept_answer(answer, by=asker)
    mine = as_user(answerer)
    award = Award.objects.get()
    assert f"/badges/awards/{award.key}.json" in mine.get("/en/me/badges/").content.decode()
    unaccept_answer(answer, by=asker)
    body = mine.get("/en/me/badges/").content.decode()
    assert "Lost again" in body
    assert f"/badges/awards/{award.key}.json" not in body
    assert "badge en" not in as_user().get("/en/members/answerer/").content.decode()
    assert as_user().get("/en/me/badges/").status_code == 302


def test_the_api_lists_them(client: Client, asker: User, answerer: User, section: Section) -> None:
    make_badge(metric="answers", is_repeated=True, grade="silver")
    for _number in range(2):
        make_answer(make_topic(asker, section), answerer)
    found = client.get("/api/v1/members/answerer").json()["badges"]
    assert [(one["slug"], one["grade"], one["times"], one["name"]) for one in found] == [
        ("badge", "silver", 2, "badge en")
    ]
    assert client.get("/api/v1/members/asker").json()["badges"] == []


@pytest.mark.parametrize("path", ["/en/badges/", "/en/badges/known/", "/en/me/badges/", "/en/members/known0/"])
def test_pages_ask_as_much_for_many_as_for_few(
    as_user: Browser, path: str, django_assert_num_queries: DjangoAssertNumQueries, section: Section
) -> None:
    badge = make_badge("known")
    give(badge, 2)
    reader = User.objects.get(username="known0")
    Award.objects.create(badge=make_badge("again", metric="comments"), member=reader, scope=f"section:{section.pk}")
    browser = as_user(reader)
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    give(badge, 25, start=2)
    for number in range(12):
        other = make_badge(f"b{number}", metric=list(METRICS)[number], threshold=5 + number)
        Award.objects.create(badge=other, member=reader, scope=f"section:{section.pk}")
    with django_assert_num_queries(len(captured)):
        browser.get(path)
    assert len(captured) <= 16


def test_kept_pages_of_a_crowd_show_their_new_badge_too(client: Client) -> None:
    for number in range(25):
        make_user(f"old{number}", date_joined=timezone.now() - timedelta(days=9))
    assert "badge en" not in client.get("/en/members/old3/").content.decode()
    fill(make_badge(metric="days_member", threshold=7))
    assert "badge en" in client.get("/en/members/old3/").content.decode()
