"""A member's page: what they show, and nothing else."""

import pytest

from community.accounts.actions.profile import update_profile
from community.accounts.actions.rename import rename_member
from community.accounts.models import Role, Trait, TraitChoice
from community.core.slots import filled_temporarily

pytestmark = pytest.mark.django_db
PAGE = "/en/members/nadia/"


def test_what_is_not_public_is_not_in_the_page(client, nadia):
    update_profile(nadia, {"bio": "I plaster walls", "place": "Angers", "show_place": False}, by=nadia)
    page = client.get(PAGE).content.decode()
    assert "I plaster walls" in page
    assert "Angers" not in page
    assert nadia.email not in page
    assert 'content="noindex"' in page


def test_traits_show_in_the_readers_language_once_made_public(client, nadia):
    trait = Trait.objects.create(slug="housing", label_fr="Logement", label_en="Home")
    TraitChoice.objects.create(trait=trait, slug="flat", label_fr="Appartement", label_en="Flat")
    update_profile(nadia, {"traits": {"housing": "flat", "gone": "x"}, "show_traits": True}, by=nadia)
    assert "Home: Flat" in client.get(PAGE).content.decode()
    assert "Appartement" in client.get("/fr/members/nadia/").content.decode()


@pytest.mark.parametrize(
    ("role", "mark"), [(Role.EXPERT, "role--expert"), (Role.STAFF, "role--staff"), (Role.MEMBER, "")]
)
def test_experts_and_staff_are_marked(client, person, role, mark):
    person("marked", role)
    page = client.get("/en/members/marked/").content.decode()
    assert ("role--" in page) is bool(mark)
    assert mark in page


def test_other_apps_fill_the_page_unless_the_member_minds(client, nadia):
    with filled_temporarily("member.activity", lambda context, member: f"<p>wrote as {member.username}</p>"):
        client.get(PAGE)
    update_profile(nadia, {"show_activity": False}, by=nadia)
    with filled_temporarily("member.activity", lambda context, member: "secret"):
        assert "secret" not in client.get(PAGE).content.decode()


def test_a_kept_page_is_dropped_when_the_profile_changes(client, nadia):
    assert "I plaster" not in client.get(PAGE).content.decode()
    update_profile(nadia, {"bio": "I plaster walls"}, by=nadia)
    assert "I plaster" in client.get(PAGE).content.decode()


def test_nobody_is_a_404_and_a_closed_account_says_so(client, person):
    person("gone", is_active=False)
    assert client.get("/en/members/nobody/").status_code == 404
    response = client.get("/en/members/gone/")
    assert response.status_code == 410
    assert "This account is closed" in response.content.decode()


def test_one_address_a_member_whatever_the_case(client, nadia):
    assert client.get("/en/members/NADIA/")["Location"] == PAGE
    assert client.get("/en/members/nad.ia/").status_code == 404


def test_a_mention_leads_to_the_member_even_under_another_name(client, nadia):
    assert client.get("/m/nadia", headers={"accept-language": "en"})["Location"] == PAGE
    rename_member(nadia, "plasterer", by=nadia)
    assert client.get("/m/nadia", headers={"accept-language": "fr"})["Location"] == "/fr/members/plasterer/"
    assert client.get("/m/nobody", follow=True).status_code == 404


def test_a_page_costs_few_queries(client, nadia, stranger, django_assert_max_num_queries):
    client.force_login(stranger)
    client.get(PAGE)
    with django_assert_max_num_queries(7):
        client.get(PAGE)
