"""Asking, answering and commenting: what is written, counted, announced, and refused with a sentence."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from community.accounts.models import Role, User
from community.core.errors import Conflict
from community.core.models import LoggedEvent
from community.topics.actions.answer import post_answer, post_comment
from community.topics.actions.ask import ask_question
from community.topics.actions.delete import delete_post
from community.topics.actions.merge import merge_topic
from community.topics.actions.move import close_topic
from community.topics.models import Post, ReadMark, Section, Tag, Topic
from tests.factories.topics import make_answer, make_section, make_topic, make_user, opening_of


def last_event() -> LoggedEvent:
    return LoggedEvent.objects.latest("id")


def test_a_question_opens_a_topic_with_its_words(asker: User, section: Section) -> None:
    topic = ask_question(
        by=asker, section=section, title="  Why does\n the tap  drip? ", body="Since **Monday**.", lang="en"
    )
    assert (topic.title, topic.slug, topic.kind) == ("Why does the tap drip?", "why-does-the-tap-drip", "question")
    assert opening_of(topic).html == "<p>Since <strong>Monday</strong>.</p>\n"
    assert topic.excerpt == "Since Monday."
    assert (topic.answer_count, topic.post_count, topic.is_solved) == (0, 1, False)
    assert ReadMark.objects.filter(topic=topic, user=asker).exists()
    event = last_event()
    assert (event.kind, event.data["topic_id"], event.data["by_id"]) == ("TopicAsked", topic.pk, asker.pk)


def test_a_question_needs_no_text_but_a_how_to_does(asker: User, section: Section) -> None:
    assert ask_question(by=asker, section=section, title="Which glue for oak?", body="", lang="en").pk
    with pytest.raises(ValidationError, match="no text yet"):
        ask_question(by=asker, section=section, title="How to glue oak", body=" ", lang="en", kind="howto")
    with pytest.raises(ValidationError, match="a question, a discussion or a how-to"):
        ask_question(by=asker, section=section, title="How to glue oak", body="x y", lang="en", kind="poll")
    assert Topic.objects.count() == 1


@pytest.mark.parametrize("title", ["", "tap?", "????????????", "😀😀😀😀😀😀😀😀😀", "\u200b\u200b\u202e        "])
def test_a_title_says_something(asker: User, section: Section, title: str) -> None:
    with pytest.raises(ValidationError, match="in a few words"):
        ask_question(by=asker, section=section, title=title, body="Text.", lang="en")
    assert not Topic.objects.exists()


def test_the_same_key_asks_once(asker: User, section: Section) -> None:
    words = {"section": section, "title": "Why does the tap drip?", "body": "Since Monday.", "lang": "en"}
    first = ask_question(by=asker, key="k1", **words)
    again = ask_question(by=asker, key="k1", **words)
    assert first == again
    assert Topic.objects.count() == 1
    with pytest.raises(Conflict, match="already sent with another text"):
        ask_question(by=asker, key="k1", **{**words, "body": "Since Tuesday."})
    assert Topic.objects.count() == 1


def test_a_refused_question_leaves_its_key_free(asker: User, section: Section) -> None:
    words = {"section": section, "title": "Why does the tap drip?", "body": "Since Monday.", "lang": "en"}
    with pytest.raises(ValidationError, match="at most 5 tags"):
        ask_question(by=asker, key="k1", tags=list("abcdef"), **words)
    assert ask_question(by=asker, key="k1", tags=["a"], **words).pk


def test_a_key_belongs_to_one_person(asker: User, answerer: User, topic: Topic) -> None:
    first = post_answer(topic, by=asker, body="Mine.", key="k")
    second = post_answer(topic, by=answerer, body="Theirs.", key="k")
    assert first != second


def test_nobody_asks_in_a_section_that_is_not_open(asker: User, moderator: User) -> None:
    hidden = make_section("hidden", live=False)
    with pytest.raises(PermissionDenied, match="not open"):
        make_topic(asker, hidden)
    assert make_topic(moderator, hidden).pk


def test_a_closed_account_takes_no_part(topic: Topic, section: Section) -> None:
    gone = make_user("gone", is_active=False)
    for act in (
        lambda: make_topic(gone, section),
        lambda: post_answer(topic, by=gone, body="Text."),
        lambda: post_comment(opening_of(topic), by=gone, body="Text."),
    ):
        with pytest.raises(PermissionDenied, match="account is closed"):
            act()


def test_an_answer_is_counted_and_announced(topic: Topic, answerer: User) -> None:
    before = topic.activity_at
    post = post_answer(topic, by=answerer, body="Change the washer.")
    topic.refresh_from_db()
    assert (topic.answer_count, topic.post_count, topic.last_author) == (1, 2, answerer)
    assert topic.first_answer_at == post.created_at
    assert topic.activity_at > before
    event = last_event()
    assert (event.kind, event.data["post_id"], event.data["author_id"]) == ("AnswerPosted", post.pk, answerer.pk)


def test_the_askers_own_answer_is_not_the_first_answer_they_waited_for(topic: Topic, asker: User) -> None:
    post_answer(topic, by=asker, body="I found it.")
    topic.refresh_from_db()
    assert (topic.answer_count, topic.first_answer_at) == (1, None)


def test_an_answer_sent_twice_is_one_answer(topic: Topic, answerer: User) -> None:
    first = post_answer(topic, by=answerer, body="Change it.", key="k")
    again = post_answer(topic, by=answerer, body="Change it.", key="k")
    topic.refresh_from_db()
    assert (first, topic.answer_count) == (again, 1)
    with pytest.raises(Conflict):
        post_answer(topic, by=answerer, body="Do not change it.", key="k")
    with pytest.raises(Conflict):
        post_comment(first, by=answerer, body="Change it.", key="k")
    assert Post.objects.filter(topic=topic).count() == 2


def test_an_imported_date_does_not_move_the_topic_back(topic: Topic, answerer: User) -> None:
    activity = topic.activity_at
    post_answer(topic, by=answerer, body="Long ago.", at=timezone.now() - timedelta(days=900))
    topic.refresh_from_db()
    assert topic.activity_at == activity


def test_closed_merged_and_deleted_topics_take_no_answers(
    topic: Topic, answerer: User, moderator: User, section: Section
) -> None:
    close_topic(topic, by=moderator)
    topic.refresh_from_db()
    with pytest.raises(PermissionDenied, match="closed to new answers"):
        post_answer(topic, by=answerer, body="Text.")
    assert post_answer(topic, by=moderator, body="A last word.").pk
    other = make_topic(answerer, section)
    merge_topic(other, into=topic, by=moderator)
    other.refresh_from_db()
    with pytest.raises(PermissionDenied, match="joined with another one"):
        post_answer(other, by=answerer, body="Text.")
    third = make_topic(answerer, section)
    stale = Topic.objects.get(pk=third.pk)
    delete_post(opening_of(third), by=answerer)
    with pytest.raises(PermissionDenied, match="was deleted"):
        post_answer(stale, by=answerer, body="Text.")


def test_what_changed_since_the_page_was_read_is_checked_again(topic: Topic, answerer: User, moderator: User) -> None:
    stale = Topic.objects.get(pk=topic.pk)
    close_topic(topic, by=moderator)
    with pytest.raises(PermissionDenied, match="closed to new answers"):
        post_answer(stale, by=answerer, body="Text.")
    assert not LoggedEvent.objects.filter(kind="AnswerPosted").exists()


def test_a_comment_hangs_under_an_opening_or_an_answer_only(answer: Post, asker: User, answerer: User) -> None:
    comment = post_comment(answer, by=asker, body="Which size?")
    answer.refresh_from_db()
    answer.topic.refresh_from_db()
    assert (answer.comment_count, answer.topic.post_count, answer.topic.answer_count) == (1, 3, 1)
    assert post_comment(opening_of(answer.topic), by=answerer, body="Which tap?").pk
    with pytest.raises(PermissionDenied, match="cannot be commented on"):
        post_comment(comment, by=answerer, body="Half an inch.")


def test_a_comment_is_short_and_sent_once(answer: Post, asker: User) -> None:
    with pytest.raises(ValidationError, match="1001 characters long; 1000 is the most"):
        post_comment(answer, by=asker, body="x" * 1001)
    assert post_comment(answer, by=asker, body="x" * 1000, key="k") == post_comment(
        answer, by=asker, body="x" * 1000, key="k"
    )


def test_a_deleted_answer_takes_no_comments(answer: Post, answerer: User, asker: User) -> None:
    stale = Post.objects.select_related("topic").get(pk=answer.pk)
    delete_post(answer, by=answerer)
    with pytest.raises(PermissionDenied, match="was deleted"):
        post_comment(stale, by=asker, body="Which size?")


def test_mentions_link_to_members_and_are_announced(topic: Topic, answerer: User, expert: User) -> None:
    post = post_answer(topic, by=answerer, body="Ask @EXPERT, @nobody or a@expert.org, not `@asker`.")
    assert '<a href="/m/expert" class="mention" rel="noopener">@EXPERT</a>' in post.html
    assert post.html.count("<a ") == post.html.count("mention") + post.html.count("mailto:")
    assert last_event().data["mentioned_ids"] == [expert.pk]


def test_links_of_new_members_are_few_and_not_followed(topic: Topic, newcomer: User, answerer: User) -> None:
    links = "See https://a.example https://b.example https://c.example"
    assert post_answer(topic, by=newcomer, body=links).html.count('rel="nofollow ugc noopener"') == 3
    with pytest.raises(ValidationError, match="There are 4 links in the text; 3 are the most"):
        post_answer(topic, by=newcomer, body=f"{links} https://d.example")
    assert "nofollow" not in post_answer(topic, by=answerer, body=f"{links} https://d.example").html


def test_tags_are_made_once_and_synonyms_lead_to_theirs(asker: User, section: Section) -> None:
    tap = Tag.objects.create(slug="tap", label="tap")
    Tag.objects.create(slug="faucet", label="faucet", synonym_of=tap)
    topic = make_topic(asker, section, tags=["Faucet", "tap", "Évier", "EVIER ", "", "-"])
    assert {tag.slug for tag in topic.tags.all()} == {"tap", "evier"}
    make_topic(asker, section, tags=["évier"])
    assert Tag.objects.count() == 3
    assert {tag.slug: tag.topic_count for tag in Tag.objects.all()} == {"tap": 1, "faucet": 0, "evier": 2}


@pytest.mark.parametrize("role", Role.values)
def test_every_role_answers(topic: Topic, role: str) -> None:
    assert make_answer(topic, make_user("someone", role)).pk
