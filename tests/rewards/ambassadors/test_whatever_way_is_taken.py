"""Whatever steps people and time try in whatever order: only the ways that exist are taken, and all is written down."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from community.accounts.models import User
from community.core.errors import Conflict
from rewards.ambassadors.actions.charter import accept_charter, accept_invitation, publish_charter
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.keeping import keep_programme
from rewards.ambassadors.lifecycle import ACTIVE_STATES, SERVING, STEPS, State, Who, may
from rewards.ambassadors.models import Ambassadorship, CharterAcceptance, Step, charter_in_force
from tests.factories.ambassadors import make_charter, make_manager, state_of
from tests.factories.topics import make_user

MEMBERS = st.integers(0, 1)
REFUSALS = (PermissionDenied, ValidationError, Conflict)


class Programme(RuleBasedStateMachine):
    """Two members, the team, and the time that passes."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.savepoint()
        self.manager = User.objects.get(username="manager")
        self.members = list(User.objects.filter(username__startswith="member").order_by("pk"))
        self.now = timezone.now()
        self.versions = 1

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.undo)

    @rule(
        which=st.integers(0, 1),
        after=st.sampled_from(State),
        by=st.sampled_from(Who),
        reason=st.sampled_from(["", "So."]),
    )
    def attempt(self, which: int, after: State, by: Who, reason: str) -> None:
        member = self.members[which]
        before, count = state_of(member), Step.objects.count()
        actor = {Who.SELF: member, Who.TEAM: self.manager, Who.SYSTEM: None}[by]
        try:
            step = take_step(member, after, by=actor, reason=reason, at=self.now)
        except REFUSALS:
            assert state_of(member) == before
            assert Step.objects.count() == count
            return
        assert (step is None) == (before == after)
        if step is not None:
            assert may(by, before, after)
            assert (step.before, step.after, step.at) == (before, after, self.now)

    @rule(which=MEMBERS)
    def agree(self, which: int) -> None:
        member, charter = self.members[which], charter_in_force()
        assert charter is not None
        before = state_of(member)
        try:
            if before in SERVING:
                accept_charter(charter, by=member)
            else:
                accept_invitation(charter, by=member, at=self.now)
        except Conflict:
            assert before != State.INVITED
            return
        assert CharterAcceptance.objects.filter(member=member, charter=charter).count() == 1

    @rule()
    def another_charter(self) -> None:
        self.versions += 1
        publish_charter(by=self.manager, text_fr="Oui.", text_en=f"Version {self.versions}.")

    @rule(days=st.sampled_from([1, 30, 200, 370]))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        keep_programme(self.now)
        today = timezone.localdate(self.now)
        assert not [row for row in Ambassadorship.objects.all() if row.is_review_due(today)]
        assert keep_programme(self.now) == 0

    @invariant()
    def history_is_a_way_that_exists(self) -> None:
        for row in Ambassadorship.objects.all():
            steps = list(row.steps.order_by("id").values_list("before", "after"))
            assert steps[0][0] == ""
            assert all(step in STEPS for step in steps)
            assert [after for _before, after in steps[:-1]] == [before for before, _after in steps[1:]]
            assert steps[-1][1] == row.state

    @invariant()
    def the_mark_is_for_those_who_hold_the_role(self) -> None:
        holding = set(Ambassadorship.objects.filter(state__in=ACTIVE_STATES).values_list("member", flat=True))
        assert set(User.objects.filter(is_ambassador=True).values_list("pk", flat=True)) == holding

    @invariant()
    def whoever_serves_has_a_term_and_no_review_on_leave(self) -> None:
        for row in Ambassadorship.objects.all():
            assert (row.review_on is not None) == (row.state in SERVING)
            assert (row.left_on is not None) == (row.state == State.ON_LEAVE)


@pytest.mark.django_db
@pytest.mark.parametrize("examples", [5, pytest.param(60, marks=pytest.mark.slow)])
def test_whatever_way_is_taken_it_is_one_that_exists(examples: int) -> None:
    make_charter(make_manager())
    for number in range(2):
        make_user(f"member{number}")
    run_state_machine_as_test(Programme, settings=settings(max_examples=examples, stateful_step_count=25))
