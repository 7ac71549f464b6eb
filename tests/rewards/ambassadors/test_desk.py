"""The ambassadors' desk: what suits them, who is answering, whom they helped, what nobody else sees."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.core.events import publish, run_receiver
from community.topics.actions.follow import follow_topic, share_problem
from community.topics.actions.resolve import accept_answer
from community.topics.events import AnswerConfirmed
from community.topics.models import Post, Section, Tag, Topic
from rewards.ambassadors.actions.answering import start_answering, stop_answering
from rewards.ambassadors.actions.prefer import Preferences, prefer
from rewards.ambassadors.actions.recount import recount_ambassadors
from rewards.ambassadors.actions.room import write_in_room
from rewards.ambassadors.impact import this_month
from rewards.ambassadors.models import Ambassadorship, Answering, HelpedDay, RoomMessage
from rewards.ambassadors.receivers import recount_helped_readers
from rewards.ambassadors.waiting import TABS, page_of_waiting
from tests.factories.ambassadors import make_ambassador
from tests.factories.topics import make_answer, make_section, make_topic, make_user

pytestmark = pytest.mark.django_db
AsUser = Callable[..., Client]


def queue(member: User, tab: str = "longest") -> list[Topic]:
    own = Ambassadorship.objects.get(member=member)
    return [row.topic for row in page_of_waiting(own, TABS[tab], "")[0]]


def test_the_queue_holds_what_suits(ambassador: User, asker: User, section: Section) -> None:
    walls = make_section("walls")
    mine, english = make_topic(asker, section), make_topic(asker, section)
    french, elsewhere = make_topic(asker, section, lang="fr"), make_topic(asker, walls)
    tagged = make_topic(asker, walls, tags=["leak"])
    make_topic(ambassador, section)
    make_answer(english, make_user("other"))
    assert set(queue(ambassador)) == {mine, french, elsewhere, tagged}
    prefer(
        Preferences(weekly_cap=3, languages=["en"], sections=[section], tags=Tag.objects.filter(slug="leak")),
        by=ambassador,
    )
    assert queue(ambassador) == [mine, tagged]
    make_answer(mine, ambassador)
    assert queue(ambassador) == [tagged]


def test_most_people_come_first_and_each_is_counted_once(ambassador: User, asker: User, section: Section) -> None:
    first, second = make_topic(asker, section), make_topic(asker, section)
    people = [make_user(f"person{number}") for number in range(3)]
    for person in people:
        share_problem(second, by=person)
    share_problem(first, by=people[0])
    follow_topic(second, by=make_user("reader"))
    follow_topic(second, by=ambassador)
    own = Ambassadorship.objects.get(member=ambassador)
    rows, _page = page_of_waiting(own, TABS["shared"], "")
    assert [(row.topic, row.people) for row in rows] == [(second, 5), (first, 2)]


def test_answering_is_seen_ends_by_itself_and_forbids_nothing(ambassador: User, manager: User, topic: Topic) -> None:
    other = make_ambassador("bela", manager)
    mine = start_answering(topic, by=ambassador)
    assert start_answering(topic, by=other) == mine
    make_answer(topic, other)
    assert Answering.objects.now().get().member == ambassador
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert not Answering.objects.now().exists()
        assert start_answering(topic, by=other).member == other
        assert not stop_answering(topic, by=ambassador)
        assert stop_answering(topic, by=other)


def test_people_saved_a_call_are_readers_and_those_who_share(ambassador: User, asker: User, section: Section) -> None:
    topic = make_topic(asker, section)
    for number in range(2):
        share_problem(topic, by=make_user(f"person{number}"))
    post = make_answer(topic, ambassador)
    accept_answer(post, by=asker)
    with transaction.atomic():
        for by in (None, None, asker.pk, ambassador.pk):
            publish(AnswerConfirmed(topic_id=topic.pk, post_id=post.pk, by_id=by))
    impact = this_month(ambassador, timezone.now())
    assert (impact.readers, impact.sharing, impact.solved, impact.people) == (3, 2, 1, 5)
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        assert this_month(ambassador, timezone.now()).people == 0


def test_a_count_that_is_made_again_is_the_same(answer: Post) -> None:
    event = AnswerConfirmed(topic_id=answer.topic_id, post_id=answer.pk, by_id=None)
    with transaction.atomic():
        publish(event)
        publish(event)
    for _number in range(2):
        assert run_receiver(recount_helped_readers, event)
    assert HelpedDay.objects.get().count == 2
    assert recount_ambassadors() == 0
    HelpedDay.objects.update(count=7)
    User.objects.update(is_ambassador=True)
    assert recount_ambassadors() == 3
    assert HelpedDay.objects.get().count == 2
    HelpedDay.objects.all().delete()
    assert recount_ambassadors() == 1


def test_whoever_gave_enough_is_thanked(as_user: AsUser, ambassador: User, asker: User, section: Section) -> None:
    Ambassadorship.objects.update(weekly_cap=1)
    make_answer(make_topic(asker, section), ambassador)
    page = as_user(ambassador).get("/en/ambassadors/desk/").content.decode()
    assert "You gave 1 answer this week, as many as you wanted to." in page


def test_hours_and_fields_are_set_on_a_page(as_user: AsUser, ambassador: User, section: Section, topic: Topic) -> None:
    browser, address = as_user(ambassador), "/en/ambassadors/desk/preferences/"
    sent = {"sections": [section.pk], "languages": ["en"], "weekly_cap": "4", "tags": "", "starts_0": "19:00"}
    page = browser.post(address, sent)
    assert page.status_code == 422
    assert "Write both hours, or neither." in page.content.decode()
    wrong = browser.post(address, {**sent, "starts_0": "", "tags": "nothing like it"})
    assert "There is no tag called “nothing like it”." in wrong.content.decode()
    assert browser.post(address, {**sent, "ends_0": "21:30"}).status_code == 302
    own = Ambassadorship.objects.get()
    assert (own.weekly_cap, own.languages, list(own.sections.all())) == (4, ["en"], [section])
    with time_machine.travel("2026-11-25T12:00Z", tick=False):
        assert "These are not your hours." in browser.get("/en/ambassadors/desk/").content.decode()
    with time_machine.travel("2026-11-23T19:30Z", tick=False):
        assert "These are not your hours." not in browser.get("/en/ambassadors/desk/").content.decode()


def test_the_room_is_for_ambassadors_and_the_team_alone(
    as_user: AsUser, ambassador: User, staff_member: User, stranger: User
) -> None:
    browser = as_user(ambassador)
    for _click in range(2):
        browser.post("/en/ambassadors/room/", {"body": "A <b>secret</b> **word**", "key": "once"})
    assert RoomMessage.objects.count() == 1
    page = as_user(staff_member).get("/en/ambassadors/room/").content.decode()
    assert "A &lt;b&gt;secret&lt;/b&gt; <strong>word</strong>" in page
    for reader in (stranger, None):
        response = as_user(reader).get("/en/ambassadors/room/")
        assert response.status_code in {302, 403}
        assert "secret" not in response.content.decode()
        assert not RoomMessage.objects.visible_to(reader or AnonymousUser()).exists()
    message = RoomMessage.objects.get()
    assert as_user(staff_member).post(f"/en/ambassadors/room/{message.pk}/remove/").status_code == 403
    browser.post(f"/en/ambassadors/room/{message.pk}/remove/")
    assert not RoomMessage.objects.exists()


def test_the_room_costs_the_same_whatever_its_size(
    as_user: AsUser, ambassador: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = as_user(ambassador)
    for number in range(2):
        write_in_room("Hello.", by=ambassador, key=str(number))
    browser.get("/en/ambassadors/room/")
    with django_assert_num_queries(8):
        browser.get("/en/ambassadors/room/")
    for number in range(2, 9):
        write_in_room("Hello.", by=ambassador, key=str(number))
    with django_assert_num_queries(8):
        browser.get("/en/ambassadors/room/")
