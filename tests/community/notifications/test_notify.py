"""Telling people something: once, never to oneself, counted."""

import pytest

from community.accounts.models import User
from community.notifications.actions.mark_read import mark_read, withdraw
from community.notifications.actions.notify import notify, notify_all
from community.notifications.models import Notification

pytestmark = pytest.mark.django_db


def unread(user) -> int:
    return User.objects.get(pk=user.pk).unread_notifications


def test_someone_is_told_once_however_often_it_is_said(nadia, john):
    assert notify(nadia, "visit", actor=john, data={"post_id": 5})
    assert not notify(nadia, "visit", actor=john, data={"post_id": 5})
    assert Notification.objects.count() == 1
    assert unread(nadia) == 1


def test_a_key_makes_different_things_the_same(nadia, john):
    assert notify(nadia, "visit", actor=john, data={"post_id": 5}, key="visit-1")
    assert not notify(nadia, "visit", data={"post_id": 6}, key="visit-1")


def test_nobody_is_told_what_they_did_themselves(nadia):
    assert not notify(nadia, "visit", actor=nadia)
    assert not Notification.objects.exists()


def test_a_closed_account_is_told_nothing(person):
    assert not notify(person("gone", is_active=False), "visit")


def test_a_kind_that_nobody_registered_is_a_mistake(nadia):
    with pytest.raises(LookupError):
        notify(nadia, "unheard-of")


def test_many_are_told_at_the_cost_of_few(person, john, django_assert_max_num_queries):
    people = [person(f"follower{number}") for number in range(30)]
    with django_assert_max_num_queries(8):
        told = notify_all([john.pk, *(one.pk for one in people)], "visit", actor=john, data={"post_id": 1})
    assert told == sorted(one.pk for one in people)
    assert unread(people[29]) == 1


def test_reading_counts_down_and_mends_a_count_that_drifted(nadia, john):
    notify(nadia, "visit", actor=john, data={"post_id": 1})
    notify(nadia, "visit", actor=john, data={"post_id": 2})
    User.objects.filter(pk=nadia.pk).update(unread_notifications=40)
    first = Notification.objects.order_by("pk").first()
    assert mark_read(by=nadia, only=[first.pk])
    assert unread(nadia) == 1
    assert mark_read(by=nadia)
    assert not mark_read(by=nadia)
    assert unread(nadia) == 0


def test_nobody_reads_for_another(nadia, john):
    notify(nadia, "visit", actor=john)
    assert not mark_read(by=john, only=list(Notification.objects.values_list("pk", flat=True)))
    assert unread(nadia) == 1


def test_what_is_gone_is_taken_back(nadia, john):
    notify(nadia, "visit", actor=john, data={"post_id": 1})
    notify(nadia, "visit", actor=john, data={"post_id": 2})
    assert withdraw("visit", post_id=1) == 1
    assert unread(nadia) == 1
