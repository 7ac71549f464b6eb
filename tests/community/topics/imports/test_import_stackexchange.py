"""`import_stackexchange` brings in people, questions, answers, comments, votes and duplicates, once."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import CommandError

from community.accounts.models import User
from community.core.models import LoggedEvent
from community.topics.actions.recount import recount_post, recount_section, recount_tags, recount_topic
from community.topics.models import ImportSource, Post, Resolution, Section, Tag, Topic
from tests.community.topics.imports.conftest import post
from tests.community.topics.imports.picture import everything

pytestmark = [pytest.mark.slow, pytest.mark.bulk]

if TYPE_CHECKING:
    from tests.community.topics.imports.conftest import Import

SHARED = Path(os.environ.get("ENTRAIDE_SHARED", Path(__file__).resolve().parents[5] / "shared"))
REAL = SHARED / "data" / "stackexchange"
needs_real_dumps = pytest.mark.skipif(
    not (REAL / "coffee" / "Posts.xml").exists(), reason="needs the public dumps: set ENTRAIDE_SHARED"
)


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2020, 3, day, hour, tzinfo=UTC)


def test_a_question_keeps_its_words_dates_score_and_tags(run_import: "Import", tiny: Path) -> None:
    run_import(tiny, lang="en")
    opening = post(10)
    topic = opening.topic
    assert (opening.body, opening.html) == (
        "Tell me **how** 10 works",
        "<p>Tell me <strong>how</strong> 10 works</p>\n",
    )
    assert (topic.title, topic.slug, topic.lang) == ("How does number 10 work?", "how-does-number-10-work", "en")
    assert (topic.created_at, opening.created_at, topic.activity_at) == (at(1), at(1), at(11))
    assert (opening.up_count, opening.down_count, opening.imported_up) == (3, 0, 3)
    assert sorted(tag.slug for tag in topic.tags.all()) == ["c-plus-plus", "c-sharp"]
    assert topic.excerpt == "Tell me how 10 works"
    assert topic.section == Section.objects.get(slug="tiny-dump")
    assert topic in Topic.objects.visible_to(AnonymousUser())  # type: ignore[attr-defined]


def test_members_keep_the_reputation_they_had(run_import: "Import", tiny: Path) -> None:
    run_import(tiny)
    assert User.objects.get(username="Rosa-Kettle").reputation == 1234
    run_import(tiny)
    assert list(User.objects.filter(reputation__gt=1).values_list("reputation", flat=True)) == [1234]


def test_answers_find_their_question_even_when_it_comes_later(run_import: "Import", tiny: Path) -> None:
    run_import(tiny)
    assert post(13).topic == post(14).topic
    assert (post(11).down_count, post(11).score) == (2, -2)
    assert post(12).edited_at == at(4)
    assert post(14).topic.is_closed


def test_the_accepted_answer_is_a_resolution_of_the_asker_on_that_day(run_import: "Import", tiny: Path) -> None:
    run_import(tiny)
    [resolution] = Resolution.objects.all()
    topic = resolution.topic
    assert (resolution.answer, resolution.by, resolution.accepted_as) == (post(12), topic.author, "asker")
    assert resolution.created_at == datetime(2020, 3, 5, tzinfo=UTC)
    assert (topic.is_solved, topic.solved_at) == (True, resolution.created_at)
    assert topic.answer_excerpt == "It works like 12"
    assert (post(12).is_accepted, post(11).is_accepted) == (True, False)


def test_people_get_free_pseudonyms_and_no_way_in(run_import: "Import", tiny: Path) -> None:
    User.objects.create_user("Rosa-Kettle", "rosa@example.org")
    run_import(tiny)
    names = set(User.objects.values_list("username", flat=True))
    assert names == {
        *("Rosa-Kettle", "Community", "Rosa-Kettle-1", "Rosa_Kettle-2", "tiny-dump-3", "tiny-dump-4"),
        *("tiny-dump-77", "user-23"),
    }
    asker = post(10).author
    assert (asker.username, asker.email, asker.has_usable_password()) == ("Rosa-Kettle-1", None, False)
    assert (asker.profile.bio, asker.profile.place, asker.profile.show_place) == ("I **like** tea", "Lyon", False)
    assert post(17).author == post(18).author == User.objects.get(username="user-23")


def test_comments_hang_under_their_posts(run_import: "Import", tiny: Path) -> None:
    run_import(tiny)
    [comment] = Post.objects.filter(parent=post(10))
    assert (comment.kind, comment.up_count, comment.author) == ("comment", 4, post(11).author)
    assert comment.html == "<p>Which <em>one</em>?</p>\n"
    assert post(10).comment_count == post(12).comment_count == 1
    assert (post(10).topic.post_count, post(10).topic.last_author) == (5, post(10).author)


def test_a_duplicate_points_to_the_other_question_and_never_in_a_circle(run_import: "Import", tiny: Path) -> None:
    run_import(tiny)
    assert post(19).topic.merged_into == post(10).topic
    assert post(10).topic.merged_into is None
    assert post(14).topic.merged_into is None


def test_what_cannot_be_placed_is_left_out_and_counted(run_import: "Import", tiny: Path) -> None:
    said = run_import(tiny)
    for line in ("answers whose question is missing", "comments whose post is missing", "posts of other kinds"):
        assert f"1  {line}" in said
    assert Post.objects.count() == 4 + 4 + 2


def test_all_counts_are_right_at_the_end(run_import: "Import", tiny: Path) -> None:
    run_import(tiny)
    assert not any(recount_topic(topic) for topic in Topic.objects.all())
    assert not any(recount_post(one) for one in Post.objects.all())
    assert not any(recount_section(section) for section in Section.objects.all())
    assert recount_tags() == 0
    assert Tag.objects.get(slug="storage").topic_count == 1


def test_the_second_run_changes_nothing(run_import: "Import", tiny: Path) -> None:
    run_import(tiny)
    before, events = everything(), LoggedEvent.objects.count()
    said = run_import(tiny)
    assert said.startswith("Nothing new.")
    assert everything() == before
    assert LoggedEvent.objects.count() == events


def test_a_newer_dump_brings_only_what_is_new(run_import: "Import", tiny: Path) -> None:
    run_import(tiny)
    posts = (tiny / "Posts.xml").read_text()
    newer = '<row Id="20" PostTypeId="2" ParentId="10" CreationDate="2020-03-20T10:00:00" Body="new" OwnerUserId="3" />'
    (tiny / "Posts.xml").write_text(posts.replace("</posts>", f"{newer}</posts>"))
    said = run_import(tiny)
    assert "1  answers" in said
    assert post(20).author.username == "tiny-dump-3"
    assert post(10).topic.answer_count == 3


def test_what_members_changed_meanwhile_is_left_alone(run_import: "Import", tiny: Path) -> None:
    run_import(tiny)
    Post.objects.filter(pk=post(10).pk).update(body="mine")
    Topic.objects.filter(pk=post(19).topic_id).update(merged_into=None)
    run_import(tiny)
    assert post(10).body == "mine"
    assert post(19).topic.merged_into is None


def test_each_batch_is_announced_with_its_topics(run_import: "Import", tiny: Path) -> None:
    run_import(tiny, batch=2)
    announced = LoggedEvent.objects.filter(kind="BulkImported")
    assert {topic for event in announced for topic in event.data["topic_ids"]} == set(
        Topic.objects.values_list("pk", flat=True)
    )


def test_texts_can_be_converted_by_other_processes(run_import: "Import", tiny: Path) -> None:
    run_import(tiny, workers=0)
    alone = everything()["posts"]
    run_import(tiny, workers=2, batch=2, source="again")
    assert [(one[0], one[5], one[6]) for one in everything("again")["posts"]] == [
        (one[0], one[5], one[6]) for one in alone
    ]


def test_a_section_can_be_chosen_and_must_exist(run_import: "Import", tiny: Path) -> None:
    with pytest.raises(CommandError, match="no section “garden”"):
        run_import(tiny, section="garden")
    Section.objects.create(slug="garden", title_fr="Jardin", title_en="Garden")
    run_import(tiny, section="garden")
    assert set(Topic.objects.values_list("section__slug", flat=True)) == {"garden"}


def test_a_damaged_file_ends_in_one_sentence_and_leaves_what_came_before(run_import: "Import", tiny: Path) -> None:
    whole = (tiny / "Posts.xml").read_text()
    (tiny / "Posts.xml").write_text(whole[: whole.index('<row Id="15"')])
    with pytest.raises(CommandError, match=r"Posts\.xml, line 8: the file ends too early"):
        run_import(tiny)
    assert Topic.objects.count() == 2
    assert Section.objects.get().topic_count == 2
    (tiny / "Posts.xml").write_text(whole)
    run_import(tiny)
    damaged = everything()
    assert not any(recount_topic(topic) for topic in Topic.objects.all())
    assert len(damaged["topics"]) == 4


def test_a_number_used_twice_comes_in_once(run_import: "Import", tiny: Path) -> None:
    (tiny / "Posts.xml").write_text(
        (tiny / "Posts.xml").read_text().replace('Id="14" PostTypeId="1"', 'Id="10" PostTypeId="1"')
    )
    run_import(tiny, batch=1)
    assert post(10).topic.title == "How does number 10 work?"


def test_a_folder_without_posts_is_refused_and_nothing_is_made(run_import: "Import", tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no Posts\.xml"):
        run_import(tmp_path)
    assert not ImportSource.objects.exists()
    assert not Section.objects.exists()


@needs_real_dumps
@pytest.mark.parametrize(
    ("name", "questions", "answers", "comments", "accepted"),
    [("coffee", 225, 327, 0, 105), ("conlang.meta", 54, 115, 230, 11)],
)
def test_real_dumps_come_in_whole(
    run_import: "Import", name: str, questions: int, answers: int, comments: int, accepted: int
) -> None:
    run_import(REAL / name)
    counts = [Post.objects.filter(kind=kind).count() for kind in ("opening", "answer", "comment")]
    assert [*counts, Resolution.objects.count()] == [questions, answers, comments, accepted]
    assert not any(recount_topic(topic) for topic in Topic.objects.all())
    assert run_import(REAL / name).startswith("Nothing new.")
