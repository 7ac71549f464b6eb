"""Writing through the API: who may and who may not, and doing things once."""

import pytest

from community.accounts.models import User
from community.api.models import ApiToken, Scope
from community.api.tokens import make_token
from community.topics.actions.answer import post_answer
from community.topics.actions.move import close_topic
from community.topics.models import Post, Resolution, Section, Topic
from tests.community.api.program import Program

WORDS = {"section": "garden", "title": "How often do I water a lemon tree?", "body": "It stands indoors."}
PRIVILEGED = (
    "id author author_id by user is_staff is_superuser role reputation trust_level rank is_solved solved is_accepted "
    "accepted up_count score helpfulness created_at deleted_at html kind_of revision"
).split()


def test_a_question_is_opened_and_given_back(asker: User, section: Section) -> None:
    made = Program(asker)("POST", "topics", {**WORDS, "tags": ["Lemon"]})
    assert made.status_code == 201
    topic = Topic.objects.get()
    told = made.json()
    assert (told["id"], told["author"]["username"], told["lang"]) == (str(topic.pk), "asker", "en")
    assert told["posts"]["items"][0]["body"] == "It stands indoors."


def test_the_language_is_told_from_the_words(asker: User, section: Section) -> None:
    words = {**WORDS, "title": "Comment arroser un citronnier dans la maison ?", "body": ""}
    assert Program(asker)("POST", "topics", words).json()["lang"] == "fr"


def test_an_answer_and_a_comment_are_given_back(question: Topic, answerer: User) -> None:
    program = Program(answerer)
    answer = program("POST", f"topics/{question.pk}/posts", {"body": "In late winter."})
    assert (answer.status_code, answer.json()["kind"]) == (201, "answer")
    comment = program("POST", f"topics/{question.pk}/posts", {"body": "On a dry day.", "parent": answer.json()["id"]})
    assert (comment.status_code, comment.json()["parent"]) == (201, answer.json()["id"])


def test_a_comment_hangs_under_a_post_of_its_own_topic(
    question: Topic, answer: Post, asker: User, section: Section
) -> None:
    program = Program(asker)
    other = program("POST", "topics", WORDS).json()["id"]
    refused = program("POST", f"topics/{other}/posts", {"body": "Not here.", "parent": str(answer.pk)})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["parent"])


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "topics", WORDS),
        ("POST", "topics/{topic}/posts", {"body": "In late winter."}),
        ("POST", "posts/{post}/vote", {"value": 1}),
        ("POST", "posts/{post}/accept", None),
        ("DELETE", "posts/{post}/accept", None),
        ("PATCH", "posts/{post}", {"body": "Other words.", "base_revision": 1}),
        ("DELETE", "posts/{post}", None),
        ("POST", "topics/{topic}/follow", None),
        ("DELETE", "topics/{topic}/follow", None),
        ("POST", "topics/{topic}/same-problem", None),
        ("DELETE", "topics/{topic}/same-problem", None),
    ],
)
def test_nobody_writes_without_a_token_that_may(
    question: Topic, answer: Post, asker: User, method: str, path: str, body: object
) -> None:
    path = path.format(topic=question.pk, post=answer.pk)
    read_only = Program(token=make_token(asker, scope=Scope.READ))
    signed_in = Program()
    signed_in.client.force_login(asker)
    assert read_only(method, path, body).status_code == 403
    assert read_only("GET", "topics").status_code == 200
    for program in (Program(), Program(token="ent_made-up"), Program(token="x"), signed_in):
        refused = program(method, path, body)
        assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")
        assert refused["Content-Type"] == "application/problem+json"
    assert (Post.objects.count(), Topic.objects.get().follower_count) == (2, 0)


def test_a_wrong_token_does_not_even_read(anonymous: Program, asker: User) -> None:
    assert Program(token="ent_made-up")("GET", "topics").status_code == 401
    assert anonymous("GET", "topics", Authorization="Basic YTpi").status_code == 401
    token = make_token(asker, days=1)
    ApiToken.objects.update(expires_at="2020-01-01T00:00:00Z")
    assert Program(token=token)("GET", "topics").status_code == 401


def test_a_closed_account_s_token_is_worth_nothing(asker: User, section: Section) -> None:
    program = Program(asker)
    User.objects.update(is_active=False)
    assert program("POST", "topics", WORDS).status_code == 401


def test_votes_are_set_changed_and_taken_back(question: Topic, answer: Post, asker: User, answerer: User) -> None:
    program, path = Program(asker), f"posts/{answer.pk}/vote"
    scores = [program("POST", path, {"value": value}).json()["score"] for value in (1, 1, -1, 0)]
    assert scores == [1, 1, -1, 0]
    assert Program(answerer)("POST", path, {"value": 1}).status_code == 403


@pytest.mark.parametrize("value", [2, -2, 10**30, 0.5, "1", None, True, [1]])
def test_a_vote_is_one_of_three_numbers(question: Topic, answer: Post, asker: User, value: object) -> None:
    refused = Program(asker)("POST", f"posts/{answer.pk}/vote", {"value": value})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["value"])


def test_the_asker_accepts_and_takes_it_back_a_stranger_does_not(
    question: Topic, answer: Post, asker: User, stranger: User
) -> None:
    path = f"posts/{answer.pk}/accept"
    assert Program(stranger)("POST", path).status_code == 403
    assert [Program(asker)("POST", path).json()["accepted"] for _ in range(2)] == [True, True]
    assert Resolution.objects.count() == 1
    assert Program()("GET", f"topics/{question.pk}").json()["solved"] is True
    assert Program(stranger)("DELETE", path).status_code == 403
    assert [Program(asker)("DELETE", path).json()["accepted"] for _ in range(2)] == [False, False]
    assert Program()("GET", f"topics/{question.pk}").json()["solved"] is False


