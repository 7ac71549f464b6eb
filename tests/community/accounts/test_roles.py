"""Roles, and the brand's desk that opens to some of them."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied

from community.accounts.actions.desk_groups import complete_groups, group_permissions, join_desk_group
from community.accounts.actions.roles import set_role
from community.accounts.models import Profile, Role, Trait, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create_superuser("root_of_all", "root@example.org", "correct horse battery")


def groups(user) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


def test_the_brand_team_gives_roles_and_the_desk_follows(boss, nadia):
    assert set_role(nadia, Role.BRAND, by=boss)
    assert (groups(nadia), nadia.is_staff) == (["Brand team"], True)
    assert set_role(nadia, Role.MODERATOR, by=boss)
    assert groups(nadia) == ["Community moderators"]
    assert set_role(nadia, Role.STAFF, by=boss)
    assert (groups(nadia), nadia.is_staff) == (["Support team"], True)
    assert set_role(nadia, Role.EXPERT, by=boss)
    assert (groups(nadia), nadia.is_staff) == ([], False)
    assert not set_role(nadia, Role.EXPERT, by=boss)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.EXPERT, Role.STAFF, Role.MODERATOR])
def test_nobody_else_gives_roles(person, nadia, role):
    with pytest.raises(PermissionDenied):
        set_role(nadia, Role.BRAND, by=person("climber", role))


def test_nobody_changes_their_own_role_nor_an_administrators(boss, administrator):
    with pytest.raises(PermissionDenied):
        set_role(boss, Role.MEMBER, by=boss)
    with pytest.raises(PermissionDenied):
        set_role(administrator, Role.MEMBER, by=boss)


def test_completing_the_groups_twice_changes_nothing(db):
    complete_groups()
    before = set(Group.objects.get(name="Brand team").permissions.all())
    complete_groups()
    assert set(Group.objects.get(name="Brand team").permissions.all()) == before
    assert {"access_admin", "add_trait", "change_brandsettings"} <= {one.codename for one in before}
    assert not {"change_user", "change_group"} & {one.codename for one in before}


def test_the_groups_are_complete_after_a_migration_without_anybody_s_help(db):
    names = {"Brand team", "Community moderators", "Support team"}
    found = Group.objects.filter(name__in=names, permissions__codename="access_admin")
    assert set(found.values_list("name", flat=True)) == names


def test_a_permission_of_a_higher_app_goes_to_the_groups_that_it_names(db):
    Group.objects.all().delete()
    with group_permissions.with_entry("accounts.change_profile", ("Support team",)):
        complete_groups()
    assert Group.objects.get(name="Support team").permissions.filter(codename="change_profile").exists()
    assert not Group.objects.get(name="Brand team").permissions.filter(codename="change_profile").exists()


def test_who_has_a_role_already_joins_the_group_that_a_release_brings(person):
    helper = person("helper", Role.STAFF)
    complete_groups()
    assert groups(helper) == []
    Group.objects.filter(name="Support team").delete()
    complete_groups()
    helper.refresh_from_db()
    assert (groups(helper), helper.is_staff) == (["Support team"], True)


def test_the_desk_has_no_sign_in_page_of_its_own(client):
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/en/account/login/?next=/admin/"
    assert "/account/login/" in client.get("/admin/", follow=True).redirect_chain[-1][0]


def test_a_member_without_rights_is_told_so(client, nadia):
    client.force_login(nadia)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "desk" in response.content.decode()


def test_the_brand_team_opens_the_desk_but_not_the_users(client, boss):
    join_desk_group(boss)
    complete_groups()
    client.force_login(boss)
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/snippets/accounts/trait/").status_code == 200
    assert client.get("/admin/users/").status_code == 302


def test_the_brand_team_writes_a_trait_with_its_answers(client, boss):
    join_desk_group(boss)
    complete_groups()
    client.force_login(boss)
    form = {
        "label_fr": "Logement", "label_en": "Home", "slug": "housing", "position": "0",
        "choices-TOTAL_FORMS": "1", "choices-INITIAL_FORMS": "0", "choices-MIN_NUM_FORMS": "0",
        "choices-MAX_NUM_FORMS": "1000", "choices-0-label_fr": "Maison", "choices-0-label_en": "House",
        "choices-0-slug": "house", "choices-0-position": "0", "choices-0-ORDER": "1",
    }  # fmt: skip
    assert client.post("/admin/snippets/accounts/trait/add/", form).status_code == 302
    assert Trait.objects.get().choices.get().label_en == "House"


def test_an_administrator_makes_and_changes_members_at_the_desk(client, administrator):
    client.force_login(administrator)
    assert client.get("/admin/users/").status_code == 200
    assert 'name="first_name"' not in client.get("/admin/users/new/").content.decode()
    new = {"username": "shop_ada", "email": "Ada@Example.org", "role": "staff", "language": "fr"}
    assert client.post("/admin/users/new/", new).status_code == 302
    ada = User.objects.get(username="shop_ada")
    assert (ada.role, ada.email, ada.has_usable_password()) == ("staff", "ada@example.org", False)
    assert Profile.objects.filter(user=ada).exists()
    page = f"/admin/users/edit/{ada.pk}/"
    assert client.get(page).status_code == 200
    changed = {**new, "username": "ada", "role": "brand", "is_active": "on"}
    assert client.post(page, changed).status_code == 302
    ada.refresh_from_db()
    assert (ada.username, ada.username_key, ada.role, groups(ada)) == ("ada", "ada", "brand", ["Brand team"])
    assert client.post(page, {**changed, "username": "root_of_a11"}).status_code == 200


def test_a_member_does_not_manage_users(client, nadia):
    client.force_login(nadia)
    assert client.get("/admin/users/", follow=True).status_code == 403
