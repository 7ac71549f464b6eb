"""The brand's desk: candidates, steps, the charter, notices and figures, for those who run the programme."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.topics.actions.resolve import accept_answer
from community.topics.models import Section
from rewards.ambassadors.actions.apply import apply
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.board import board_of
from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import CharterVersion, CrisisNotice
from tests.factories.ambassadors import make_ambassador, make_charter, state_of
from tests.factories.topics import make_answer, make_topic, make_user

pytestmark = pytest.mark.django_db
AsUser = Callable[..., Client]
ADDRESS = "/admin/ambassadors/"


@pytest.mark.parametrize("page", ["", "charter/", "notices/", "figures/"])
def test_the_desk_is_for_those_who_run_it(as_user: AsUser, manager: User, moderator: User, page: str) -> None:
    assert as_user(manager).get(f"{ADDRESS}{page}").status_code == 200
    assert as_user(moderator).get(f"{ADDRESS}{page}").status_code in {302, 403}


def test_an_application_is_read_and_answered(as_user: AsUser, manager: User, stranger: User) -> None:
    make_charter(manager)
    apply("I like taps.", by=stranger)
    browser = as_user(manager)
    assert "1 candidate, application or review" in browser.get("/admin/").content.decode()
    assert "I like taps." in browser.get(f"{ADDRESS}?show=applications").content.decode()
    address = f"{ADDRESS}member/{stranger.pk}/"
    sent = {"before": "applied", "after": "invited", "reason": ""}
    assert browser.post(address, sent).status_code == 422
    assert state_of(stranger) == State.APPLIED
    browser.post(address, {**sent, "reason": "Gladly."})
    assert state_of(stranger) == State.INVITED
    late = browser.post(address, {"before": "applied", "after": "declined", "reason": "No."}, follow=True)
    assert late.status_code == 200


def test_a_stale_page_changes_nothing(as_user: AsUser, manager: User, ambassador: User) -> None:
    sent = {"before": "invited", "after": "declined", "reason": "Too late."}
    page = as_user(manager).post(f"{ADDRESS}member/{ambassador.pk}/", sent, follow=True).content.decode()
    assert "This is no longer possible" in page
    assert state_of(ambassador) == State.ACTIVE


def test_somebody_is_invited_by_name(as_user: AsUser, manager: User, stranger: User) -> None:
    browser = as_user(manager)
    make_charter(manager)
    assert "Nobody is called that." in browser.post(ADDRESS, {"username": "nobody", "reason": "Hm."}).content.decode()
    browser.post(ADDRESS, {"username": "stranger", "reason": "You help so many."})
    assert state_of(stranger) == State.INVITED


def test_lists_cost_the_same_whatever_their_size(
    as_user: AsUser, manager: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = as_user(manager)
    make_ambassador("first", manager)
    browser.get(f"{ADDRESS}?show=serving")
    with django_assert_num_queries(20):
        browser.get(f"{ADDRESS}?show=serving")
    for number in range(4):
        make_ambassador(f"member{number}", manager)
    with django_assert_num_queries(20):
        browser.get(f"{ADDRESS}?show=serving")


def test_a_charter_is_published_and_who_agreed_is_seen(as_user: AsUser, manager: User, ambassador: User) -> None:
    browser = as_user(manager)
    assert browser.post(f"{ADDRESS}charter/", {"text_fr": "", "text_en": "Only English."}).status_code == 422
    browser.post(f"{ADDRESS}charter/", {"text_fr": "Bonjour.", "text_en": "Hello."})
    assert CharterVersion.objects.count() == 2
    page = browser.get(f"{ADDRESS}charter/").content.decode()
    assert "Have not agreed yet" in page
    assert "amina" in page


def test_a_notice_is_written_and_made_public_by_one_click(as_user: AsUser, manager: User, ambassador: User) -> None:
    browser = as_user(manager)
    texts = {"title_en": "A hose leaks", "facts_en": "Batch F2631.", "say_en": "We check."}
    assert browser.post(f"{ADDRESS}notices/", {**texts, "say_en": ""}).status_code == 422
    browser.post(f"{ADDRESS}notices/", texts)
    notice = CrisisNotice.objects.get()
    page = browser.get(f"{ADDRESS}notices/{notice.pk}/").content.decode()
    assert "not read yet" in page
    browser.post(f"{ADDRESS}notices/{notice.pk}/", {"publish": "1"})
    notice.refresh_from_db()
    assert notice.published_at is not None


def test_figures_count_by_the_role_held_at_the_time(
    as_user: AsUser, manager: User, asker: User, section: Section
) -> None:
    now = timezone.now()
    before = make_answer(make_topic(asker, section), make_user("amina"))
    accept_answer(before, by=asker, at=now - timedelta(days=2))
    amina = before.author
    make_charter(manager)
    take_step(amina, State.INVITED, by=manager, reason="You help.", at=now - timedelta(days=1, hours=3))
    browser = as_user(amina)
    browser.post("/en/ambassadors/me/agree/", {"charter": "1"})
    tomorrow = now + timedelta(days=1)
    for helper in (amina, make_user("member")):
        accept_answer(make_answer(make_topic(asker, section), helper), by=asker, at=tomorrow)
    accept_answer(make_answer(make_topic(asker, section), manager), by=manager, at=tomorrow)
    board = board_of(now - timedelta(days=7), now + timedelta(days=7))
    assert (board.solutions["ambassadors"], board.solutions["members"], board.solutions["staff"]) == (1, 2, 0)
    assert board.top_share == 100.0
    assert (board.first_by_ambassadors, board.first_by_others) == (1, 3)
    assert (board.left, board.served) == (0, 1)
    assert [(load.member, load.answers, load.cap) for load in board.loads] == [(amina, 2, 10)]
    take_step(amina, State.EMERITUS, by=amina)
    assert board_of(now - timedelta(days=7), now + timedelta(days=7)).churn == 100.0


def test_figures_are_a_page_and_a_file(as_user: AsUser, manager: User, ambassador: User) -> None:
    browser = as_user(manager)
    page = browser.get(f"{ADDRESS}figures/", {"days": 28}).content.decode()
    assert "Share of the five people with most solutions" in page
    assert "amina" in page
    rows = browser.get(f"{ADDRESS}figures/", {"days": 28, "export": "csv"}).content.decode().splitlines()
    assert rows[0] == "from,solutions_ambassadors,solutions_members,solutions_staff"
    assert len(rows) > 5
