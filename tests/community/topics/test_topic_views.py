"""A topic's pages in a browser: who may do what, forms sent twice, from elsewhere, or from an older page."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from community.accounts.models import User
from community.core import ratelimits
from community.topics.actions.answer import post_comment
from community.topics.actions.delete import delete_post
from community.topics.actions.edit import edit_post
from community.topics.actions.merge import merge_topic
from community.topics.actions.move import close_topic
from community.topics.models import Draft, Post, PostVote, Section, Topic
from tests.factories.topics import make_section, make_topic, opening_of

Browser = Callable[..., Client]
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def test_a_question_is_read_by_anyone_in_both_languages(answer: Post, as_user: Browser, stranger: User) -> None:
    for reader in (None, stranger):
        for language in ("en", "fr"):
            page = as_user(reader).get(f"/{language}/t/{answer.topic_id}/{answer.topic.slug}/")
            assert page.status_code == 200
            assert f'<html lang="{language}">' in page.text
            assert "How do I stop a dripping tap?" in page.text
            assert "Change the washer." in page.text


def test_an_old_title_leads_to_the_new_address(topic: Topic, asker: User, client: Client) -> None:
    edit_post(opening_of(topic), by=asker, body="Drip.", title="Why does my tap drip?", base_revision=1)
    for path in ("", "how-do-i-stop-a-dripping-tap/", "x/"):
        response = client.get(f"/en/t/{topic.pk}/{path}?order=newest")
        assert response.status_code == 301
        assert response["Location"] == f"/en/t/{topic.pk}/why-does-my-tap-drip/?order=newest"


def test_deleted_topics_are_for_moderators_only(
    topic: Topic, asker: User, moderator: User, as_user: Browser, stranger: User
) -> None:
    delete_post(opening_of(topic), by=asker)
    address = f"/en/t/{topic.pk}/{topic.slug}/"
    for reader in (None, stranger, asker):
        response = as_user(reader).get(address)
        assert response.status_code == 404
        assert topic.title not in response.text
    page = as_user(moderator).get(address)
    assert page.status_code == 200
    assert 'content="noindex"' in page.text


def test_topics_of_a_section_that_is_not_open_are_hidden(moderator: User, as_user: Browser) -> None:
    topic = make_topic(moderator, make_section("hidden", live=False))
    assert as_user().get(topic.get_absolute_url()).status_code == 404
    assert as_user(moderator).get(topic.get_absolute_url()).status_code == 200


def test_a_question_joined_with_one_that_went_shows_nothing_of_it(
    topic: Topic, asker: User, stranger: User, moderator: User, section: Section, client: Client
) -> None:
    twin = make_topic(stranger, section)
    merge_topic(twin, into=topic, by=moderator)
    assert "How do I stop a dripping tap?" in client.get(twin.get_absolute_url()).text
    delete_post(opening_of(topic), by=moderator)
    page = client.get(twin.get_absolute_url())
    assert "How do I stop a dripping tap?" not in page.text
    assert f'rel="canonical" href="http://testserver/en/t/{twin.pk}/' in page.text


WRITES = (
    ("t/{topic}/answer/", {"body": "Mine."}),
    ("p/{answer}/comment/", {"body": "Mine."}),
    ("p/{answer}/vote/", {"value": "1"}),
    ("p/{answer}/accept/", {}),
    ("p/{answer}/unaccept/", {}),
    ("p/{answer}/edit/", {"body": "Mine.", "base_revision": "1"}),
    ("p/{answer}/delete/", {}),
    ("p/{answer}/restore/", {}),
    ("t/{topic}/same-problem/", {}),
    ("t/{topic}/follow/", {}),
    ("t/{topic}/solve/", {"kind": "fixed_itself"}),
    ("t/{topic}/reopen/", {}),
    ("t/{topic}/move/", {"section": "1"}),
    ("t/{topic}/close/", {}),
    ("t/{topic}/merge/", {"into": "1"}),
    ("t/{topic}/unmerge/", {}),
    ("t/{topic}/merge-reply/", {"solved": "yes"}),
    ("drafts/ask/", {}),
    ("uploads/", {}),
)


def state() -> tuple[object, ...]:
    posts = list(Post.objects.order_by("pk").values_list("pk", "body", "deleted_at", "is_accepted", "up_count"))
    topics = list(Topic.objects.order_by("pk").values_list("pk", "section", "is_closed", "is_solved", "merged_into"))
    return posts, topics, PostVote.objects.count(), Draft.objects.count()


def test_no_form_works_without_an_account_or_without_its_token(answer: Post, asker: User, as_user: Browser) -> None:
    before, nobody, careless = state(), as_user(), as_user(asker, enforce_csrf_checks=True)
    for path, data in WRITES:
        address = "/en/" + path.format(topic=answer.topic_id, answer=answer.pk)
        refused = nobody.post(address, data)
        assert (refused.status_code, "/account/login/" in refused.get("Location", "")) == (302, True), path
        forged = careless.post(address, {**data, "csrfmiddlewaretoken": "x" * 64})
        assert forged.status_code == 403, path
        assert "This form was too old" in forged.text
        assert data.get("body", "too old") in forged.text
        assert state() == before, path


FOREIGN = (
    ("p/{answer}/edit/", {"body": "Mine.", "base_revision": "1"}, "Only the person who wrote this"),
    ("p/{answer}/delete/", {}, "Only the person who wrote this"),
    ("p/{answer}/accept/", {}, "Only the person who asked, an expert or the team"),
    ("t/{topic}/solve/", {"kind": "fixed_itself"}, "Only the person who asked, an expert or the team"),
    ("t/{topic}/reopen/", {}, "Only the person who asked, an expert or the team"),
    ("t/{topic}/move/", {"section": "1"}, "Only moderators"),
    ("t/{topic}/close/", {}, "Only moderators"),
    ("t/{topic}/merge/", {"into": "1"}, "can join two questions"),
    ("t/{topic}/merge-reply/", {"solved": "yes"}, "Only the person who asked"),
)


@pytest.mark.parametrize(("path", "data", "sentence"), FOREIGN, ids=[path for path, _, _ in FOREIGN])
def test_what_is_not_theirs_is_refused_with_a_sentence(
    answer: Post, stranger: User, as_user: Browser, path: str, data: dict[str, str], sentence: str
) -> None:
    before = state()
    response = as_user(stranger).post("/en/" + path.format(topic=answer.topic_id, answer=answer.pk), data)
    assert response.status_code == 403
    assert sentence in response.text
    assert state() == before


@pytest.mark.parametrize("path", ["t/{n}/", "t/{n}/x/", "t/{n}/answer/", "p/{n}/", "p/{n}/edit/", "p/{n}/revisions/"])
@pytest.mark.parametrize("number", [0, 999_999, 10**18, 10**30])
def test_ids_of_nothing_are_not_found(asker: User, as_user: Browser, path: str, number: int) -> None:
    assert as_user(asker).get("/en/" + path.format(n=number)).status_code == 404


def test_an_answer_sent_twice_is_published_once(topic: Topic, answerer: User, as_user: Browser) -> None:
    browser, form = as_user(answerer), {"body": "Change the washer.", "key": "k1"}
    first = browser.post(f"/en/t/{topic.pk}/answer/", form)
    second = browser.post(f"/en/t/{topic.pk}/answer/", form)
    assert first.status_code == 302
    assert first["Location"] == second["Location"]
    assert Post.objects.filter(kind="answer").count() == 1
    other = browser.post(f"/en/t/{topic.pk}/answer/", {"body": "Something else & more.", "key": "k1"})
    assert other.status_code == 409
    assert "already sent with another text" in other.text
    assert "Something else &amp; more." in other.text


def test_what_was_typed_comes_back_when_the_topic_closed_meanwhile(
    topic: Topic, answerer: User, moderator: User, as_user: Browser
) -> None:
    close_topic(topic, by=moderator)
    response = as_user(answerer).post(f"/fr/t/{topic.pk}/answer/", {"body": "Un long texte & précieux."})
    assert response.status_code == 403
    assert "Un long texte &amp; précieux." in response.text


def test_writing_too_fast_is_answered_with_a_pause_and_the_text(topic: Topic, answerer: User, as_user: Browser) -> None:
    browser = as_user(answerer)
    for number in range(ratelimits.POST[0].count):
        assert browser.post(f"/en/t/{topic.pk}/answer/", {"body": f"Answer {number}."}).status_code == 302
    response = browser.post(f"/en/t/{topic.pk}/answer/", {"body": "One too many."})
    assert response.status_code == 429
    assert int(response["Retry-After"]) <= 30
    assert "That is a lot at once" in response.text
    assert "One too many." in response.text
    assert Post.objects.filter(kind="answer").count() == ratelimits.POST[0].count


def test_the_second_editor_is_shown_both_texts_and_saves_after_comparing(
    answer: Post, answerer: User, moderator: User, as_user: Browser
) -> None:
    edit_post(answer, by=moderator, body="Change the whole tap.", base_revision=1)
    browser, address = as_user(answerer), f"/en/p/{answer.pk}/edit/"
    response = browser.post(address, {"body": "Change the seal.", "base_revision": "1"})
    assert response.status_code == 409
    assert "Someone else changed this text" in response.text
    for word in ("whole", "seal", 'name="base_revision" value="2"'):
        assert word in response.text
    answer.refresh_from_db()
    assert answer.body == "Change the whole tap."
    assert browser.post(address, {"body": "Change the seal.", "base_revision": "2"}).status_code == 302
    answer.refresh_from_db()
    assert answer.body == "Change the seal."


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}, {"Sec-Fetch-Site": "none"}]
)
def test_guest_forms_from_elsewhere_are_refused_and_the_text_is_shown(
    topic: Topic, as_user: Browser, headers: dict[str, str], language: str
) -> None:
    browser = as_user(enforce_csrf_checks=True)
    response = browser.post(f"/{language}/t/{topic.pk}/answer/guest/", {"body": "My precious words."}, headers=headers)
    assert response.status_code == 403
    assert "My precious words." in response.text
    assert not browser.cookies.get("entraide_session")
    assert Post.objects.count() == 1


def test_a_guests_answer_waits_for_an_account(topic: Topic, as_user: Browser) -> None:
    browser = as_user(enforce_csrf_checks=True)
    address = f"/en/t/{topic.pk}/answer/guest/"
    response = browser.post(address, {"body": "Change the washer."}, headers=SAME_ORIGIN)
    assert response.status_code == 302
    assert response["Location"] == "/en/account/signup/"
    assert browser.session["pending_contribution"]["data"]["body"] == "Change the washer."
    assert Post.objects.count() == 1
    empty = as_user().post(address, {"body": "  "}, headers=SAME_ORIGIN)
    assert (empty.status_code, "There is no text yet" in empty.text) == (422, True)


def test_a_vote_works_by_form_and_by_htmx(answer: Post, stranger: User, as_user: Browser) -> None:
    browser, address = as_user(stranger), f"/en/p/{answer.pk}/vote/"
    assert browser.post(address, {"value": "1"}).status_code == 302
    fragment = browser.post(address, {"value": "-1"}, headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert f'id="vote-{answer.pk}"' in fragment.text
    assert "<html" not in fragment.text
    for junk in ("", "5", "1e3", "up"):
        assert browser.post(address, {"value": junk}).status_code == 400
    assert PostVote.objects.get().value == -1


def test_what_hangs_under_a_deleted_answer_is_gone_for_readers(
    answer: Post, answerer: User, asker: User, as_user: Browser
) -> None:
    comment = post_comment(answer, by=asker, body="Which size?")
    delete_post(answer, by=answerer)
    for path in (f"p/{comment.pk}/", f"p/{comment.pk}/revisions/", f"p/{answer.pk}/revisions/"):
        assert as_user().get(f"/en/{path}").status_code == 404


def test_authors_find_and_bring_back_what_they_deleted(answer: Post, answerer: User, as_user: Browser) -> None:
    browser = as_user(answerer)
    assert browser.post(f"/en/p/{answer.pk}/delete/").status_code == 302
    assert browser.post(f"/en/p/{answer.pk}/delete/").status_code == 302
    assert f"/en/p/{answer.pk}/restore/" in browser.get("/en/me/deleted/").text
    assert browser.post(f"/en/p/{answer.pk}/restore/").status_code == 302
    answer.refresh_from_db()
    assert not answer.is_deleted


def test_drafts_are_kept_and_a_newer_one_is_never_overwritten(asker: User, stranger: User, as_user: Browser) -> None:
    browser = as_user(asker)

    def save(text: str, version: int) -> tuple[int, dict[str, object]]:
        sent = {"fields": {"body": text}, "version": version}
        response = browser.put("/en/drafts/ask/", json.dumps(sent), content_type="application/json")
        return response.status_code, response.json()

    assert save("One", 0)[0] == 200
    assert save("Two", 1)[1]["version"] == 2
    status, kept = save("Three", 1)
    assert (status, kept["fields"]) == (409, {"body": "Two"})
    assert as_user(stranger).get("/en/drafts/ask/").json() == {"version": 0, "fields": {}}


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"{", b"[]", b'"x"', b"null", b"[" * 100_000, b"\xff", b'{"fields": [1]}',
        b'{"fields": {"body": "x"}, "version": 1e400}', b'{"fields": {}, "version": null}',
    ],
)  # fmt: skip
def test_a_draft_that_cannot_be_read_is_refused(asker: User, as_user: Browser, sent: bytes) -> None:
    response = as_user(asker).put("/en/drafts/ask/", sent, content_type="application/json")
    assert response.status_code == 400
    assert not Draft.objects.exists()


def test_a_draft_keeps_no_characters_that_a_database_refuses(asker: User, as_user: Browser) -> None:
    sent = json.dumps({"fields": {"body": "a\x00b\ud800c"}, "version": 0})
    response = as_user(asker).put("/en/drafts/ask/", sent, content_type="application/json")
    assert response.status_code == 200
    assert Draft.objects.get().data == {"body": "abc"}
