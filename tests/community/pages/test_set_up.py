"""What `setup_site` makes, and leaves alone."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, Site

from community.pages.actions.set_up import SetUp, set_up_site
from community.pages.models import HelpIndexPage, HomePage

pytestmark = pytest.mark.django_db


def test_it_makes_both_languages_and_removes_wagtails_welcome_page() -> None:
    set_up_site()
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "fr"}
    assert HomePage.objects.live().count() == HelpIndexPage.objects.live().count() == 2
    assert not Page.objects.filter(slug="home").exists()
    assert Site.objects.get().root_page.specific == HomePage.objects.get(locale__language_code="en")


def test_pages_of_both_languages_are_translations_of_each_other(site: SetUp) -> None:
    for pages in (site.homes, site.help_indexes):
        assert pages["en"].get_translation(pages["fr"].locale).pk == pages["fr"].pk


def test_a_second_run_changes_nothing(site: SetUp) -> None:
    before = list(Page.objects.values_list("pk", "title", "latest_revision_id"))
    assert set_up_site().changed is False
    assert list(Page.objects.values_list("pk", "title", "latest_revision_id")) == before


def test_what_the_brand_changed_stays(site: SetUp) -> None:
    home = HomePage.objects.get(pk=site.homes["fr"].pk)
    home.title = "La Remise"
    home.save_revision().publish()
    set_up_site()
    assert HomePage.objects.get(pk=home.pk).title == "La Remise"


def test_a_language_that_is_missing_is_added(site: SetUp) -> None:
    site.homes["fr"].delete()
    assert set_up_site().homes["fr"].pk != site.homes["fr"].pk
    assert HelpIndexPage.objects.filter(locale__language_code="fr").count() == 1


def test_the_command_says_what_it_did() -> None:
    said = [StringIO(), StringIO()]
    for out in said:
        call_command("setup_site", stdout=out)
    assert "/en/, /fr/" in said[0].getvalue()
    assert "Nothing to do" in said[1].getvalue()


def test_before_it_ran_a_visitor_is_told_so(client: Client) -> None:
    answer = client.get("/en/")
    assert answer.status_code == 503
    assert "setup_site" in answer.content.decode()
