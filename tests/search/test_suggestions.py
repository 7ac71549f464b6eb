"""While a question is typed: the answers that exist, and the three ways out of them."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.accounts.models import User
from community.notifications.models import Notification
from community.topics.actions.ask import ask_question
from community.topics.models import Follow, Post, SameProblem, Section, Topic
from search.ask_tokens import seal, unseal
from search.models import AskSession, Outcome
from tests.factories.topics import make_topic

pytestmark = pytest.mark.django_db
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
WORDS = "how to descale my old kettle"


def fragment(client: Client, words: str = WORDS, lang: str = "en") -> str:
    response = client.get(f"/{lang}/search/suggestions/", {"q": words})
    assert response.status_code == 200
    return response.content.decode()


def token_in(html: str) -> str:
    found = re.search(r'name="ask_session" value="([^"]+)"', html) or re.search(r"ask_session=([^\"&]+)", html)
    assert found
    return found[1]


def step_two(client: Client, words: str = WORDS) -> str:
    return client.get("/en/ask/", {"q": words}).content.decode()


def test_the_fragment_shows_the_question_and_the_sentences_that_answer(client: Client, kettle: Topic) -> None:
    html = fragment(client)
    assert "How do I descale a kettle?" in html
    assert "Boil vinegar and water in it. Rinse twice." in html
    assert "Solved by answerer" in html
    assert "None of these" in html


def test_the_fragment_comes_in_the_readers_language_and_without_a_cookie(client: Client, kettle: Topic) -> None:
    response = client.get("/fr/search/suggestions/", {"q": WORDS})
    assert "max-age=60" in response["Cache-Control"]
    assert not response.cookies


def test_too_few_words_or_nothing_fitting_shows_nothing(client: Client, kettle: Topic) -> None:
    for words in ("", "kettle", "quantum chromodynamics of gluons", "\x00\x00\x00 \x00\x00\x00\x00"):
        assert fragment(client, words).strip() == "", words


def test_a_megabyte_of_words_is_cut(client: Client, kettle: Topic) -> None:
    assert client.get("/en/search/suggestions/", {"q": "kettle descale " * 3_000}).status_code in {200, 414}


def test_words_are_shown_as_words(client: Client, asker: User, section: Section, garden: list[Topic]) -> None:
    make_topic(asker, section, title="Kettle <script>alert(1)</script> descaling", body="It *is* <b>white</b>.")
    html = fragment(client, "kettle descaling script")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_number_of_queries_does_not_depend_on_what_is_found(
    client: Client, kettle: Topic, stranger: User, section: Section
) -> None:
    fragment(client)
    with CaptureQueriesContext(connection) as few:
        fragment(client)
    for number in range(8):
        make_topic(stranger, section, title=f"Descale kettle of colour {number}", body="Please.")
    with CaptureQueriesContext(connection) as many:
        assert fragment(client).count('<li class="suggestion">') == 5
    assert len(few) == len(many) <= 7


def test_without_javascript_the_same_answers_stand_between_words_and_details(client: Client, kettle: Topic) -> None:
    html = step_two(client)
    assert "This answers me" in html
    assert "I have the same problem" in html
    onwards = re.search(r'href="(/en/ask/details/[^"]+)"', html)
    assert onwards
    assert f"ask_session={token_in(html)}" in onwards[1]


def test_an_opened_answer_is_remembered_once(client: Client, kettle: Topic) -> None:
    token = token_in(step_two(client))
    for _ in range(2):
        response = client.get(f"/en/search/open/{token}/topic/{kettle.pk}/")
        assert response["Location"] == kettle.get_absolute_url()
    assert AskSession.objects.get().opened == [f"topic:{kettle.pk}"]


def test_opening_what_was_not_shown_leaves_no_trace(client: Client, kettle: Topic) -> None:
    token, pk = seal([("topic", "424242")]), kettle.pk
    for path in (f"forged/topic/{pk}", f"{token}/topic/999999", f"{token}/other/{pk}", f"{token}/topic/x"):
        assert client.get(f"/en/search/open/{path}/").status_code in {302, 404}
        assert not any(session.opened for session in AskSession.objects.all()), path


def test_this_answers_me_is_counted_and_thanks_the_answerer_once(
    client: Client, kettle: Topic, kettle_answer: Post, answerer: User
) -> None:
    form = {"ask_session": token_in(step_two(client)), "topic": kettle.pk}
    for _ in range(2):
        response = client.post("/en/search/confirm/", form, headers=SAME_ORIGIN)
        assert response.status_code == 200
        assert b"answerer" in response.content
    session = AskSession.objects.get()
    assert (session.outcome, session.chosen) == (Outcome.ANSWERED, f"topic:{kettle.pk}")
    assert Notification.objects.filter(user=answerer, kind="thanked").count() == 1


def test_whoever_wrote_the_answer_is_not_thanked_by_themselves(
    as_user: Callable[[User], Client], kettle: Topic, answerer: User
) -> None:
    client = as_user(answerer)
    form = {"ask_session": token_in(step_two(client)), "topic": kettle.pk}
    assert client.post("/en/search/confirm/", form, headers=SAME_ORIGIN).status_code == 200
    assert not Notification.objects.filter(kind="thanked").exists()


@pytest.mark.parametrize("name", ["confirm", "same-problem"])
def test_forms_from_elsewhere_and_on_what_is_gone_are_refused(client: Client, kettle: Topic, name: str) -> None:
    form = {"ask_session": token_in(step_two(client)), "topic": kettle.pk}
    assert client.post(f"/en/search/{name}/", form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post(f"/en/search/{name}/", {**form, "topic": "9" * 30}, headers=SAME_ORIGIN).status_code == 404
    assert client.get(f"/en/search/{name}/").status_code == 405
    assert not AskSession.objects.exists()


def test_a_forged_token_counts_nothing(client: Client, kettle: Topic) -> None:
    form = {"ask_session": "x" * 60, "topic": kettle.pk}
    assert client.post("/en/search/confirm/", form, headers=SAME_ORIGIN).status_code == 200
    assert not AskSession.objects.exists()
    assert not Notification.objects.filter(kind="thanked").exists()


def test_same_problem_counts_and_follows_for_a_member(
    as_user: Callable[[User], Client], kettle: Topic, stranger: User
) -> None:
    client = as_user(stranger)
    form = {"ask_session": token_in(step_two(client)), "topic": kettle.pk}
    response = client.post("/en/search/same-problem/", form, headers=SAME_ORIGIN)
    assert response["Location"] == kettle.get_absolute_url()
    assert SameProblem.objects.filter(topic=kettle, user=stranger).exists()
    assert Follow.objects.filter(topic=kettle, user=stranger).exists()
    assert AskSession.objects.get().outcome == Outcome.SAME_PROBLEM


def test_same_problem_leads_a_guest_to_the_step_that_keeps_it(client: Client, kettle: Topic) -> None:
    form = {"ask_session": token_in(step_two(client)), "topic": kettle.pk}
    response = client.post("/en/search/same-problem/", form, headers=SAME_ORIGIN)
    assert response.status_code == 307
    assert response["Location"] == f"/en/t/{kettle.pk}/same-problem/guest/"


def test_what_was_shown_and_opened_stays_with_the_question_for_its_helpers(
    client: Client, as_user: Callable[[User], Client], kettle: Topic, asker: User, stranger: User, section: Section
) -> None:
    token = token_in(fragment(client))
    client.get(f"/en/search/open/{token}/topic/{kettle.pk}/")
    asked = ask_question(
        by=asker, section=section, title="Vinegar did not descale it", body="", lang="en", ask_session=token
    )
    session = AskSession.objects.get()
    assert (session.topic, session.outcome) == (asked, Outcome.ASKED)
    page = as_user(stranger).get(asked.get_absolute_url()).content.decode()
    assert "Shown to the asker before asking" in page
    assert "Opened" in page
    assert "Shown to the asker" not in client.get(asked.get_absolute_url()).content.decode()


def test_one_look_belongs_to_one_question(asker: User, section: Section, kettle: Topic) -> None:
    token = seal([("topic", str(kettle.pk))])
    first = make_topic(asker, section, ask_session=token)
    make_topic(asker, section, ask_session=token)
    assert AskSession.objects.get().topic == first


def test_tokens_fit_the_form_and_cannot_be_forged() -> None:
    token = seal([("topic", str(2**31 - number)) for number in range(5)])
    assert len(token) <= 64
    read = unseal(token)
    assert read
    assert len(read.shown) == 5
    assert unseal(token[:-1] + ("0" if token[-1] != "0" else "1")) is None
    assert unseal("") is unseal("a.b.c") is None
