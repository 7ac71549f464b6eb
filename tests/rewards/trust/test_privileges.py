"""What goes beyond taking part is open to roles, and to those who have earned it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import Role, User
from community.accounts.privileges import PRIVILEGES
from community.pages.site_settings import of_default_site
from community.topics.actions.delete import delete_post
from community.topics.actions.edit import edit_post
from community.topics.actions.merge import merge_topic
from community.topics.actions.move import close_topic, move_topic
from community.topics.actions.resolve import accept_answer, unaccept_answer
from community.topics.actions.vote import vote_post
from community.topics.models import Post, Section, Topic
from community.topics.permissions import allowed, check_can_move
from rewards.models import RewardSettings
from rewards.rules import Preset
from rewards.trust.models import PrivilegeSettings, PrivilegeThreshold
from rewards.trust.privileges import THRESHOLDS, thresholds
from tests.factories.topics import make_answer, make_section, make_topic, make_user

pytestmark = pytest.mark.django_db


def trusted(name: str = "trusted", level: int = 3, reputation: int = 1_000, **fields: object) -> User:
    return make_user(name, trust_level=level, reputation=reputation, **fields)


def test_every_privilege_has_a_threshold_in_every_preset() -> None:
    assert THRESHOLDS.keys() == PRIVILEGES.keys()
    assert all(set(row) == set(Preset) for row in THRESHOLDS.values())


def test_a_newcomer_has_none_of_it(asker: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    newcomer = make_user("newcomer", trust_level=0)
    assert [name for name in PRIVILEGES if newcomer.has_perm(f"community.{name}")] == ["images"]
    thresholds()
    with django_assert_num_queries(0):
        assert not newcomer.has_perm("community.merge")


def test_experience_opens_what_moderators_do(topic: Topic, answer: Post, asker: User, section: Section) -> None:
    someone, experienced = make_user("someone"), trusted()
    other, elsewhere = make_topic(asker, section), make_section("garden")
    for by, may in ((someone, False), (experienced, True)):
        attempts = (
            lambda by=by: edit_post(answer, by=by, body=f"Better said by {by}.", base_revision=answer.revision),
            lambda by=by: move_topic(topic, by=by, section=elsewhere),
            lambda by=by: merge_topic(topic, into=other, by=by),
        )
        for attempt in attempts:
            if may:
                assert attempt()
            else:
                with pytest.raises(PermissionDenied):
                    attempt()
    with pytest.raises(PermissionDenied):
        close_topic(other, by=experienced)
    assert close_topic(other, by=trusted("leader", 4))


def test_deleting_what_others_wrote_stays_with_moderators(answer: Post) -> None:
    with pytest.raises(PermissionDenied):
        delete_post(answer, by=trusted(level=4, reputation=100_000))


def test_both_the_level_and_the_reputation_count(topic: Topic) -> None:
    assert not allowed(check_can_move, trusted("poor", 3, 1), topic)
    assert not allowed(check_can_move, trusted("new", 1, 100_000), topic)


def test_nothing_is_open_to_closed_accounts(topic: Topic) -> None:
    assert not allowed(check_can_move, trusted(is_active=False), topic)


def test_a_member_at_home_says_what_solved_a_question(section: Section, asker: User, answerer: User) -> None:
    helper = trusted("helper")
    accepted = [make_answer(make_topic(asker, section), helper) for _ in range(10)]
    waiting, other = make_answer(make_topic(asker, section), answerer), make_section("garden")
    for answer in accepted[1:]:
        accept_answer(answer, by=asker)
    with pytest.raises(PermissionDenied):
        accept_answer(waiting, by=helper)
    accept_answer(accepted[0], by=asker)
    assert accept_answer(waiting, by=helper)
    waiting.refresh_from_db()
    assert waiting.accepted_as == "member"
    with pytest.raises(PermissionDenied):
        accept_answer(make_answer(make_topic(asker, other), answerer), by=helper)
    with pytest.raises(PermissionDenied):
        unaccept_answer(accepted[0], by=helper)
    assert unaccept_answer(waiting, by=helper)


def test_voting_down_takes_some_experience(answer: Post) -> None:
    newcomer = make_user("newcomer", trust_level=0)
    assert vote_post(answer, by=newcomer, value=1)
    with pytest.raises(PermissionDenied):
        vote_post(answer, by=newcomer, value=-1)
    assert vote_post(answer, by=newcomer, value=0)
    assert vote_post(answer, by=make_user("settled"), value=-1)


def test_the_brand_sets_thresholds_of_its_own(topic: Topic) -> None:
    member = make_user("member", trust_level=2)
    assert not member.has_perm("community.move", topic)
    own = of_default_site(PrivilegeSettings)
    own.thresholds.add(PrivilegeThreshold(privilege="move", level=2, reputation=0))
    own.save()
    member = User.objects.get(pk=member.pk)
    assert member.has_perm("community.move", topic)


def test_the_preset_moves_all_thresholds(topic: Topic) -> None:
    member = trusted(reputation=300)
    assert not member.has_perm("community.move", topic)
    settings = of_default_site(RewardSettings)
    settings.preset = Preset.LAUNCH
    settings.save()
    member = User.objects.get(pk=member.pk)
    assert member.has_perm("community.move", topic)


@pytest.mark.parametrize("role", [Role.EXPERT, Role.MODERATOR, Role.BRAND])
def test_roles_need_no_merit(role: str, topic: Topic) -> None:
    assert make_user("with-a-role", role, trust_level=0).has_perm("community.merge", topic)


def test_the_page_offers_what_one_may_do(topic: Topic, answer: Post, client: Client) -> None:
    client.force_login(trusted(language="en"))
    page = client.get(topic.get_absolute_url(), follow=True).content.decode()
    assert f"/t/{topic.pk}/move" in page
    assert "Edit" in page
    assert f"/t/{topic.pk}/close" not in page
    assert client.post(f"/en/t/{topic.pk}/close/", {"value": "1"}).status_code == 403


def test_a_newcomer_sees_no_button_that_would_refuse_them(topic: Topic, answer: Post, client: Client) -> None:
    client.force_login(make_user("newcomer", trust_level=0, language="en"))
    page = client.get(topic.get_absolute_url(), follow=True).content.decode()
    assert "Misleading" not in page
