"""The way of an ambassador: each step dated, explained and mailed; leave lets the review wait; nothing by itself."""

from datetime import datetime, time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from community.accounts.actions.roles import set_role
from community.accounts.member_page import author_mark
from community.accounts.models import Role, User
from community.core.errors import Conflict
from community.notifications.models import Notification
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.models import Post, Resolution
from rewards.ambassadors.actions.apply import apply
from rewards.ambassadors.actions.charter import accept_charter, accept_invitation
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.keeping import keep_programme
from rewards.ambassadors.lifecycle import State, end_of_term
from rewards.ambassadors.models import Ambassadorship, CharterVersion, Step, charter_in_force
from tests.factories.ambassadors import make_ambassador, make_charter, make_manager, state_of
from tests.factories.topics import make_user

pytestmark = pytest.mark.django_db


def reachable(user: User) -> User:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def row_of(member: User) -> Ambassadorship:
    return Ambassadorship.objects.get(member=member)


def test_each_step_is_mailed_once_in_the_members_language(manager: User, stranger: User) -> None:
    make_charter(manager)
    reachable(stranger)
    User.objects.filter(pk=stranger.pk).update(language="fr")
    apply("J’aime aider.", by=stranger)
    take_step(stranger, State.INVITED, by=manager, reason="Avec plaisir.")
    assert take_step(stranger, State.INVITED, by=manager, reason="Avec plaisir.") is None
    assert [message.subject for message in mail.outbox] == [
        "Vous vous êtes porté candidat pour être ambassadeur de Entraide",
        "Entraide vous invite à devenir ambassadeur",
    ]
    assert "Avec plaisir." in mail.outbox[1].body
    assert "manager" in mail.outbox[1].body
    assert Notification.objects.filter(user=stranger, kind="ambassador_step").count() == 1


def test_being_found_is_heard_by_nobody(manager: User, stranger: User) -> None:
    reachable(stranger)
    take_step(stranger, State.CANDIDATE, by=None)
    take_step(stranger, State.DECLINED, by=manager, reason="Not now.")
    assert mail.outbox == []
    assert not Notification.objects.exists()


def test_an_ambassador_is_marked_and_says_what_solved(ambassador: User, answer: Post) -> None:
    mark = author_mark(ambassador)
    assert mark is not None
    assert mark.label == "ambassador"
    accept_answer(answer, by=ambassador)
    assert Resolution.objects.get().accepted_as == "ambassador"
    take_step(ambassador, State.ON_LEAVE, by=ambassador)
    with pytest.raises(PermissionDenied):
        unaccept_answer(answer, by=ambassador)
    take_step(ambassador, State.ACTIVE, by=ambassador)
    assert unaccept_answer(answer, by=ambassador)


def test_leave_makes_the_review_wait(ambassador: User) -> None:
    today = timezone.localdate()
    due = row_of(ambassador).review_on
    assert due == end_of_term(today)
    back_on = today + timedelta(days=100)
    take_step(ambassador, State.ON_LEAVE, by=ambassador, back_on=back_on)
    first_moment = timezone.make_aware(datetime.combine(back_on, time.min))
    keep_programme(first_moment - timedelta(seconds=1))
    assert state_of(ambassador) == State.ON_LEAVE
    keep_programme(first_moment)
    assert state_of(ambassador) == State.ACTIVE
    assert due is not None
    assert row_of(ambassador).review_on == due + timedelta(days=100)


def test_no_review_falls_due_on_leave_and_none_takes_the_role_away(ambassador: User, manager: User) -> None:
    take_step(ambassador, State.ON_LEAVE, by=ambassador)
    later = timezone.now() + timedelta(days=500)
    keep_programme(later)
    assert state_of(ambassador) == State.ON_LEAVE
    take_step(ambassador, State.ACTIVE, by=ambassador, at=later)
    keep_programme(later + timedelta(days=400))
    assert state_of(ambassador) == State.REVIEW_DUE
    keep_programme(later + timedelta(days=2000))
    ambassador.refresh_from_db()
    assert ambassador.is_ambassador
    take_step(ambassador, State.ACTIVE, by=manager, at=later + timedelta(days=2000))
    assert row_of(ambassador).review_on == end_of_term(timezone.localdate(later + timedelta(days=2000)))


