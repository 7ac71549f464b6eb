"""A site that was set up, people of each kind, and help articles."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image as Picture
from wagtail.images.models import Image

from community.accounts.models import User
from community.core import slots
from community.pages.actions.set_up import BRAND_TEAM, SetUp, set_up_site
from community.pages.models import BrandSettings, HelpArticlePage


def forget_kept() -> None:
    """As a freshly started cache: nothing kept, nothing marked as changing."""
    for name in ("default", "pages"):
        caches[name].clear()


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    forget_kept()
    yield
    forget_kept()


@pytest.fixture
def site(db: None) -> SetUp:
    """A site as `setup_site` makes it, after its transaction."""
    made = set_up_site()
    forget_kept()
    return made


@pytest.fixture
def bare_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other app fills anything: what the pages themselves show and cost."""
    monkeypatch.setattr(slots, "_fillings", {})


@pytest.fixture
def brand(site: SetUp) -> BrandSettings:
    """The site's brand settings."""
    return BrandSettings.objects.get(site=site.site)


@pytest.fixture
def stranger(db: None) -> User:
    """A member with no part in the brand."""
    return User.objects.create_user("stranger", "stranger@example.org", "pw")


@pytest.fixture
def brand_member(site: SetUp) -> User:
    """Someone of the brand team."""
    user = User.objects.create_user("brand", "brand@example.org", "pw")
    user.groups.add(Group.objects.get(name=BRAND_TEAM))
    return user


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """A client signed in as someone."""

    def signed_in(user: User) -> Client:
        client.force_login(user, backend="community.accounts.privileges.PrivilegeBackend")
        return client

    return signed_in


@pytest.fixture
def picture(db: None, tmp_path: Any) -> Image:
    """An image in Wagtail."""
    path = tmp_path / "tap.png"
    Picture.new("RGB", (1300, 700), "#0d566b").save(path)
    with path.open("rb") as file:
        return Image.objects.create(title="A tap", file=ImageFile(file, name="tap.png"))


@pytest.fixture
def add_article(site: SetUp) -> Callable[..., HelpArticlePage]:
    """Adds a help article, live unless told otherwise."""

    def add(title: str = "Shut off the water", language: str = "en", *, live: bool = True, **fields: Any) -> Any:
        index = site.help_indexes[language]
        page = HelpArticlePage(title=title, locale=index.locale, live=False, **fields)
        index.add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()
        forget_kept()
        return HelpArticlePage.objects.get(pk=page.pk)

    return add
