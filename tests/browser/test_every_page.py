"""Every page on a phone: no barrier that axe can find, nothing wider than the screen, no error."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.devices import People
from tests.browser.places import PLACES, Place, look_up

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
# Both languages and both colour schemes are seen on every page, in two visits instead of four.
LOOKS = [("en", "light"), ("fr", "dark")]
AXE = Axe()


def barriers(page: Page, *, under_a_menu: bool = False) -> list[str]:
    """What axe finds, one line a violation; what an open menu half covers cannot be as large as it is."""
    rules = {**RULES, "rules": {"target-size": {"enabled": not under_a_menu}}}
    found: list[dict[str, Any]] = AXE.run(page, options=rules).response["violations"]
    return [f"{each['id']} ({each['help']}): {' | '.join(map(shown, each['nodes'][:3]))}" for each in found]


def shown(node: dict[str, Any]) -> str:
    """An element that axe complains of, and why."""
    return f"{node['html'][:160]} {node['any'][0]['message'][:160] if node['any'] else ''}"


def too_wide(page: Page) -> list[str]:
    """The elements that make a page scroll sideways."""
    return page.evaluate("""() => {
      const width = document.documentElement.clientWidth, needed = document.documentElement.scrollWidth;
      if (needed <= width) return [];
      const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > width);
      return [`${needed} px`, ...wide.slice(0, 5).map((one) => `${one.tagName}.${one.className}`)];
    }""")


def visit(people: People, place: Place, lang: str, scheme: Any) -> Page:
    """Open `place`; its status is checked."""
    page = people.device(place.visitor, lang=lang, color_scheme=scheme, reduced_motion="reduce")
    response = page.goto(f"/{lang}/{place.address.format(**look_up(people.site, lang))}")
    assert response is not None
    assert response.status == place.status
    return page


@pytest.mark.parametrize(("lang", "scheme"), LOOKS, ids=["English, light", "French, dark"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_has_no_barrier_and_fits_a_phone(people: People, place: Place, lang: str, scheme: str) -> None:
    page = visit(people, place, lang, scheme)
    assert too_wide(page) == []
    assert barriers(page) == []


@pytest.mark.parametrize(("lang", "scheme"), [("fr", "light"), ("en", "dark")])
def test_opened_menus_and_suggestions_have_no_barrier(people: People, lang: str, scheme: Any) -> None:
    page = people.device("amina", lang=lang, color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"/{lang}/")
    page.locator("#ask-words").fill("toilet keeps running" if lang == "en" else "robinet qui goutte")
    page.locator("[data-suggest-results] .suggestion").first.wait_for()
    assert barriers(page, under_a_menu=True) == []
    assert too_wide(page) == []
    page.locator(".suggestion__question a").first.click()
    page.locator(".post__more summary").first.click()
    assert barriers(page, under_a_menu=True) == []
    page.locator(".site-header summary").first.click()
    assert barriers(page, under_a_menu=True) == []
    assert too_wide(page) == []


def test_who_writes_too_fast_meets_a_page_without_barrier(people: People) -> None:
    page = visit(people, Place("comment", "p/{post}/comment/", "hattie_heats"), "en", "light")
    token = page.locator("main input[name=csrfmiddlewaretoken]").input_value()
    for number in range(6):
        page.request.post(
            page.url, form={"csrfmiddlewaretoken": token, "body": f"Remark {number}"}, headers={"Referer": page.url}
        )
    page.locator("#write-body").fill("The seventh remark of this minute")
    with page.expect_navigation() as navigation:
        page.locator("main .button--primary").click()
    assert navigation.value.status == 429
    assert "The seventh remark of this minute" in page.locator("main").inner_html()
    assert barriers(page) == []
    assert too_wide(page) == []
