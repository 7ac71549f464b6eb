"""Whatever six people do in whatever order, every stored count equals the rows that it counts."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from community.accounts.models import Role, User
from community.core.models import BackgroundTask
from community.topics.actions.answer import post_answer, post_comment
from community.topics.actions.delete import delete_post, restore_post
from community.topics.actions.follow import share_problem, unfollow_topic, unshare_problem
from community.topics.actions.recount import recount_post, recount_section, recount_topic
from community.topics.actions.resolve import accept_answer, reopen_topic, solve_otherwise, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, PostVote, Resolution, Section, Topic
from tests.factories.topics import make_section, make_topic, make_user, opening_of

ROLES = (Role.MEMBER, Role.MEMBER, Role.MEMBER, Role.EXPERT, Role.STAFF, Role.MODERATOR)
PEOPLE = st.integers(0, len(ROLES) - 1)


class Community(RuleBasedStateMachine):
    """One question, answered, voted on, settled and taken away by six people."""

    posts = Bundle("posts")

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.savepoint()
        self.people = list(User.objects.order_by("pk"))
        self.topic_id = make_topic(self.people[0], Section.objects.get()).pk

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.undo)

    @property
    def topic(self) -> Topic:
        return Topic.objects.get(pk=self.topic_id)

    def post(self, pk: int) -> Post:
        return Post.objects.select_related("topic").get(pk=pk)

    def attempt(self, act: object, *arguments: object, **named: object) -> object:
        """Do something, or be refused with a sentence: both leave everything right."""
        try:
            return act(*arguments, **named)  # type: ignore[operator]
        except PermissionDenied:
            return None

    @initialize(target=posts)
    def start(self) -> int:
        return opening_of(self.topic).pk

    @rule(target=posts, who=PEOPLE)
    def answer(self, who: int) -> int:
        made = self.attempt(post_answer, self.topic, by=self.people[who], body="An answer.")
        return made.pk if isinstance(made, Post) else opening_of(self.topic).pk

    @rule(target=posts, who=PEOPLE, under=posts)
    def comment(self, who: int, under: int) -> int:
        made = self.attempt(post_comment, self.post(under), by=self.people[who], body="A comment.")
        return made.pk if isinstance(made, Post) else under

    @rule(who=PEOPLE, post=posts, value=st.sampled_from([1, 0, -1]))
    def vote(self, who: int, post: int, value: int) -> None:
        self.attempt(vote_post, self.post(post), by=self.people[who], value=value)

    @rule(who=PEOPLE, post=posts, act=st.sampled_from([accept_answer, unaccept_answer, delete_post, restore_post]))
    def settle(self, who: int, post: int, act: object) -> None:
        self.attempt(act, self.post(post), by=self.people[who])

    @rule(who=PEOPLE)
    def solve(self, who: int) -> None:
        self.attempt(solve_otherwise, self.topic, by=self.people[who], kind="fixed_itself")

    @rule(who=PEOPLE, act=st.sampled_from([reopen_topic, share_problem, unshare_problem, unfollow_topic]))
    def stand(self, who: int, act: object) -> None:
        self.attempt(act, self.topic, by=self.people[who])

    @invariant()
    def every_count_is_right(self) -> None:
        topic, posts = self.topic, list(Post.objects.filter(topic=self.topic_id))
        assert not recount_topic(topic)
        assert not [post for post in posts if recount_post(post)]
        assert not recount_section(Section.objects.get())
        in_force = Resolution.objects.filter(topic=topic, revoked_at=None)
        assert topic.is_solved == in_force.exists()
        assert {post.pk for post in posts if post.is_accepted} == set(
            in_force.exclude(answer=None).values_list("answer", flat=True)
        )
        assert not any(post.is_accepted and post.is_deleted for post in posts)
        votes = list(PostVote.objects.values_list("post", "user"))
        assert len(votes) == len(set(votes))
        assert not BackgroundTask.objects.exists()


@pytest.mark.django_db
def test_counts_stay_right_whatever_people_do() -> None:
    make_section()
    for number, role in enumerate(ROLES):
        make_user(f"person{number}", role)
    run_state_machine_as_test(Community, settings=settings(max_examples=4, stateful_step_count=12))
