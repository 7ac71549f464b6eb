"""The demo community: loaded once, told through the actions, and never in the way of its visitors."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from community.accounts.models import User
from community.core.tasks.worker import Worker
from community.notifications.models import Notification
from community.pages.actions.set_up import set_up_site
from community.tickets.models import Ticket
from community.topics.actions.ask import ask_question
from community.topics.actions.delete import delete_post
from community.topics.actions.recount import recount_post, recount_section, recount_topic
from community.topics.models import Post, Section, Topic
from deploy.demo import prepare
from deploy.demo.load import load
from deploy.housekeeping import keep_house
from rewards.ambassadors.models import Candidate, CrisisNotice
from rewards.ambassadors.waiting import TABS, page_of_waiting
from rewards.badges.models import Award
from rewards.badges.rechecking import differences as badge_differences
from rewards.ranks.models import RankChange
from rewards.ranks.proof import differences as rank_differences

pytestmark = pytest.mark.slow

PASSWORD = "for-this-test-only"


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, loaded once for all tests of this module and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(TASKS={"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}):
            load(set_up_site(), PASSWORD)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_demo_is_rich_bilingual_consistent_and_loaded_once() -> None:
    topics = Topic.objects.all()
    assert topics.count() >= 60
    assert {topic.lang for topic in topics} == {"fr", "en"}
    assert User.objects.count() >= 25
    assert topics.filter(merged_into__isnull=False).exists()
    assert Topic.objects.listed().unanswered().exists()
    assert Topic.objects.solved().exists()
    ages = [timezone.now() - topic.created_at for topic in topics]
    assert max(ages) > timedelta(days=300)
    assert min(ages) > timedelta(0)
    assert all(topic.activity_at <= timezone.now() for topic in topics)
    assert not any(recount_topic(topic) for topic in topics)
    assert not any(recount_post(post) for post in Post.objects.all())
    assert not any(recount_section(section) for section in Section.objects.all())
    assert mail.outbox == []
    tickets = Ticket.objects.all()
    assert {ticket.lang for ticket in tickets} == {"fr", "en"}
    assert {ticket.status for ticket in tickets} == {"open", "waiting", "closed"}
    assert tickets.late(timezone.now()).exists()
    assert all(ticket.is_confirmed for ticket in tickets)
    amina = User.objects.get(username="amina")
    assert amina.is_ambassador
    assert page_of_waiting(amina.ambassadorship, TABS["longest"], "")[0]
    assert Candidate.objects.exists()
    assert CrisisNotice.objects.current().get().published_at is None

    mine = ask_question(
        by=User.objects.get(username="alice"),
        section=Section.objects.all()[0],
        title="Does my own question stay?",
        body="It should.",
        lang="en",
    )
    gone = topics.filter(author__username="alice").exclude(pk=mine.pk).first()
    assert gone is not None
    delete_post(gone.posts.get(kind="opening"), by=User.objects.get(username="marc"))
    before = Topic.objects.count()
    assert load(set_up_site(), PASSWORD).topics == 0
    assert Topic.objects.count() == before
    assert Ticket.objects.count() == len(tickets)
    assert Topic.objects.get(pk=gone.pk).is_deleted


@pytest.mark.django_db
def test_its_people_stand_on_several_ranks_and_their_story_ends_there() -> None:
    ranks = set(User.objects.exclude(rank="").values_list("rank", flat=True))
    assert len(ranks) >= 3
    amina = User.objects.get(username="amina")
    steps = list(RankChange.objects.filter(member=amina).order_by("created_at").values_list("after", flat=True))
    assert steps[0] == "new-face"
    assert steps[-1] == amina.rank
    assert not User.objects.get(username="marc").rank
    assert list(rank_differences()) == []


@pytest.mark.django_db
def test_the_people_of_the_guide_may_sign_in_with_the_printed_password() -> None:
    for name in ("alice", "amina", "marc", "admin"):
        user = User.objects.get(email=f"{name}@example.org")
        assert user.check_password(PASSWORD)
    alice, marc = User.objects.get(username="alice"), User.objects.get(username="marc")
    assert not alice.is_staff
    assert marc.is_staff


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_its_pages_are_shown_in_both_languages(client: Client, lang: str) -> None:
    topic = Topic.objects.filter(lang=lang, merged_into=None).order_by("-answer_count")[0]
    for path in (
        f"/{lang}/",
        f"/{lang}/questions/",
        f"/{lang}/s/plomberie/",
        f"/{lang}/help/",
        f"/{lang}/t/{topic.pk}/",
    ):
        assert client.get(path, follow=True).status_code == 200, path


@pytest.mark.django_db
def test_housekeeping_finds_nothing_to_correct_after_a_load() -> None:
    assert keep_house()["counts corrected"] == 0


@pytest.mark.django_db
def test_the_password_is_made_once(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    first, is_new = prepare.password()
    assert is_new
    assert prepare.password() == (first, False)


@pytest.mark.django_db
def test_nobody_opens_the_demo_to_news_of_its_own_story() -> None:
    Worker().drain()
    assert Notification.objects.exists()
    assert not User.objects.filter(unread_notifications__gt=0).exists()
    assert Award.objects.filter(reason="").exists()
    assert Award.objects.exclude(reason="").exists()
    assert list(badge_differences()) == []
