"""Wagtail's admin as the brand's desk: who may change what, in which words, and what it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from community.accounts.models import Role, User
from community.pages.desk import DeskItem, desk_panels
from community.pages.models import BrandSettings, HelpArticlePage
from community.topics.models import Section, Tag

SignIn = Callable[[User], Client]


def address_of(brand: BrandSettings) -> str:
    return reverse("wagtailsettings:edit", args=["pages", "brandsettings", brand.site_id])


def form(**changed: Any) -> dict[str, Any]:
    blank = {field.name: "" for field in BrandSettings._meta.fields if field.name.startswith(("light_", "dark_"))}
    inlines = {
        f"{inline}-{field}": value
        for inline in ("navigation", "footer_links")
        for field, value in {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 9}.items()
    }
    base = {"name": "Solivelle", "radius": 10, "font_use": "titles", "logo": "", "logo_dark": ""}
    return {**blank, **inlines, **base, **changed}


def test_the_brand_team_changes_the_brand(sign_in: SignIn, brand_member: User, brand: BrandSettings) -> None:
    client = sign_in(brand_member)
    assert client.get(address_of(brand)).status_code == 200
    assert client.post(address_of(brand), form(light_accent="#0b6a6f")).status_code == 302
    brand.refresh_from_db()
    assert (brand.name, brand.light_accent) == ("Solivelle", "#0b6a6f")


def test_a_stranger_does_not(sign_in: SignIn, stranger: User, brand: BrandSettings) -> None:
    client = sign_in(stranger)
    assert client.get(address_of(brand)).status_code == 302
    client.post(address_of(brand), form())
    brand.refresh_from_db()
    assert brand.name == "Entraide"


def test_a_guest_is_led_to_sign_in(client: Client, brand: BrandSettings) -> None:
    answer = client.get(address_of(brand), follow=True)
    assert "/account/login/" in answer.redirect_chain[-1][0]


def test_colours_without_contrast_are_refused_beside_the_field(
    sign_in: SignIn, brand_member: User, brand: BrandSettings
) -> None:
    html = sign_in(brand_member).post(address_of(brand), form(light_accent="#ffe680")).content.decode()
    assert "The nearest colour that passes is #" in html
    brand.refresh_from_db()
    assert brand.light_accent == ""


def test_the_desk_bears_the_brands_name_and_says_what_waits(
    sign_in: SignIn, brand_member: User, brand: BrandSettings
) -> None:
    BrandSettings.objects.update(name="Solivelle")

    def waiting(request: HttpRequest) -> DeskItem | None:
        return DeskItem(3, "3 parcels wait", "/admin/parcels/") if request.user == brand_member else None

    with desk_panels.with_entry("parcels", waiting):
        html = sign_in(brand_member).get("/admin/").content.decode()
    assert "Solivelle</title>" in html
    assert '<a href="/admin/parcels/">3 parcels wait</a>' in html


def test_the_desk_speaks_french_to_those_who_do(sign_in: SignIn, brand_member: User) -> None:
    UserProfile.objects.update_or_create(user=brand_member, defaults={"preferred_language": "fr"})
    html = sign_in(brand_member).get("/admin/").content.decode()
    assert '<html lang="fr"' in html


def test_the_brand_team_previews_and_publishes_an_article(
    sign_in: SignIn, brand_member: User, add_article: Callable[..., HelpArticlePage]
) -> None:
    article = add_article(live=False)
    client = sign_in(brand_member)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert client.get(edit).status_code == 200
    data = {"title": "Shut off the gas", "slug": "gas", "summary": "At once.", "cover": "", "body-count": 0}
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    assert client.post(preview, data).json()["is_valid"] is True
    shown = client.get(preview)
    assert "<h1>Shut off the gas</h1>" in shown.content.decode()
    # The desk shows it in a frame; no page of another site may.
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/en/")["Content-Security-Policy"]
    assert client.get("/en/help/gas/").status_code == 404
    client.post(edit, {**data, "action-publish": "1", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0})
    assert client.get("/en/help/gas/").status_code == 200


def section_form(**changed: Any) -> dict[str, Any]:
    texts = {"title_fr": "Jardin", "title_en": "Garden", "purpose_fr": "", "purpose_en": ""}
    return {**texts, "slug": "garden", "position": 1, "cover": "", "action-publish": "1", **changed}


def test_the_brand_team_makes_a_section_with_experts_who_have_that_role(
    sign_in: SignIn, brand_member: User, stranger: User
) -> None:
    expert = User.objects.create_user("ada", "ada@example.org", "pw", role=Role.EXPERT)
    client = sign_in(brand_member)
    add = reverse("wagtailsnippets_topics_section:add")
    assert stranger.username not in client.get(add).content.decode()
    client.post(add, section_form(experts=[stranger.pk]))
    assert not Section.objects.exists()
    client.post(add, section_form(experts=[expert.pk]))
    section = Section.objects.get(slug="garden")
    assert (section.live, list(section.experts.all())) == (True, [expert])


def test_a_section_is_previewed_before_it_is_published(sign_in: SignIn, brand_member: User) -> None:
    client = sign_in(brand_member)
    preview = reverse("wagtailsnippets_topics_section:preview_on_add")
    client.post(preview, section_form(purpose_en="All that grows"))
    assert "All that grows" in client.get(preview).content.decode() or "Jardin" in client.get(preview).content.decode()
    assert not Section.objects.exists()


def test_a_stranger_makes_no_section(sign_in: SignIn, stranger: User, db: None) -> None:
    sign_in(stranger).post(reverse("wagtailsnippets_topics_section:add"), section_form())
    assert not Section.objects.exists()


@pytest.fixture
def tags(db: None) -> dict[str, Tag]:
    tap = Tag.objects.create(label="tap", slug="tap")
    faucet = Tag.objects.create(label="faucet", slug="faucet", synonym_of=tap)
    return {"tap": tap, "faucet": faucet, "pipe": Tag.objects.create(label="pipe", slug="pipe")}


@pytest.mark.parametrize(
    ("edited", "target", "sentence"),
    [
        ("pipe", "faucet", "Choose another tag that is not itself a synonym."),
        ("pipe", "pipe", "Choose another tag that is not itself a synonym."),
        ("tap", "pipe", "Other tags are synonyms of this one: faucet."),
    ],
)
def test_synonyms_make_no_chains(
    sign_in: SignIn, brand_member: User, tags: dict[str, Tag], edited: str, target: str, sentence: str
) -> None:
    tag = tags[edited]
    address = reverse("wagtailsnippets_topics_tag:edit", args=[tag.pk])
    data = {"label": tag.label, "slug": tag.slug, "synonym_of": tags[target].pk}
    assert sentence in sign_in(brand_member).post(address, data).content.decode()
    tag.refresh_from_db()
    assert tag.synonym_of is None


def test_a_tag_becomes_a_synonym_and_labels_stay_unique(
    sign_in: SignIn, brand_member: User, tags: dict[str, Tag]
) -> None:
    client = sign_in(brand_member)
    address = reverse("wagtailsnippets_topics_tag:edit", args=[tags["pipe"].pk])
    assert client.post(address, {"label": "pipe", "slug": "pipe", "synonym_of": tags["tap"].pk}).status_code == 302
    tags["pipe"].refresh_from_db()
    assert tags["pipe"].synonym_of == tags["tap"]
    html = client.post(address, {"label": "TAP", "slug": "pipe", "synonym_of": ""}).content.decode()
    assert "There is a tag with this label already." in html
