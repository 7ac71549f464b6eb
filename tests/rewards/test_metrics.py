"""What is counted of members, net of what was taken away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.accounts.models import User
from community.topics.actions.delete import delete_post
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Section, Topic
from rewards.metrics import METRICS, Field, measure, measure_by
from tests.factories.topics import make_answer, make_section, make_topic, make_user

pytestmark = pytest.mark.django_db


def test_every_measure_counts_by_member_time_and_field(answer: Post, asker: User, section: Section) -> None:
    accept_answer(answer, by=asker)
    vote_post(answer, by=asker, value=1)
    for name in METRICS:
        everybody = measure(name)
        assert all(count > 0 for count in everybody.values()), name
        assert measure(name, members=[]) == {}, name
        if METRICS[name].topic is None:
            continue
        assert measure(name, since=timezone.now() + timedelta(days=1)) == {}, name
        assert measure(name, field=Field(section.pk)) == everybody, name
        assert measure(name, field=Field(make_section(f"other-{name}").pk)) == {}, name


def test_deeds_are_counted(answer: Post, asker: User, answerer: User) -> None:
    vote_post(answer, by=asker, value=1)
    accept_answer(answer, by=asker)
    who = answerer.pk
    for name in ("answers", "accepted", "votes_received", "people_helped", "quick_accepted", "sections_helped"):
        assert measure(name) == {who: 1}, name
    assert measure("votes_given") == {asker.pk: 1}
    assert measure("reputation") == {who: 25, asker.pk: 2}


def test_what_is_taken_away_no_longer_counts(answer: Post, asker: User, answerer: User) -> None:
    accept_answer(answer, by=asker)
    unaccept_answer(answer, by=asker)
    assert measure("accepted") == {}
    accept_answer(answer, by=asker)
    delete_post(answer, by=answerer)
    for name in ("answers", "accepted", "people_helped", "reputation"):
        assert answerer.pk not in measure(name), name


def test_people_are_helped_once_however_often(asker: User, answerer: User, section: Section) -> None:
    for _number in range(2):
        accept_answer(make_answer(make_topic(asker, section), answerer), by=asker)
    assert measure("accepted") == {answerer.pk: 2}
    assert measure("people_helped") == {answerer.pk: 1}


def test_nobody_counts_for_what_they_do_for_themselves(topic: Topic, asker: User) -> None:
    own = make_answer(topic, asker)
    accept_answer(own, by=asker)
    assert measure("answers") == {} == measure("accepted")


def test_an_old_question_is_brought_back(asker: User, answerer: User, section: Section) -> None:
    old, new = make_topic(asker, section), make_topic(asker, section)
    Topic.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=61))
    for topic in (old, new):
        accept_answer(make_answer(topic, answerer), by=asker)
    assert measure("old_solved") == {answerer.pk: 1} == measure("quick_accepted")


def test_by_section_the_counts_add_up(asker: User, answerer: User, section: Section) -> None:
    other = make_section("garden")
    for place in (section, section, other):
        make_answer(make_topic(asker, place), answerer)
    assert measure_by("answers", "section") == {(answerer.pk, section.pk): 2, (answerer.pk, other.pk): 1}


def test_days_nights_and_languages(asker: User, answerer: User, section: Section) -> None:
    for lang, hour in (("en", 23), ("en", 4), ("fr", 5), ("fr", 12)):
        written = make_answer(make_topic(asker, section, lang=lang), answerer)
        at = timezone.localtime().replace(2026, 11, 20, hour, 30)
        Post.objects.filter(pk=written.pk).update(created_at=at)
    User.objects.filter(pk=answerer.pk).update(date_joined=timezone.now() - timedelta(days=9, hours=23))
    assert measure("night_answers") == {answerer.pk: 2}
    assert measure("days_active")[answerer.pk] == 1
    assert measure("languages_answered") == {answerer.pk: 2}
    assert measure("days_member") == {answerer.pk: 9}


def test_what_a_measure_does_not_know_is_refused() -> None:
    for bounds in ({"since": timezone.now()}, {"field": Field(1)}):
        with pytest.raises(ValueError, match=r"has no date|is about no"):
            measure("days_member", **bounds)
    with pytest.raises(ValueError, match="is about no"):
        measure("questions", field=Field(votes=2))


def test_members_can_be_asked_for_alone(answer: Post, asker: User, answerer: User) -> None:
    make_answer(answer.topic, make_user("third"))
    assert measure("answers", members=[answerer.pk, asker.pk]) == {answerer.pk: 1}
