"""Who may not edit suggests; the author or a reviewer takes it over, and the suggester is thanked and paid."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.core.errors import Conflict
from community.notifications.models import Notification
from community.topics.actions.delete import delete_post
from community.topics.actions.edit import edit_post
from community.topics.actions.suggest_edit import decide_suggestion, suggest_edit
from community.topics.models import EditSuggestion, Post, Topic
from tests.factories.topics import make_answer, make_topic, make_user, opening_of

pytestmark = pytest.mark.django_db
BETTER = "Change the washer, and close the stop valve first."


def suggestion_of(post: Post, by: User, body: str = BETTER, **more: object) -> EditSuggestion:
    return suggest_edit(post, by=by, body=body, base_revision=post.revision, **more)  # type: ignore[arg-type]


def reputation(user: User) -> int:
    user.refresh_from_db()
    return user.reputation


def test_an_approved_suggestion_becomes_the_text_and_pays(answer: Post, stranger: User, answerer: User) -> None:
    suggestion = suggestion_of(answer, stranger)
    answer.refresh_from_db()
    assert answer.body == "Change the washer."
    assert Notification.objects.get(user=answerer, kind="edit_suggested").actor == stranger
    assert decide_suggestion(suggestion, by=answerer, approved=True)
    assert not decide_suggestion(suggestion, by=answerer, approved=True)
    answer.refresh_from_db()
    assert (answer.body, answer.author, answer.revision) == (BETTER, answerer, 2)
    assert answer.revisions.get().editor == stranger
    assert reputation(stranger) == 3
    assert Notification.objects.filter(user=stranger, kind="edit_approved").count() == 1


def test_a_declined_one_changes_and_pays_nothing(answer: Post, stranger: User, answerer: User) -> None:
    assert decide_suggestion(suggestion_of(answer, stranger), by=answerer, approved=False)
    answer.refresh_from_db()
    assert answer.body == "Change the washer."
    assert reputation(stranger) == 1
    assert not Notification.objects.filter(user=stranger).exists()


def test_a_title_is_suggested_with_an_opening(topic: Topic, stranger: User, asker: User) -> None:
    title = "How do I stop a tap that drips at night?"
    suggestion = suggestion_of(opening_of(topic), stranger, body="It drips since Monday.", title=title)
    decide_suggestion(suggestion, by=asker, approved=True)
    topic.refresh_from_db()
    assert topic.title == title


def test_the_latest_suggestion_of_a_member_counts(answer: Post, stranger: User) -> None:
    first = suggestion_of(answer, stranger)
    second = suggestion_of(answer, stranger, "Change the washer and the seal.")
    assert first.pk == second.pk
    assert EditSuggestion.objects.get().body == "Change the washer and the seal."


def test_what_changes_nothing_is_no_suggestion(answer: Post, stranger: User) -> None:
    with pytest.raises(ValidationError, match="what the text says already"):
        suggestion_of(answer, stranger, answer.body)
    with pytest.raises(ValidationError):
        suggestion_of(answer, stranger, " ")


def test_who_decides(answer: Post, stranger: User, asker: User, moderator: User) -> None:
    suggestion = suggestion_of(answer, stranger)
    for by in (stranger, asker):
        with pytest.raises(PermissionDenied):
            decide_suggestion(suggestion, by=by, approved=True)
    reviewer = make_user("reviewer", trust_level=3, reputation=500)
    for by in (reviewer, moderator, answer.author):
        assert suggestion in EditSuggestion.objects.for_reviewer(by)  # type: ignore[attr-defined]
    assert not EditSuggestion.objects.for_reviewer(asker).exists()  # type: ignore[attr-defined]
    assert decide_suggestion(suggestion, by=reviewer, approved=True)


def test_newcomers_and_authors_do_not_suggest(answer: Post) -> None:
    for by in (make_user("newcomer", trust_level=0), answer.author):
        with pytest.raises(PermissionDenied):
            suggestion_of(answer, by)


def test_a_text_that_changed_meanwhile_is_not_overwritten(answer: Post, stranger: User, answerer: User) -> None:
    suggestion = suggestion_of(answer, stranger)
    edit_post(answer, by=answerer, body="Change the seal.", base_revision=1)
    with pytest.raises(Conflict):
        decide_suggestion(suggestion, by=answerer, approved=True)
    answer.refresh_from_db()
    assert answer.body == "Change the seal."
    assert decide_suggestion(suggestion, by=answerer, approved=False)


def test_nothing_is_decided_about_what_is_deleted(answer: Post, stranger: User, answerer: User) -> None:
    suggestion = suggestion_of(answer, stranger)
    delete_post(answer, by=answerer)
    suggestion.refresh_from_db()
    assert not EditSuggestion.objects.for_reviewer(answerer).exists()  # type: ignore[attr-defined]
    with pytest.raises(PermissionDenied):
        decide_suggestion(EditSuggestion.objects.get(), by=answerer, approved=True)


def test_from_the_menu_to_the_thanks(
    answer: Post, stranger: User, answerer: User, as_user: Callable[..., Client]
) -> None:
    browser = as_user(stranger)
    page = browser.get(answer.topic.get_absolute_url(), follow=True).content.decode()
    assert f"/en/p/{answer.pk}/suggest/" in page
    form = {"body": " ", "base_revision": "1", "note": "Safer"}
    refused = browser.post(f"/en/p/{answer.pk}/suggest/", form)
    assert refused.status_code == 422
    assert browser.post(f"/en/p/{answer.pk}/suggest/", {**form, "body": BETTER}).status_code == 302
    author = as_user(answerer)
    listed = author.get("/en/suggestions/").content.decode()
    assert "stranger would improve what answerer wrote" in listed
    assert "Safer" in listed
    author.post(f"/en/suggestions/{EditSuggestion.objects.get().pk}/", {"decision": "approve"})
    answer.refresh_from_db()
    assert answer.body == BETTER
    assert "Nothing waits for you" in author.get("/en/suggestions/").content.decode()


def test_the_list_costs_the_same_however_long(
    topic: Topic, asker: User, as_user: Callable[..., Client], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reviewer = as_user(make_user("reviewer", trust_level=3, reputation=500))
    for _round in range(2):
        for number in range(3):
            own = make_answer(make_topic(asker, topic.section), make_user(f"a{_round}{number}"))
            suggestion_of(own, make_user(f"s{_round}{number}"))
        reviewer.get("/en/suggestions/")
        with django_assert_num_queries(3):
            reviewer.get("/en/suggestions/")
