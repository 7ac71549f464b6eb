"""Whatever people do in whatever order, and however often it is told again, totals equal the ledger and limits hold."""

from collections import Counter
from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from community.accounts.actions.erase import erase_member
from community.accounts.models import Role, User
from community.core.events import Event
from community.core.models import BackgroundTask, LoggedEvent
from community.topics.actions.delete import delete_post, restore_post
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Section
from rewards.ledger import facts
from rewards.ledger.recompute import differences
from rewards.ledger.settling import reverse, settle
from rewards.ledger.sweep import give_again
from rewards.models import Entry, Reason
from rewards.receivers import settle_posts
from rewards.rules import FLOOR, RULES, Tariff, tariff_of
from tests.factories.topics import make_answer, make_section, make_topic, make_user

ROLES = (Role.MEMBER, Role.MEMBER, Role.MEMBER, Role.EXPERT, Role.MODERATOR)
PEOPLE = st.integers(0, len(ROLES) - 1)
ANSWERS = st.integers(0, 3)
# Small enough that the machine reaches it.
CAPPED = Tariff({**tariff_of("growing", {}, None).points, "spam": -30}, 35)


class Ledger(RuleBasedStateMachine):
    """Four answers by two people, voted on, accepted, taken away and reviewed by five."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.savepoint()
        self.people = list(User.objects.order_by("pk"))
        topics = [make_topic(self.people[0], Section.objects.get()) for _ in range(2)]
        self.posts = [make_answer(topic, author).pk for topic in topics for author in self.people[1:3]]

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.undo)

    def attempt(self, act: object, which: int, **named: object) -> None:
        try:
            act(Post.objects.select_related("topic").get(pk=self.posts[which]), **named)  # type: ignore[operator]
        except PermissionDenied:
            return

    @rule(who=PEOPLE, which=ANSWERS, value=st.sampled_from([1, 0, -1]))
    def vote(self, who: int, which: int, value: int) -> None:
        self.attempt(vote_post, which, by=self.people[who], value=value)

    @rule(who=PEOPLE, which=ANSWERS, act=st.sampled_from([accept_answer, unaccept_answer, delete_post, restore_post]))
    def act(self, who: int, which: int, act: object) -> None:
        self.attempt(act, which, by=self.people[who])

    @rule(who=PEOPLE, which=ANSWERS)
    def sanction(self, who: int, which: int) -> None:
        self.attempt(delete_post, which, by=self.people[who], as_spam=True)

    @rule(which=ANSWERS, reason=st.sampled_from([Reason.SERIES, Reason.RESTORED]))
    def review(self, which: int, reason: str) -> None:
        last = Entry.objects.filter(object_id=self.posts[which], reversed_by=None)
        if reason == Reason.SERIES:
            reverse([entry for entry in last if entry.pays][:1], reason=reason)
        else:
            give_again([entry for entry in last if entry.reason == Reason.SERIES][:1])

    @rule(who=PEOPLE)
    def erase(self, who: int) -> None:
        """Whoever leaves for good takes no point from anybody."""
        before = dict(User.objects.values_list("pk", "reputation"))
        with suppress(PermissionDenied):
            erase_member(self.people[who], by=self.people[who])
        assert dict(User.objects.values_list("pk", "reputation")) == before

    @rule(ago=st.integers(1, 10))
    def tell_again(self, ago: int) -> None:
        """An event that was not handled comes late: what it said may be over by now."""
        for logged in LoggedEvent.objects.filter(kind__in=["PostVoted", "AnswerAccepted"]).order_by("-pk")[
            ago - 1 : ago
        ]:
            before = Entry.objects.count()
            settle_posts(Event.registered[logged.kind](**logged.data))  # type: ignore[arg-type]
            assert Entry.objects.count() == before

    @invariant()
    def every_total_equals_the_ledger(self) -> None:
        assert list(differences()) == []

    @invariant()
    def the_ledger_is_what_the_rows_say(self) -> None:
        assert settle(facts.of_posts(self.posts)) == []

    @invariant()
    def nobody_is_below_the_floor_or_over_the_cap(self) -> None:
        assert all(user.reputation >= FLOOR for user in User.objects.all())
        gained: Counter[tuple[int, object]] = Counter()
        for entry in Entry.objects.filter(generation=0, effective__gt=0):
            if RULES[entry.rule].is_capped:
                gained[entry.member_id, entry.day] += entry.effective
        assert max(gained.values(), default=0) <= CAPPED.most_a_day

    @invariant()
    def nothing_comes_from_oneself(self) -> None:
        own = Post.objects.filter(pk__in=self.posts).values_list("pk", "author")
        for pk, author in own:
            assert not Entry.objects.filter(object_kind="post", object_id=pk, actor=author).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("examples", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_whatever_people_do_the_ledger_is_right(monkeypatch: pytest.MonkeyPatch, examples: int) -> None:
    monkeypatch.setattr("rewards.ledger.settling.tariff", lambda: CAPPED)
    make_section()
    for number, role in enumerate(ROLES):
        make_user(f"person{number}", role)
    run_state_machine_as_test(Ledger, settings=settings(max_examples=examples, stateful_step_count=20))
    assert not BackgroundTask.objects.exists()
