"""Candidates: found once a month by figures that are kept, and left in peace when they said no."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from community.accounts.models import Role, User
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.models import Post, Section
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.candidates import list_candidates
from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import Candidate, CandidateList, ProgrammeSettings
from rewards.models import Entry
from tests.factories.ambassadors import make_charter, make_manager, state_of
from tests.factories.topics import make_answer, make_section, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _low_thresholds(db: None) -> None:
    site = Site.objects.get(is_default_site=True)
    ProgrammeSettings.objects.create(site=site, least_accepted=3, least_share=40, least_people=2)


def solve(helper: User, section: Section, askers: list[User]) -> list[Post]:
    posts = [make_answer(make_topic(asker, section), helper) for asker in askers]
    for post in posts:
        accept_answer(post, by=post.topic.author)
    return posts


def test_who_reaches_the_thresholds_is_listed_with_frozen_figures(section: Section, asker: User) -> None:
    helper, second = make_user("helper"), make_user("second")
    posts = solve(helper, section, [asker, asker, second])
    solve(make_user("one_person_only"), section, [asker, asker, asker])
    solve(make_user("colleague", Role.STAFF), section, [asker, second, asker])
    assert list_candidates() == 1
    found = Candidate.objects.get()
    assert (found.member, found.section, state_of(helper)) == (helper, section, State.CANDIDATE)
    assert found.figures == {
        "accepted": 3,
        "attempted": 3,
        "share": 64,
        "people": 2,
        "flags": 0,
        "sections": {str(section.pk): 3},
    }
    unaccept_answer(posts[0], by=asker)
    assert list_candidates() is None
    assert Candidate.objects.get().figures["accepted"] == 3
    assert CandidateList.objects.get().thresholds["accepted"] == 3


def test_many_answers_of_which_few_are_accepted_are_not_enough(section: Section, asker: User) -> None:
    helper = make_user("helper")
    solve(helper, section, [asker, make_user("second"), asker])
    for _number in range(5):
        make_answer(make_topic(asker, section), helper)
    assert list_candidates() == 0


def test_an_upheld_flag_keeps_off_the_list(section: Section, asker: User) -> None:
    helper = make_user("helper")
    posts = solve(helper, section, [asker, make_user("second"), asker])
    Entry.objects.create(
        member=helper, by_key="1", rule="spam", object_kind="post", object_id=posts[0].pk, nominal=-100, effective=-45,
        day=timezone.localdate(),
    )  # fmt: skip
    assert list_candidates() == 0


def test_old_help_does_not_count(section: Section, asker: User) -> None:
    solve(make_user("helper"), section, [asker, make_user("second"), asker])
    Post.objects.update(created_at=timezone.now() - timedelta(days=91))
    assert list_candidates() == 0


def test_who_said_no_is_left_in_peace_for_half_a_year(section: Section, asker: User) -> None:
    manager, helper = make_manager(), make_user("helper")
    make_charter(manager)
    solve(helper, section, [asker, make_user("second"), asker])
    now = timezone.now()
    take_step(helper, State.INVITED, by=manager, reason="You help.", at=now)
    take_step(helper, State.DECLINED, by=helper, at=now)
    assert list_candidates(now + timedelta(days=60)) == 0
    Post.objects.update(created_at=now + timedelta(days=150))
    assert list_candidates(now + timedelta(days=200)) == 1
    assert state_of(helper) == State.CANDIDATE


def test_sections_tell_where_the_help_was_given(section: Section, asker: User) -> None:
    helper, other = make_user("helper"), make_section("walls")
    solve(helper, other, [asker, make_user("second")])
    solve(helper, section, [asker])
    list_candidates()
    assert Candidate.objects.get().section == other
