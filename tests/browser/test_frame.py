"""What is around every page: colours, languages, menus, suggestions under the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.devices import People

THEME_AT_BODY = """new MutationObserver((_changes, observer) => {
  if (!document.body) return;
  window.themeAtBody = document.documentElement.dataset.theme ?? "none";
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });"""


def test_dark_is_remembered_and_there_before_the_first_paint(people: People) -> None:
    page = people.device(color_scheme="light")
    page.add_init_script(THEME_AT_BODY)
    page.goto("/en/questions/")
    light = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    page.locator("[data-theme-value=dark]").click()
    dark = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    assert light != dark
    page.goto("/en/tags/")
    assert page.evaluate("() => window.themeAtBody") == "dark"
    expect(page.locator("[data-theme-value=dark]")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-theme-value=auto]").click()
    page.reload()
    assert page.evaluate("() => window.themeAtBody") == "none"
    assert page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor") == light


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/en/", "/fr/"),
        ("/en/questions/unanswered/", "/fr/questions/unanswered/"),
        ("/fr/s/plomberie/", "/en/s/plomberie/"),
        ("/en/search/?q=tap", "/fr/search/?q=tap"),
    ],
)
def test_the_other_language_keeps_the_page(people: People, here: str, there: str) -> None:
    page = people.device(lang=here[1:3])
    page.goto(here)
    page.locator(".site-header summary").last.click()
    page.locator(f".site-header .menu__panel a[hreflang={there[1:3]}]").last.click()
    expect(page).to_have_url(re.compile(re.escape(there) + "$"))
    expect(page.locator("html")).to_have_attribute("lang", there[1:3])


def test_suggestions_come_after_ten_letters_or_three_words_and_close_by_escape(people: People) -> None:
    page = people.device(lang="fr")
    page.goto("/fr/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggestions" in request.url else None)
    field = page.locator("#ask-words")
    steps.type_slowly(page, field, "mon mitig")
    page.wait_for_timeout(500)
    assert asked == []
    page.keyboard.type("eur goutte", delay=steps.KEY_PAUSE)
    results = page.locator("[data-suggest-results]")
    expect(results).to_be_visible()
    page.wait_for_timeout(500)
    assert len(asked) == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(results).to_be_hidden()
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/fr/ask/\?q=mon"))


@pytest.mark.parametrize(
    ("lang", "slip", "meets"),
    [
        ("fr", "robinet qui goute", "goutte"),
        ("fr", "évier bouche ventouse", "vier bouché"),
        ("en", "toilett keeps runing", "Toilet keeps running"),
    ],
)
def test_accents_and_slips_are_forgiven(people: People, lang: str, slip: str, meets: str) -> None:
    page = people.device(lang=lang)
    page.goto(f"/{lang}/")
    found = steps.suggested(page, page.locator("#ask-words"), slip)
    expect(found.filter(has_text=meets).first).to_be_visible()


def test_menus_close_by_escape_and_give_the_focus_back(people: People) -> None:
    page = people.device()
    page.goto("/en/questions/")
    opener = page.locator(".site-header summary").last
    opener.click()
    panel = page.locator(".site-header .menu__panel").last
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()


def test_none_of_these_takes_along_what_was_typed_since_the_list_came(people: People) -> None:
    page = people.device()
    page.goto("/en/")
    steps.suggested(page, page.locator("#ask-words"), "toilet keeps running")
    # The list for more words does not come.
    page.route("**/suggestions/**", lambda route: None)
    page.keyboard.type(" all night")
    page.locator(".suggestions__none a").click()
    expect(page.locator("input[name=title]")).to_have_value("toilet keeps running all night")
