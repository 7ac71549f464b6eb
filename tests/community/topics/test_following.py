"""Following, sharing a problem, read marks, drafts, uploads, and counts brought back in step."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from community.accounts.models import User
from community.core.errors import Conflict
from community.topics.actions.delete import delete_post
from community.topics.actions.draft import MAX_DRAFTS, discard_draft, save_draft
from community.topics.actions.follow import follow_topic, mark_read, share_problem, unfollow_topic, unshare_problem
from community.topics.actions.recount import recount_post, recount_section, recount_tags, recount_topic
from community.topics.actions.upload import upload_image
from community.topics.models import Draft, Follow, Post, ReadMark, SameProblem, Section, Tag, Topic
from tests.factories.topics import make_topic, make_user, opening_of


def test_following_is_counted_once_and_ends(topic: Topic, stranger: User) -> None:
    assert follow_topic(topic, by=stranger)
    assert not follow_topic(topic, by=stranger)
    topic.refresh_from_db()
    assert topic.follower_count == 1
    assert unfollow_topic(topic, by=stranger)
    assert not unfollow_topic(topic, by=stranger)
    topic.refresh_from_db()
    assert topic.follower_count == 0


def test_sharing_a_problem_counts_once_and_follows(topic: Topic, stranger: User, asker: User) -> None:
    assert share_problem(topic, by=stranger)
    assert not share_problem(topic, by=stranger)
    assert not share_problem(topic, by=asker)
    topic.refresh_from_db()
    assert (topic.same_problem_count, topic.follower_count) == (1, 1)
    assert unshare_problem(topic, by=stranger)
    assert not unshare_problem(topic, by=stranger)
    topic.refresh_from_db()
    assert topic.same_problem_count == 0


def test_deleted_topics_and_closed_accounts_are_left_alone(topic: Topic, asker: User, stranger: User) -> None:
    gone = make_user("gone", is_active=False)
    for act in (follow_topic, share_problem):
        with pytest.raises(PermissionDenied, match="account is closed"):
            act(topic, by=gone)
    delete_post(opening_of(topic), by=asker)
    topic.refresh_from_db()
    for act in (follow_topic, share_problem):
        with pytest.raises(PermissionDenied, match="was deleted"):
            act(topic, by=stranger)
    assert not Follow.objects.exists()
    assert not SameProblem.objects.exists()


def test_reading_writes_only_when_something_is_new(topic: Topic, stranger: User) -> None:
    now = timezone.now()
    assert mark_read(topic, by=stranger, at=now)
    assert not mark_read(topic, by=stranger, at=now + timedelta(seconds=5))
    assert ReadMark.objects.get(user=stranger).read_at == now
    topic.activity_at = now + timedelta(minutes=1)
    assert mark_read(topic, by=stranger, at=now + timedelta(minutes=2))
    assert ReadMark.objects.filter(user=stranger).count() == 1


def test_a_draft_is_kept_and_replaced_by_whoever_saw_it_last(asker: User) -> None:
    first = save_draft("ask", by=asker, data={"title": "Tap", "junk": "x"}, base_version=0)
    assert (first.version, first.data) == (1, {"title": "Tap"})
    second = save_draft("ask", by=asker, data={"title": "Tap drips"}, base_version=1)
    assert second.version == 2
    with pytest.raises(Conflict, match="another device"):
        save_draft("ask", by=asker, data={"title": "Tap from the phone"}, base_version=1)
    assert Draft.objects.get().data == {"title": "Tap drips"}
    assert save_draft("ask", by=asker, data={"title": "Tap drips"}, base_version=1).version == 2
    assert discard_draft("ask", by=asker)
    assert not discard_draft("ask", by=asker)


def test_drafts_belong_to_one_member_and_are_not_without_end(asker: User, stranger: User) -> None:
    save_draft("ask", by=asker, data={"title": "Mine"}, base_version=0)
    save_draft("ask", by=stranger, data={"title": "Theirs"}, base_version=0)
    assert {draft.data["title"] for draft in Draft.objects.all()} == {"Mine", "Theirs"}
    with pytest.raises(ValidationError, match="too long"):
        save_draft("ask", by=asker, data={"body": "x" * 40_001}, base_version=1)
    for number in range(MAX_DRAFTS + 3):
        save_draft(f"answer:{number}", by=asker, data={"body": "text"}, base_version=0)
    kept = Draft.objects.filter(user=asker)
    assert kept.count() == MAX_DRAFTS
    assert kept.filter(key=f"answer:{MAX_DRAFTS + 2}").exists()


def picture(side: int = 2000) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (side, side // 2), "#0d566b").save(buffer, "JPEG")
    return SimpleUploadedFile("photo.jpg", buffer.getvalue(), "image/jpeg")


def test_an_image_is_drawn_anew_and_says_its_size(asker: User) -> None:
    stored = upload_image(picture(), by=asker)
    assert (stored.width, stored.height) == (1600, 800)
    assert stored.name.endswith("-1600x800.webp")
    assert stored.url.startswith("/media/posts/")


def test_what_is_no_image_is_not_stored(asker: User) -> None:
    with pytest.raises(ValidationError, match="cannot be read as a picture"):
        upload_image(SimpleUploadedFile("photo.jpg", b"<script>", "image/jpeg"), by=asker)
    with pytest.raises(ValidationError, match="Choose an image"):
        upload_image(None, by=asker)
    with pytest.raises(PermissionDenied):
        upload_image(picture(40), by=make_user("gone", is_active=False))


def test_recounting_heals_what_was_broken_and_says_so(answer: Post, section: Section, stranger: User) -> None:
    topic = make_topic(stranger, section, tags=["tap"])
    Topic.objects.filter(pk=answer.topic_id).update(
        answer_count=9, post_count=9, follower_count=9, same_problem_count=9, is_solved=True, excerpt="x"
    )
    Post.objects.filter(pk=answer.pk).update(up_count=7, comment_count=3, is_accepted=True, accepted_as="staff")
    Section.objects.update(topic_count=99)
    Tag.objects.update(topic_count=42)
    broken, post = Topic.objects.get(pk=answer.topic_id), Post.objects.get(pk=answer.pk)
    section = Section.objects.get()
    assert recount_post(Post.objects.get(pk=answer.pk))
    assert recount_topic(broken)
    assert recount_section(section)
    assert recount_tags([tag.pk for tag in topic.tags.all()]) == 1
    broken.refresh_from_db()
    post.refresh_from_db()
    assert (broken.answer_count, broken.post_count, broken.is_solved) == (1, 2, False)
    assert (post.up_count, post.comment_count, post.is_accepted, post.accepted_as) == (0, 0, False, "")
    assert (Section.objects.get().topic_count, Tag.objects.get().topic_count) == (2, 1)
    assert not recount_topic(broken)
    assert not recount_post(post)
    assert not recount_section(section)
    assert recount_tags() == 0


def test_imported_votes_survive_a_recount(answer: Post) -> None:
    Post.objects.filter(pk=answer.pk).update(imported_up=5, imported_down=1)
    answer.refresh_from_db()
    assert recount_post(answer)
    assert (answer.up_count, answer.down_count) == (5, 1)
