"""Reading through the API: the shapes, the filters, the cursors, and what is never told."""

import base64
import json
from itertools import product

import pytest

from community.accounts.models import Profile, User
from community.topics.actions.answer import post_answer, post_comment
from community.topics.actions.ask import ask_question
from community.topics.actions.delete import delete_post
from community.topics.actions.resolve import accept_answer
from community.topics.models import Post, Section, Topic
from tests.community.api.program import Program

PRIVATE = ("@private.example", "is_staff", "is_superuser", "password", "deleted_by", "digest", "last_login")


def test_sections_speak_the_reader_s_language(anonymous: Program, section: Section) -> None:
    found = anonymous("GET", "sections", Accept_Language="fr").json()
    assert found["next"] is None
    assert found["items"][0]["title"] == "Jardin"
    assert found["items"][0]["id"] == str(section.pk)
    assert anonymous("GET", "sections", Accept_Language="en").json()["items"][0]["title"] == "Garden"


def test_a_section_that_is_not_open_is_not_listed(anonymous: Program, section: Section, question: Topic) -> None:
    Section.objects.update(live=False)
    assert anonymous("GET", "sections").json()["items"] == []
    assert anonymous("GET", "topics").json()["items"] == []
    assert anonymous("GET", "topics?section=garden").status_code == 404
    assert anonymous("GET", f"topics/{question.pk}").status_code == 404


def test_a_topic_tells_whether_it_is_solved_and_what_was_said(
    anonymous: Program, question: Topic, answer: Post, comment: Post, asker: User
) -> None:
    accept_answer(answer, by=asker)
    found = anonymous("GET", f"topics/{question.pk}").json()
    assert (found["id"], found["solved"], found["solved_how"]) == (str(question.pk), True, "answer")
    opening, given = found["posts"]["items"]
    assert (opening["kind"], opening["html"]) == ("opening", "<p>It is <em>tall</em>.</p>\n")
    assert (given["kind"], given["accepted"], given["accepted_as"]) == ("answer", True, "asker")
    assert [each["body"] for each in given["comments"]] == ["Thank you, I will try."]
    assert found["section"] == "garden"
    assert found["tags"] == [{"slug": "apple-tree", "label": "apple tree"}]


@pytest.mark.slow
@pytest.mark.bulk
def test_answers_are_read_on_with_the_cursor(anonymous: Program, question: Topic, answerer: User) -> None:
    for number in range(25):
        post_answer(question, by=answerer, body=f"Answer number {number}.")
    first = anonymous("GET", f"topics/{question.pk}?order=oldest").json()["posts"]
    second = anonymous("GET", f"topics/{question.pk}?order=oldest&cursor={first['next']}").json()["posts"]
    assert [post["kind"] for post in first["items"]] == ["opening"] + ["answer"] * 20
    assert [post["body"] for post in second["items"]] == [f"Answer number {number}." for number in range(20, 25)]
    assert second["next"] is None


def test_topics_are_listed_by_tab_section_tag_language_and_author(
    anonymous: Program, question: Topic, section: Section, answerer: User
) -> None:
    french = ask_question(
        by=answerer, section=section, title="Comment tailler un vieux pommier ?", body="Il est haut.", lang="fr"
    )

    def ids(query: str) -> set[str]:
        return {each["id"] for each in anonymous("GET", f"topics?{query}").json()["items"]}

    both = {str(question.pk), str(french.pk)}
    assert ids("") == ids("section=garden") == ids("tab=unanswered") == both
    assert ids("lang=fr") == ids("author=answerer") == {str(french.pk)}
    assert ids("tag=apple-tree") == {str(question.pk)}
    assert ids("tab=solved") == set()


