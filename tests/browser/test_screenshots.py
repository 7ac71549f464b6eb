"""Pictures of the main pages for people to look at (`make screenshots`), and the one in the README."""

from pathlib import Path

import pytest

from tests.browser.devices import PHONE, People
from tests.browser.places import look_up

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "var" / "screenshots"
SIZES = {"phone": PHONE, "desk": {"width": 1280, "height": 900}}
PAGES = {
    "home": ("", ""), "home-member": ("", "amina"), "questions": ("questions/", ""), "section": ("s/plomberie/", ""),
    "tags": ("tags/", ""), "question": ("{solved}", ""), "question-moderator": ("{solved}", "admin"),
    "unanswered": ("{unsolved}", "amina"), "ask": ("ask/", ""), "similar": ("ask/?q={words}", ""),
    "details": ("ask/details/?q={words}", ""), "search": ("search/?q={words}", ""),
    "nothing": ("search/?q=xylophone+zzyzx", ""), "member": ("members/amina/", ""), "help": ("help/", ""),
    "article": ("{article}", ""), "signup": ("account/signup/", ""), "signin": ("account/login/", ""),
    "settings": ("me/", "amina"), "notifications": ("me/notifications/", "amina"),
    "history": ("p/{post}/revisions/", ""), "edit": ("p/{post}/edit/", "admin"), "404": ("t/999999999/", ""),
}  # fmt: skip

pytestmark = pytest.mark.pictures


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_take_screenshots(people: People, size: str, lang: str, scheme: str) -> None:
    known = look_up(people.site, lang)
    PICTURES.mkdir(parents=True, exist_ok=True)
    pages = {
        name: people.device(name, lang=lang, size=SIZES[size], color_scheme=scheme) for name in ("", "amina", "admin")
    }
    for name, (address, visitor) in PAGES.items():
        page = pages[visitor]
        page.goto(f"/{lang}/{address.format(**known)}", wait_until="networkidle")
        page.screenshot(path=PICTURES / f"{name}-{size}-{lang}-{scheme}.png", full_page=True)
    page = pages[""]
    page.goto(f"/{lang}/")
    page.locator("#ask-words").fill(known["words"].replace("+", " "))
    page.locator("[data-suggest-results] .suggestion").first.wait_for()
    page.screenshot(path=PICTURES / f"suggestions-{size}-{lang}-{scheme}.png")


def test_take_the_screenshot_of_the_readme(people: People) -> None:
    page = people.device(lang="en", color_scheme="light", size={"width": 360, "height": 1100})
    page.goto(f"/en/{look_up(people.site, 'en')['solved']}", wait_until="networkidle")
    picture = ROOT / "docs" / "question.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size < 150_000
