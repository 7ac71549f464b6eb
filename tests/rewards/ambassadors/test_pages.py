"""The programme's pages, as the public, members and ambassadors see them."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.topics.models import Section, Topic
from rewards.ambassadors.actions.answering import start_answering
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.lifecycle import State
from tests.factories.ambassadors import make_ambassador, make_charter, state_of
from tests.factories.topics import make_topic

pytestmark = pytest.mark.django_db
AsUser = Callable[..., Client]


def test_everyone_reads_the_programme_and_its_charter(client: Client, ambassador: User) -> None:
    page = client.get("/en/ambassadors/").content.decode()
    assert "We are kind." in page
    assert "amina" in page
    assert "We are kind. (fr)" in client.get("/fr/ambassadors/").content.decode()


def test_only_who_is_no_ambassador_yet_is_asked_to_apply(
    as_user: AsUser, ambassador: User, stranger: User, client: Client
) -> None:
    for reader in (client, as_user(stranger)):
        assert '<a class="button button--primary" href="/en/ambassadors/me/">' in reader.get("/en/ambassadors/").text
    page = as_user(ambassador).get("/en/ambassadors/").text
    assert 'href="/en/ambassadors/me/"' not in page
    assert 'href="/en/ambassadors/desk/">' in page


def test_a_member_applies_is_invited_agrees_and_has_a_desk(as_user: AsUser, manager: User, stranger: User) -> None:
    browser = as_user(stranger)
    make_charter(manager)
    assert browser.get("/en/ambassadors/desk/").status_code == 403
    assert browser.post("/en/ambassadors/me/apply/", {"why": ""}).status_code == 422
    browser.post("/en/ambassadors/me/apply/", {"why": "I like taps."})
    assert state_of(stranger) == State.APPLIED
    assert "I like taps." in browser.get("/en/ambassadors/me/").content.decode()
    take_step(stranger, State.INVITED, by=manager, reason="Yes please.")
    assert "Yes please." in browser.get("/en/ambassadors/me/").content.decode()
    browser.post("/en/ambassadors/me/agree/", {"charter": "1"})
    assert state_of(stranger) == State.ACTIVE
    assert browser.get("/en/ambassadors/desk/").status_code == 200


def test_the_desk_costs_the_same_whatever_its_size(
    as_user: AsUser,
    ambassador: User,
    asker: User,
    section: Section,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = as_user(ambassador)
    start_answering(make_topic(asker, section), by=ambassador)
    browser.get("/en/ambassadors/desk/")
    with django_assert_num_queries(19):
        browser.get("/en/ambassadors/desk/")
    for _number in range(6):
        make_topic(asker, section)
    with django_assert_num_queries(19):
        page = browser.get("/en/ambassadors/desk/").content.decode()
    assert page.count("waiting__actions") == 7


def test_who_is_answering_is_seen_by_others(as_user: AsUser, manager: User, ambassador: User, topic: Topic) -> None:
    other = make_ambassador("bela", manager)
    browser, theirs = as_user(ambassador), as_user(other)
    assert "Are you going to answer?" in browser.get(topic.get_absolute_url()).content.decode()
    browser.post(f"/en/ambassadors/answering/{topic.pk}/")
    for path in ("/en/ambassadors/desk/", topic.get_absolute_url()):
        assert "amina is answering, until" in theirs.get(path).content.decode()
    browser.post(f"/en/t/{topic.pk}/answer/", {"body": "Change the washer.", "key": "k"})
    assert "amina is answering" not in theirs.get(topic.get_absolute_url()).content.decode()