def test_a_closed_topic_takes_no_answer(question: Topic, answerer: User, moderator: User) -> None:
    close_topic(question, by=moderator, closed=True)
    refused = Program(answerer)("POST", f"topics/{question.pk}/posts", {"body": "In late winter."})
    assert refused.status_code == 403
    assert "closed" in refused.json()["detail"]


def test_the_second_of_two_editors_is_told(question: Topic, answer: Post, answerer: User, stranger: User) -> None:
    path, program = f"posts/{answer.pk}", Program(answerer)
    assert Program(stranger)("PATCH", path, {"body": "Mine now.", "base_revision": 1}).status_code == 403
    assert program("PATCH", path, {"body": "In March.", "base_revision": 1}).json()["revision"] == 2
    late = program("PATCH", path, {"body": "In April.", "base_revision": 1})
    assert (late.status_code, late["Content-Type"]) == (409, "application/problem+json")
    assert Post.objects.get(pk=answer.pk).body == "In March."
    titled = program("PATCH", path, {"body": "In May.", "base_revision": 2, "title": "Another title"})
    assert list(titled.json()["errors"]) == ["title"]


def test_authors_take_away_what_they_wrote_strangers_do_not(
    question: Topic, answer: Post, answerer: User, stranger: User
) -> None:
    path = f"posts/{answer.pk}"
    assert Program(stranger)("DELETE", path).status_code == 403
    assert Program(answerer)("DELETE", path).status_code == 204
    assert Program(answerer)("GET", path).status_code == 404


def test_following_and_sharing_a_problem(question: Topic, stranger: User) -> None:
    program = Program(stranger)
    shared = [program("POST", f"topics/{question.pk}/same-problem").json() for _ in range(2)][-1]
    assert (shared["shares_problem"], shared["following"], shared["same_problem_count"]) == (True, True, 1)
    left = program("DELETE", f"topics/{question.pk}/follow").json()
    assert (left["following"], left["follower_count"]) == (False, 0)
    assert program("DELETE", f"topics/{question.pk}/same-problem").json()["same_problem_count"] == 0
    assert program("POST", f"topics/{question.pk}/follow").json()["following"] is True


@pytest.mark.parametrize("length", [1, 255])
def test_the_same_key_makes_one_thing(question: Topic, asker: User, answerer: User, length: int) -> None:
    key, path = "k" * length, f"topics/{question.pk}/posts"
    program = Program(answerer)
    sent = [program("POST", path, {"body": "In late winter."}, Idempotency_Key=key) for _ in range(2)]
    assert [each.status_code for each in sent] == [201, 201]
    # Whoever answers may be trusted with more a moment later.
    assert all(each.json() | {"author": None} == sent[0].json() | {"author": None} for each in sent)
    other = program("POST", path, {"body": "In summer."}, Idempotency_Key=key)
    assert (other.status_code, other["Content-Type"]) == (409, "application/problem+json")
    theirs = Program(asker)("POST", path, {"body": "In late winter."}, Idempotency_Key=key)
    assert theirs.json()["id"] != sent[0].json()["id"]
    topics = [program("POST", "topics", WORDS, Idempotency_Key=key + "t"[: 255 - length]) for _ in range(2)]
    assert topics[0].json()["id" if length == 1 else "status"] == topics[1].json()["id" if length == 1 else "status"]


def test_keys_that_begin_alike_are_two_keys(question: Topic, answerer: User) -> None:
    path, program = f"topics/{question.pk}/posts", Program(answerer)
    made = {program("POST", path, {"body": "In winter."}, Idempotency_Key="k" * 200 + end).json()["id"] for end in "ab"}
    assert len(made) == 2
    assert program("POST", path, {"body": "In winter."}, Idempotency_Key="k" * 256).status_code == 422


@pytest.mark.parametrize("name", PRIVILEGED)
def test_nobody_sets_what_is_not_theirs_to_set(question: Topic, answer: Post, answerer: User, name: str) -> None:
    program = Program(answerer)
    attempts = (
        ("POST", "topics", WORDS),
        ("POST", f"topics/{question.pk}/posts", {"body": "In late winter."}),
        ("PATCH", f"posts/{answer.pk}", {"body": "Other words.", "base_revision": 1}),
        ("POST", f"posts/{answer.pk}/vote", {"value": 1}),
    )
    for method, path, body in attempts:
        refused = program(method, path, {**body, name: 1})
        assert (refused.status_code, list(refused.json()["errors"])) == (422, [name])
    assert (Topic.objects.count(), Post.objects.count()) == (1, 2)


def test_a_new_member_s_post_is_sanitised(question: Topic, answerer: User) -> None:
    made = Program(answerer)(
        "POST", f"topics/{question.pk}/posts", {"body": "<script>x()</script> [a](javascript:x())"}
    )
    assert "<script" not in made.json()["html"]
    assert 'href="javascript' not in made.json()["html"]


def test_a_deleted_answer_takes_no_comment(question: Topic, answer: Post, asker: User, answerer: User) -> None:
    Program(answerer)("DELETE", f"posts/{answer.pk}")
    refused = Program(asker)("POST", f"topics/{question.pk}/posts", {"body": "Thanks.", "parent": str(answer.pk)})
    assert refused.status_code == 422
    assert post_answer(question, by=asker, body="Found it.").pk
