"""Editing keeps every earlier text and never overwrites another editor; deleting can be taken back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from community.accounts.models import User
from community.core.errors import Conflict
from community.core.models import LoggedEvent
from community.topics.actions.answer import post_comment
from community.topics.actions.delete import delete_post, restore_post
from community.topics.actions.edit import edit_post
from community.topics.actions.resolve import accept_answer
from community.topics.history import changes_between, versions_of
from community.topics.models import Post, PostRevision, Section, Tag, Topic
from tests.factories.topics import make_answer, make_topic, opening_of


def test_an_edit_keeps_the_earlier_text_and_who_changed_it(answer: Post, answerer: User, moderator: User) -> None:
    assert edit_post(answer, by=answerer, body="Change the **seal**.", base_revision=1)
    answer.refresh_from_db()
    assert edit_post(answer, by=moderator, body="Change the seal.", base_revision=2)
    answer.refresh_from_db()
    assert (answer.body, answer.html, answer.revision) == ("Change the seal.", "<p>Change the seal.</p>\n", 3)
    assert answer.edited_at is not None
    versions = versions_of(answer)
    assert [(version.number, version.editor) for version in versions] == [(3, moderator), (2, answerer), (1, answerer)]
    assert "".join(change.text for change in versions[-1].changes) == "Change the washer."


def test_an_unchanged_text_makes_no_version(answer: Post, answerer: User) -> None:
    events = LoggedEvent.objects.count()
    assert not edit_post(answer, by=answerer, body=" Change the washer.\r\n", base_revision=1)
    assert not PostRevision.objects.exists()
    assert LoggedEvent.objects.count() == events


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(
    answer: Post, answerer: User, moderator: User
) -> None:
    stale = Post.objects.select_related("topic").get(pk=answer.pk)
    edit_post(answer, by=moderator, body="The moderator's words.", base_revision=1)
    with pytest.raises(Conflict, match="Someone else changed this text"):
        edit_post(stale, by=answerer, body="The author's words.", base_revision=1)
    answer.refresh_from_db()
    assert (answer.body, answer.revision) == ("The moderator's words.", 2)


def test_saving_the_same_text_from_an_older_page_is_no_conflict(answer: Post, answerer: User) -> None:
    edit_post(answer, by=answerer, body="Change the seal.", base_revision=1)
    assert not edit_post(answer, by=answerer, body="Change the seal.", base_revision=1)


def test_others_do_not_edit_delete_or_restore(answer: Post, stranger: User, asker: User, expert: User) -> None:
    for other in (stranger, asker, expert):
        with pytest.raises(PermissionDenied, match="Only the person who wrote this"):
            edit_post(answer, by=other, body="Mine now.", base_revision=1)
        with pytest.raises(PermissionDenied, match="Only the person who wrote this"):
            delete_post(answer, by=other)
        with pytest.raises(PermissionDenied, match="Only a moderator"):
            restore_post(answer, by=other)


def test_a_new_title_gives_a_new_address_and_is_kept_in_the_history(topic: Topic, asker: User) -> None:
    opening = opening_of(topic)
    assert edit_post(opening, by=asker, body=opening.body, title="Why does my tap drip?", base_revision=1)
    topic.refresh_from_db()
    assert (topic.title, topic.slug) == ("Why does my tap drip?", "why-does-my-tap-drip")
    assert PostRevision.objects.get().title == "How do I stop a dripping tap?"


def test_an_edit_without_a_good_title_changes_nothing(topic: Topic, asker: User) -> None:
    opening = opening_of(topic)
    with pytest.raises(ValidationError, match="in a few words"):
        edit_post(opening, by=asker, body="New words.", title="?", base_revision=1)
    opening.refresh_from_db()
    assert opening.body == "It drips since Monday."


def test_tags_changed_by_an_edit_are_counted_again(asker: User, section: Section) -> None:
    topic = make_topic(asker, section, tags=["tap", "sink"])
    opening = opening_of(topic)
    assert edit_post(opening, by=asker, body=opening.body, tags=["tap", "washer"], base_revision=1)
    assert {tag.slug: tag.topic_count for tag in Tag.objects.all()} == {"tap": 1, "sink": 0, "washer": 1}


def test_only_people_newly_mentioned_are_told(answer: Post, answerer: User, expert: User, staff_member: User) -> None:
    edit_post(answer, by=answerer, body="Ask @expert.", base_revision=1)
    answer.refresh_from_db()
    edit_post(answer, by=answerer, body="Ask @expert or @staff_member.", base_revision=2)
    told = [event.data["newly_mentioned_ids"] for event in LoggedEvent.objects.filter(kind="PostEdited").order_by("id")]
    assert told == [[expert.pk], [staff_member.pk]]


def test_editing_what_was_accepted_renews_the_excerpts(topic: Topic, answer: Post, asker: User, answerer: User) -> None:
    accept_answer(answer, by=asker)
    answer.refresh_from_db()
    edit_post(answer, by=answerer, body="Change the seal.", base_revision=1)
    edit_post(opening_of(topic), by=asker, body="It drips since Tuesday.", base_revision=1)
    topic.refresh_from_db()
    assert (topic.answer_excerpt, topic.excerpt) == ("Change the seal.", "It drips since Tuesday.")


def test_a_deleted_post_is_not_edited_by_its_author(answer: Post, answerer: User, moderator: User) -> None:
    stale = Post.objects.select_related("topic").get(pk=answer.pk)
    delete_post(answer, by=answerer)
    with pytest.raises(PermissionDenied, match="no longer be changed"):
        edit_post(stale, by=answerer, body="Once more.", base_revision=1)
    assert edit_post(stale, by=moderator, body="Once more.", base_revision=1)


def test_a_deleted_answer_leaves_the_counts_and_comes_back(
    topic: Topic, answer: Post, answerer: User, asker: User
) -> None:
    post_comment(answer, by=asker, body="Which size?")
    assert delete_post(answer, by=answerer)
    topic.refresh_from_db()
    assert (topic.answer_count, topic.first_answer_at) == (0, None)
    answer.refresh_from_db()
    assert restore_post(answer, by=answerer)
    topic.refresh_from_db()
    answer.refresh_from_db()
    assert (topic.answer_count, topic.post_count, answer.comment_count) == (1, 3, 1)
    assert not restore_post(answer, by=answerer)


@pytest.mark.parametrize("name", ["answerer", "moderator"])
def test_deleting_twice_is_deleting_once(answer: Post, request: pytest.FixtureRequest, name: str) -> None:
    someone: User = request.getfixturevalue(name)
    stale = Post.objects.select_related("topic").get(pk=answer.pk)
    assert delete_post(answer, by=someone)
    events = LoggedEvent.objects.count()
    assert not delete_post(stale, by=someone)
    assert not delete_post(Post.objects.select_related("topic").get(pk=answer.pk), by=someone)
    assert LoggedEvent.objects.count() == events


def test_an_author_does_not_bring_back_what_a_moderator_took_away(
    answer: Post, answerer: User, moderator: User
) -> None:
    delete_post(answer, by=moderator)
    answer.refresh_from_db()
    with pytest.raises(PermissionDenied, match="Only a moderator"):
        restore_post(answer, by=answerer)
    assert restore_post(answer, by=moderator)


def test_an_answered_question_stays_for_those_who_come_next(topic: Topic, answer: Post, asker: User) -> None:
    with pytest.raises(PermissionDenied, match="People have answered"):
        delete_post(opening_of(topic), by=asker)
    topic.refresh_from_db()
    assert not topic.is_deleted


def test_an_answer_that_came_meanwhile_keeps_the_question(topic: Topic, answerer: User, asker: User) -> None:
    stale = Post.objects.select_related("topic").get(topic=topic, kind="opening")
    make_answer(topic, answerer)
    with pytest.raises(PermissionDenied, match="People have answered"):
        delete_post(stale, by=asker)


def test_an_opening_takes_its_topic_with_it_and_back(topic: Topic, asker: User, stranger: User) -> None:
    opening = opening_of(topic)
    assert delete_post(opening, by=asker)
    assert not Topic.objects.visible_to(stranger).exists()
    assert not Topic.objects.listed().exists()
    opening.refresh_from_db()
    assert restore_post(opening, by=asker)
    assert Topic.objects.visible_to(stranger).get() == topic


def test_a_comment_comes_back_only_under_a_post_that_is_there(answer: Post, asker: User, answerer: User) -> None:
    comment = post_comment(answer, by=asker, body="Which size?")
    delete_post(comment, by=asker)
    delete_post(answer, by=answerer)
    comment = Post.objects.select_related("topic").get(pk=comment.pk)
    with pytest.raises(PermissionDenied, match="Bring that back first"):
        restore_post(comment, by=asker)


def test_what_hangs_under_a_deleted_answer_is_not_read_either(
    answer: Post, asker: User, answerer: User, stranger: User, moderator: User
) -> None:
    comment = post_comment(answer, by=asker, body="Which size?")
    delete_post(answer, by=answerer)
    assert comment not in Post.objects.visible_to(stranger)
    assert comment in Post.objects.visible_to(moderator)


def test_changes_are_runs_of_words() -> None:
    changes = [(change.kind, change.text) for change in changes_between("a b c\n", "a x c\n")]
    assert changes == [("same", "a "), ("removed", "b "), ("added", "x "), ("same", "c\n")]
    old, new = "one two\n" * 4000, "one three\n" * 4000
    assert [change.kind for change in changes_between(old, new)] == ["removed", "added"]
    assert [change.kind for change in changes_between(old, old)] == ["same"]
