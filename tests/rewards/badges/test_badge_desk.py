"""Badges at the brand's desk: declared without code, tried before they are given, given by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client

from community.accounts.actions.desk_groups import complete_groups, join_desk_group
from community.accounts.models import Role, User
from community.notifications.kinds import describe
from community.notifications.models import Notification
from community.topics.models import Post, Section, Tag
from rewards.badges.actions.give import give_badge, take_back
from rewards.badges.actions.ship import ship_badges, shipped_badges
from rewards.badges.filling import fill
from rewards.badges.models import Award, Badge, Grade, Icon
from rewards.metrics import METRICS
from tests.factories.badges import make_badge
from tests.factories.topics import make_user

pytestmark = pytest.mark.django_db
FORM = {
    "name_fr": "Utile",
    "name_en": "Useful",
    "description_fr": "A répondu.",
    "description_en": "Answered.",
    "slug": "useful",
    "grade": "silver",
    "icon": "helpful",
    "metric": "answers",
    "threshold": "1",
    "least_votes": "0",
}


@pytest.fixture
def boss() -> User:
    complete_groups()
    boss = make_user("boss", Role.BRAND)
    join_desk_group(boss)
    return User.objects.get(pk=boss.pk)


@pytest.fixture
def desk(boss: User, as_user: Callable[..., Client]) -> Client:
    return as_user(boss)


def test_the_team_tries_a_badge_before_anything_is_saved(desk: Client, answer: Post) -> None:
    address = "/admin/snippets/badges/badge/preview/"
    assert desk.post(address, FORM).json()["is_valid"]
    answered = desk.get(address, {"mode": ""})
    # In the frame where the desk shows it.
    assert "frame-ancestors 'self'" in answered["Content-Security-Policy"]
    page = answered.content.decode()
    assert "1 member would get it." in page
    assert "answerer" in page
    assert not Badge.objects.exists()


def test_saved_live_it_is_given_and_the_team_reads_to_how_many(desk: Client, answer: Post) -> None:
    draft = desk.post("/admin/snippets/badges/badge/add/", FORM, follow=True)
    assert draft.status_code == 200
    badge = Badge.objects.get()
    assert (badge.is_live, Award.objects.exists()) == (False, False)
    said = desk.post(f"/admin/snippets/badges/badge/edit/{badge.pk}/", {**FORM, "is_live": "on"}, follow=True)
    assert "1 member gets it now, quietly." in said.content.decode()
    assert Award.objects.get().member.username == "answerer"
    assert not Notification.objects.filter(kind="badge_earned").exists()


def test_a_rule_that_means_nothing_is_refused_with_a_reason(desk: Client) -> None:
    page = desk.post("/admin/snippets/badges/badge/add/", {**FORM, "metric": "days_member", "window_days": "3"})
    assert "This cannot be counted by section" in page.content.decode()
    assert "Utile" in page.content.decode()
    assert not Badge.objects.exists()


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"metric": ""}, "metric"),
        ({"threshold": 0}, "threshold"),
        ({"window_days": 30, "is_repeated": True}, "is_repeated"),
        ({"metric": "days_member", "lang": "fr"}, "metric"),
        ({"metric": "days_member", "scope": "section"}, "metric"),
        ({"metric": "questions", "least_votes": 2}, "metric"),
        ({"is_manual": True, "is_revocable": True}, "is_revocable"),
        ({"slug": "verify"}, "slug"),
    ],
)
def test_faults_are_told_at_their_field(fields: dict[str, Any], at: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make_badge(**fields)
    assert at in refused.value.error_dict


def test_a_badge_of_each_place_is_not_limited_to_one_and_none_waits_for_itself(section: Section) -> None:
    with pytest.raises(ValidationError, match="each section"):
        make_badge(scope="section", section=section)
    with pytest.raises(ValidationError, match="each tag"):
        make_badge(scope="tag", tag=Tag.objects.create(slug="x", label="x"))
    first = make_badge("first")
    second = make_badge("second", prerequisite=first)
    first.prerequisite = second
    with pytest.raises(ValidationError, match="wait for the other"):
        first.full_clean()


def test_the_team_gives_one_by_hand_with_its_reason_and_takes_it_back(desk: Client, answerer: User) -> None:
    badge = make_badge("tester", is_manual=True)
    address, form = "/admin/give-badge/", {"badge": badge.pk, "username": "answerer", "reason": "Tested the new drill."}
    assert "has the badge now" in desk.post(address, form, follow=True).content.decode()
    assert "has this badge already" in desk.post(address, form, follow=True).content.decode()
    award = Award.objects.get()
    assert (award.member, award.reason, award.given_by and award.given_by.username) == (
        answerer,
        "Tested the new drill.",
        "boss",
    )
    told = describe([Notification.objects.get(kind="badge_earned")])
    assert [(one.sentence, one.url) for one in told.values()] == [
        ("You earned the badge “tester en”", "/en/badges/tester/")
    ]
    assert "Tested the new drill." in desk.get("/en/members/answerer/").content.decode()
    desk.post(address, {"take_back": award.pk})
    award.refresh_from_db()
    badge.refresh_from_db()
    assert (award.revoked_at is None, badge.holder_count) == (False, 0)


def test_what_cannot_be_given_is_said_and_what_was_typed_stays(desk: Client) -> None:
    badge = make_badge("tester", is_manual=True)
    page = desk.post("/admin/give-badge/", {"badge": badge.pk, "username": "nobody", "reason": "Kind."})
    assert page.status_code == 422
    assert "Nobody here has this pseudonym." in page.content.decode()
    assert "Kind." in page.content.decode()


def test_others_neither_give_nor_take(answerer: User, as_user: Callable[..., Client]) -> None:
    badge = make_badge("tester", is_manual=True)
    with pytest.raises(PermissionDenied):
        give_badge(badge, answerer, by=answerer, reason="I deserve it.")
    assert as_user(answerer).get("/admin/give-badge/").status_code in {302, 403}


def test_what_a_person_took_back_no_rule_gives_again(boss: User, answer: Post, answerer: User) -> None:
    ruled = make_badge(metric="answers")
    fill(ruled)
    award = Award.objects.get(badge=ruled)
    assert take_back(award, by=boss)
    assert not take_back(award, by=boss)
    fill(ruled)
    assert not Award.objects.in_force().exists()
    with pytest.raises(ValidationError):
        give_badge(ruled, answerer, by=boss, reason="Please.")


def test_what_we_ship_is_complete_in_both_languages_and_three_grades() -> None:
    assert len(ship_badges()) == len(shipped_badges()) >= 30
    badges = list(Badge.objects.all())
    assert {badge.grade for badge in badges} == set(Grade)
    for badge in badges:
        badge.full_clean()
        assert badge.icon in Icon
        assert all([badge.name_fr, badge.name_en, badge.description_fr, badge.description_en]), badge.slug
        assert badge.is_manual or badge.metric in METRICS or badge.slug in {"idea-delivered", "chat-coach"}, badge.slug
    wanted = (
        "first-answer first-accepted quick-helper night-owl back-from-the-dead translator howto-author section-expert "
        "idea-delivered product-tester local-hand chat-coach"
    )
    assert {badge.slug for badge in badges} >= set(wanted.split())
    assert set(wanted.split()) - set(Badge.objects.shown().values_list("slug", flat=True)) == {
        "idea-delivered",
        "chat-coach",
    }


def test_shipping_again_changes_nothing_that_the_brand_did(answer: Post) -> None:
    call_command("setup_badges")
    assert Award.objects.filter(badge__slug="first-answer", member__username="answerer").exists()
    Badge.objects.filter(slug="night-owl").update(name_fr="Chouette", threshold=3, is_live=False)
    Badge.objects.get(slug="spirit").delete()
    assert ship_badges() == []
    owl = Badge.objects.get(slug="night-owl")
    assert (owl.name_fr, owl.threshold, owl.is_live) == ("Chouette", 3, False)
    assert not Badge.objects.filter(slug="spirit").exists()