def test_lists_of_topics_are_read_on_with_the_cursor(anonymous: Program, section: Section, asker: User) -> None:
    for number in range(5):
        ask_question(by=asker, section=section, title=f"Question number {number}", body="", lang="en")
    seen, cursor = [], ""
    while cursor is not None:
        page = anonymous("GET", f"topics?limit=2&cursor={cursor}").json()
        seen += [each["title"] for each in page["items"]]
        cursor = page["next"]
    assert seen == [f"Question number {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("query", ["section=none", "tag=none", "author=nobody", "cursor=a.x"])
def test_a_filter_for_what_does_not_exist_is_not_found(anonymous: Program, query: str) -> None:
    refused = anonymous("GET", f"topics?{query}")
    assert refused.status_code == 404
    assert refused["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("place", ["topics", "posts"])
@pytest.mark.parametrize("foreign", ["abc", "0", "-1", "1" + "0" * 30, "9" * 18, "1.5", "%00", "%F0%9F%8D%8E", "1'--"])
def test_a_foreign_id_is_not_found(anonymous: Program, place: str, foreign: str) -> None:
    refused = anonymous("GET", f"{place}/{foreign}")
    assert (refused.status_code, refused.json()["status"]) == (404, 404)
    assert refused["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("who", ["anonymous", "moderator"])
def test_what_was_deleted_is_given_to_nobody(
    request: pytest.FixtureRequest, question: Topic, answer: Post, comment: Post, who: str, moderator: User
) -> None:
    ask = Program(moderator if who == "moderator" else None)
    delete_post(comment, by=moderator)
    assert ask("GET", f"posts/{comment.pk}").status_code == 404
    assert ask("GET", f"posts/{answer.pk}").json()["comments"] == []
    delete_post(answer, by=moderator)
    assert [post["kind"] for post in ask("GET", f"topics/{question.pk}").json()["posts"]["items"]] == ["opening"]
    delete_post(question.posts.get(kind="opening"), by=moderator)
    assert ask("GET", f"topics/{question.pk}").status_code == 404
    assert ask("GET", f"posts/{answer.pk}").status_code == 404
    assert ask("GET", "topics").json()["items"] == []


def test_a_member_is_shown_as_they_wish(anonymous: Program, asker: User) -> None:
    Profile.objects.filter(user=asker).update(bio="I grow pears.", place="Angers", show_bio=True, show_place=False)
    found = anonymous("GET", "members/asker").json()
    assert set(found) == {
        "id", "username", "role", "is_ambassador", "reputation", "trust_level", "rank", "rank_label", "badges",
        "bio", "place", "joined_at", "url",
    }  # fmt: skip
    assert (found["bio"], found["place"], found["badges"]) == ("I grow pears.", "", [])


def test_a_closed_account_has_no_page(anonymous: Program, asker: User) -> None:
    User.objects.update(is_active=False)
    assert anonymous("GET", "members/asker").status_code == 404
    assert anonymous("GET", "topics?author=asker").status_code == 404


def test_nobody_s_list_is_shown_against_their_wish(anonymous: Program, question: Topic, asker: User) -> None:
    Profile.objects.filter(user=asker).update(show_activity=False)
    assert anonymous("GET", "topics?author=asker").status_code == 404


def test_nothing_private_is_ever_told(
    anonymous: Program, question: Topic, answer: Post, comment: Post, moderator: User
) -> None:
    post_answer(question, by=moderator, body="An answer of the team.")
    paths = ["sections", "topics", f"topics/{question.pk}", f"posts/{answer.pk}", "members/asker", "members/watcher"]
    for path in paths:
        told = anonymous("GET", path)
        assert told.status_code == 200
        assert not [word for word in PRIVATE if word in told.content.decode()]
        assert not told.cookies
        assert "Access-Control-Allow-Origin" not in told
    assert anonymous("GET", "members/watcher").json()["role"] == "staff"


def test_a_program_is_told_its_own_vote_only(question: Topic, answer: Post, asker: User, stranger: User) -> None:
    mine, theirs = Program(asker), Program(stranger)
    mine("POST", f"posts/{answer.pk}/vote", {"value": 1})
    assert mine("GET", f"posts/{answer.pk}").json()["my_vote"] == 1
    assert theirs("GET", f"posts/{answer.pk}").json()["my_vote"] == 0
    assert Program()("GET", f"posts/{answer.pk}").json()["my_vote"] == 0


@pytest.mark.slow
@pytest.mark.bulk
def test_reading_costs_the_same_queries_however_much_there_is(
    section: Section, asker: User, stranger: User, django_assert_num_queries
) -> None:
    program = Program(stranger)
    program("GET", "sections")
    program("GET", "members/asker")
    topic = ask_question(by=asker, section=section, title="The first question", body="", lang="en", tags=["Spring"])
    budgets = {
        "sections": 2,
        "topics": 3,
        "topics?section=garden&tag=spring&author=asker": 6,
        "members/asker": 3,
        f"topics/{topic.pk}": 6,
    }
    for many in (2, 13):
        for number in range(many):
            slug = f"s{many}-{number}"
            Section.objects.create(slug=slug, title_fr="x", title_en="x")
            ask_question(by=asker, section=section, title=f"Question {slug}", body="", lang="en", tags=["Spring", slug])
            post_comment(post_answer(topic, by=asker, body=f"Answer {slug}"), by=asker, body=f"Comment {slug}")
        for path, most in budgets.items():
            with django_assert_num_queries(most):
                assert program("GET", path).status_code == 200


ODD_CURSORS: tuple[list[object], ...] = (
    [],
    [1],
    [None, None],
    ["x", 1],
    ["2026-01-01", 1],
    ["2026-01-01T00:00:00", 1],
    ["2026-01-01T00:00:00+00:00", 10**30],
    ["9999-12-31T23:59:59-23:59", 1],
    [1e999, 1],
    [{"a": 1}, [1]],
    ["\x00", "\x00"],
)


@pytest.mark.parametrize(
    "path", ["topics?", "topics?tab=shared&", "topics/{id}?order=helpful&", "topics/{id}?order=newest&"]
)
def test_a_cursor_that_no_page_gave_is_not_found_or_empty(anonymous: Program, question: Topic, path: str) -> None:
    for values, direction in product(ODD_CURSORS, "ab"):
        packed = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
        given = anonymous("GET", f"{path.format(id=question.pk)}cursor={direction}.{packed}")
        assert given.status_code in {200, 404}, (values, direction)
