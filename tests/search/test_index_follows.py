"""The index follows what happens, and holds nothing that is not public."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from community.accounts.models import User
from community.core.events import publish
from community.topics.actions.delete import delete_post, restore_post
from community.topics.actions.edit import edit_post
from community.topics.actions.merge import merge_topic
from community.topics.actions.move import move_topic
from community.topics.actions.resolve import reopen_topic
from community.topics.events import BulkImported, SectionChanged
from community.topics.models import Post, Section, Topic
from search.engines import Filters
from search.engines.chosen import engine
from search.models import SearchDocument
from search.suggesting import suggest
from tests.factories.topics import make_answer, make_section, make_topic, opening_of

pytestmark = pytest.mark.django_db


def titles(words: str, user: User | AnonymousUser | None = None) -> list[str]:
    return [each.result.title for each in suggest(engine(), words, user or AnonymousUser())]


def test_a_question_is_found_by_its_title_its_text_and_its_answer(kettle: Topic) -> None:
    assert titles("descale my kettle") == [kettle.title]
    assert titles("white stuff swims in tea") == [kettle.title]
    assert titles("boil vinegar and water") == [kettle.title]


def test_an_edit_is_found_and_what_it_replaced_is_not(kettle: Topic, asker: User) -> None:
    edit_post(opening_of(kettle), by=asker, title="Removing limescale from an iron", body="It spits.", base_revision=1)
    assert titles("limescale in the iron") == ["Removing limescale from an iron"]
    assert titles("white stuff swims") == []


def test_a_deleted_question_is_not_found_until_it_is_back(kettle: Topic, moderator: User) -> None:
    delete_post(opening_of(kettle), by=moderator)
    assert titles("descale a kettle") == []
    assert titles("descale a kettle", moderator) == []
    restore_post(opening_of(kettle), by=moderator)
    assert titles("descale a kettle") == [kettle.title]


def test_a_deleted_answer_is_not_found(kettle: Topic, kettle_answer: Post, moderator: User) -> None:
    delete_post(kettle_answer, by=moderator)
    assert titles("boil vinegar and water") == []


def test_what_the_index_still_holds_is_not_shown_when_the_database_says_no(kettle: Topic, moderator: User) -> None:
    Topic.objects.filter(pk=kettle.pk).update(deleted_at=timezone.now())
    assert engine().suggest("descale a kettle")
    assert titles("descale a kettle") == titles("descale a kettle", moderator) == []


def test_a_merged_question_leaves_the_place_to_the_one_it_joined(
    kettle: Topic, section: Section, stranger: User, moderator: User
) -> None:
    twin = make_topic(stranger, section, title="Descaling my old kettle, how?")
    merge_topic(twin, into=kettle, by=moderator)
    assert titles("descale a kettle") == [kettle.title]


def test_moving_and_reopening_change_what_a_search_narrows_to(kettle: Topic, asker: User, moderator: User) -> None:
    elsewhere = make_section("kitchen")
    move_topic(kettle, section=elsewhere, by=moderator)
    assert engine().search("kettle", Filters(section_id=elsewhere.pk, solved=True)).hits
    reopen_topic(kettle, by=asker)
    assert not engine().search("kettle", Filters(solved=True)).hits


def test_a_closed_section_hides_its_questions(kettle: Topic, section: Section) -> None:
    Section.objects.filter(pk=section.pk).update(live=False)
    with transaction.atomic():
        publish(SectionChanged(section_id=section.pk))
    assert not engine().suggest("descale a kettle")
    assert titles("descale a kettle") == []


def test_what_is_imported_in_bulk_is_found(kettle: Topic) -> None:
    SearchDocument.objects.all().delete()
    with transaction.atomic():
        publish(BulkImported(topic_ids=(kettle.pk, 10**9)))
    assert titles("descale a kettle") == [kettle.title]


def test_a_topic_of_many_answers_is_one_document_with_its_best_one(kettle: Topic, stranger: User) -> None:
    for number in range(8):
        make_answer(kettle, stranger, body=f"Perhaps marmalade, says neighbour number {number}.")
    assert titles("marmalade of the neighbour") == []
    assert titles("boil vinegar and water") == [kettle.title]


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_rebuild_heals_what_is_missing_outdated_and_left_over(kettle: Topic, garden: list[Topic]) -> None:
    run("search_rebuild", "--check")
    SearchDocument.objects.filter(object_id=str(kettle.pk)).delete()
    SearchDocument.objects.filter(object_id=str(garden[0].pk)).update(fingerprint="other")
    SearchDocument.objects.create(
        kind="topic", object_id="999999", activity_at=timezone.now(), fingerprint="x", read_at=timezone.now()
    )
    with pytest.raises(CommandError):
        run("search_rebuild", "--check")
    run("search_rebuild")
    assert "database: 0 of its own records are wrong" in run("search_rebuild", "--check")
    assert titles("descale a kettle") == [kettle.title]


def test_the_rebuild_names_what_differs(kettle: Topic) -> None:
    SearchDocument.objects.filter(object_id=str(kettle.pk)).delete()
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("search_rebuild", "--check", stdout=out)
    assert f"topic: 1 missing: {kettle.pk}" in out.getvalue()


def test_age_is_told_from_the_last_activity(kettle: Topic) -> None:
    Topic.objects.filter(pk=kettle.pk).update(activity_at=timezone.now() - timedelta(days=900))
    run("search_rebuild")
    row = SearchDocument.objects.get(object_id=str(kettle.pk))
    assert timezone.now() - row.activity_at > timedelta(days=899)