def test_the_team_says_why_and_nobody_steps_for_others(manager: User, ambassador: User, stranger: User) -> None:
    for after in (State.ENDED, State.EMERITUS):
        with pytest.raises(ValidationError):
            take_step(ambassador, after, by=manager, reason="  ")
    with pytest.raises(PermissionDenied):
        take_step(ambassador, State.ENDED, by=stranger, reason="Jealous.")
    with pytest.raises(PermissionDenied):
        take_step(stranger, State.INVITED, by=ambassador, reason="A friend.")
    with pytest.raises(PermissionDenied):
        take_step(make_user("colleague", Role.STAFF), State.INVITED, by=manager, reason="You are good.")
    with pytest.raises(Conflict):
        take_step(ambassador, State.DECLINED, by=manager, reason="Too late: they agreed.")
    assert state_of(ambassador) == State.ACTIVE


def test_who_was_declined_waits_and_only_one_application_is_open(manager: User, stranger: User) -> None:
    now = timezone.now()
    assert apply("I like taps.", by=stranger, at=now)
    assert apply("I like taps a lot.", by=stranger, at=now) is None
    take_step(stranger, State.DECLINED, by=manager, reason="Please answer a little more first.", at=now)
    with pytest.raises(PermissionDenied):
        apply("Now?", by=stranger, at=now + timedelta(days=89))
    assert apply("Now.", by=stranger, at=now + timedelta(days=91))


def test_nobody_is_invited_before_there_is_a_charter(db: None, stranger: User) -> None:
    with pytest.raises(ValidationError):
        take_step(stranger, State.INVITED, by=make_manager(), reason="You help so many.")
    assert not Step.objects.exists()


def test_a_charter_is_never_edited_and_a_new_one_asks_again(ambassador: User, manager: User, stranger: User) -> None:
    first = charter_in_force()
    assert first is not None
    with pytest.raises(ValueError, match="not edited"):
        first.save()
    take_step(stranger, State.INVITED, by=manager, reason="You too.")
    second = make_charter(manager, "We are kind and patient.")
    assert make_charter(manager, "We are kind and patient.") == second
    assert Notification.objects.filter(user=ambassador, kind="ambassador_charter").count() == 1
    with pytest.raises(Conflict):
        accept_invitation(first, by=stranger)
    assert state_of(stranger) == State.INVITED
    assert accept_charter(second, by=ambassador)
    assert not accept_charter(second, by=ambassador)
    with pytest.raises(PermissionDenied):
        accept_charter(second, by=stranger)
    assert CharterVersion.objects.get(pk=first.pk).text_en == "We are kind."


def test_a_closed_account_leaves_and_its_history_stays(manager: User, ambassador: User) -> None:
    reachable(ambassador)
    invited = make_user("invited")
    take_step(invited, State.INVITED, by=manager, reason="You too.")
    mail.outbox.clear()
    User.objects.filter(pk__in=[ambassador.pk, invited.pk]).update(is_active=False)
    assert keep_programme() == 2
    assert (state_of(ambassador), state_of(invited)) == (State.ENDED, State.DECLINED)
    ambassador.refresh_from_db()
    assert not ambassador.is_ambassador
    assert [step.after for step in Step.objects.filter(ambassadorship__member=ambassador).order_by("id")] == [
        State.INVITED,
        State.ACTIVE,
        State.ENDED,
    ]
    assert mail.outbox == []


def test_an_ambassador_who_joins_the_team_is_shown_as_of_the_team(manager: User) -> None:
    member = make_ambassador("amina", manager)
    set_role(member, Role.STAFF, by=manager)
    mark = author_mark(member)
    assert mark is not None
    assert mark.icon == "staff"
