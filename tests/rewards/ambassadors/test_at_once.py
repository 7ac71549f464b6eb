"""Two clicks at the same instant make one step, one lock, one version."""

import pytest

from community.core.errors import Conflict
from rewards.ambassadors.actions.answering import start_answering
from rewards.ambassadors.actions.charter import accept_invitation
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.candidates import list_candidates
from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import Answering, CandidateList, CharterAcceptance, Step
from tests.community.topics.test_at_once import at_once
from tests.factories.ambassadors import make_ambassador, make_charter, make_manager, state_of
from tests.factories.topics import make_section, make_topic, make_user

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_an_invitation_sent_twice_and_taken_back_is_one_way() -> None:
    manager, member = make_manager(), make_user("member")
    charter = make_charter(manager)
    done = at_once(*[lambda: take_step(member, State.INVITED, by=manager, reason="You help.") for _click in range(4)])
    assert sorted(type(each).__name__ for each in done) == ["NoneType", "NoneType", "NoneType", "Step"]
    done = at_once(
        *[lambda: accept_invitation(charter, by=member) for _click in range(3)],
        lambda: take_step(member, State.DECLINED, by=manager, reason="A mistake."),
    )
    assert all(each is None or isinstance(each, Step | Conflict) for each in done), done
    assert Step.objects.count() == 2
    assert state_of(member) in {State.ACTIVE, State.DECLINED}
    assert CharterAcceptance.objects.count() == (1 if state_of(member) == State.ACTIVE else 0)


def test_two_who_start_answering_at_once_see_the_same_name() -> None:
    manager = make_manager()
    people = [make_ambassador(f"member{number}", manager) for number in range(4)]
    topic = make_topic(make_user("asker"), make_section())
    done = at_once(*[lambda who=who: start_answering(topic, by=who) for who in people])
    assert {each.member_id for each in done if isinstance(each, Answering)} == {Answering.objects.get().member_id}


def test_a_month_is_listed_once() -> None:
    done = at_once(*[list_candidates for _machine in range(4)])
    assert sorted(map(str, done)) == ["0", "None", "None", "None"]
    assert CandidateList.objects.count() == 1
