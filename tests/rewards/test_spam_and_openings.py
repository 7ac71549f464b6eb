"""What was removed as spam costs its author; what was earned elsewhere comes along, once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from community.accounts.events import MembersImported
from community.accounts.models import User
from community.core.events import publish
from community.topics.actions.delete import delete_post, restore_post
from community.topics.actions.resolve import accept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Resolution
from rewards.ledger.recompute import differences, settle_facts
from rewards.models import Entry, Score
from tests.factories.topics import make_user

pytestmark = pytest.mark.django_db


def reputation(user: User) -> int:
    user.refresh_from_db()
    return user.reputation


def bring(**reputations: int) -> None:
    """Tell that members came from elsewhere with what they had there."""
    pairs = tuple((User.objects.get(username=name).pk, points) for name, points in reputations.items())
    with transaction.atomic():
        publish(MembersImported(reputations=pairs))


def test_spam_costs_its_author_until_it_is_brought_back(answer: Post, asker: User, moderator: User) -> None:
    author = answer.author
    bring(answerer=151)
    vote_post(answer, by=asker, value=1)
    assert delete_post(answer, by=moderator, as_spam=True)
    assert not delete_post(answer, by=moderator, as_spam=True)
    assert reputation(author) == 151 - 100, "the vote no longer pays either"
    restore_post(answer, by=moderator)
    assert reputation(author) == 161
    assert settle_facts() == 0
    assert not list(differences())


def test_only_moderators_call_it_spam(answer: Post, asker: User, moderator: User, staff_member: User) -> None:
    for by in (asker, answer.author, staff_member):
        with pytest.raises(PermissionDenied):
            delete_post(answer, by=by, as_spam=True)
    answer.refresh_from_db()
    assert not answer.is_deleted
    own = answer.topic.posts.get(kind="opening")
    Post.objects.filter(pk=own.pk).update(author=moderator)
    own.refresh_from_db()
    with pytest.raises(PermissionDenied):
        delete_post(own, by=moderator, as_spam=True)


def test_plain_deletion_costs_nothing(answer: Post, moderator: User) -> None:
    delete_post(answer, by=moderator)
    assert reputation(answer.author) == 1


def test_the_button_is_there_for_moderators(answer: Post, moderator: User, asker: User) -> None:
    for user, shown in ((moderator, True), (asker, False)):
        client = Client()
        client.force_login(user)
        page = client.get(answer.topic.get_absolute_url(), follow=True).content.decode()
        assert ("Remove as spam" in page) is shown
    client = Client()
    client.force_login(moderator)
    client.post(f"/en/p/{answer.pk}/delete/", {"spam": "1"}, follow=True)
    answer.refresh_from_db()
    assert answer.is_spam


def test_nobody_loses_what_they_earned_elsewhere(asker: User, answerer: User) -> None:
    bring(answerer=2_345, asker=1)
    bring(answerer=2_345)
    assert (reputation(answerer), reputation(asker)) == (2_345, 1)
    assert Entry.objects.get().rule == "opening"
    assert not list(differences())


def test_what_was_earned_elsewhere_is_on_no_board_of_today(answerer: User) -> None:
    User.objects.filter(pk=answerer.pk).update(date_joined=timezone.now() - timedelta(days=800))
    bring(answerer=2_345)
    today = timezone.now().date()
    assert Score.objects.get(member=answerer, span="all", scope="").points == 2_344
    assert not Score.objects.filter(member=answerer, span=f"{today:%Y}").exists()


def test_an_acceptance_that_came_along_is_not_paid_again(answer: Post, asker: User, answerer: User) -> None:
    accept_answer(answer, by=asker)
    Entry.objects.all().delete()
    User.objects.update(ledger_total=0, reputation=1)
    Resolution.objects.update(created_at=timezone.now() - timedelta(days=400))
    bring(answerer=500, asker=20)
    settle_facts()
    assert reputation(answerer) == 500


def test_who_leaves_takes_nothing_from_others(answer: Post, asker: User, answerer: User) -> None:
    fan = make_user("fan")
    vote_post(answer, by=fan, value=1)
    User.objects.filter(pk=fan.pk).update(is_active=False, username="gone-1", username_key="gone-1", email=None)
    assert reputation(answerer) == 11
    assert settle_facts() == 0
    assert not list(differences())
    with pytest.raises(ProtectedError):
        fan.delete()
