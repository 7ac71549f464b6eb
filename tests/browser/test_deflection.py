"""Someone in need of help leaves with the answer that exists, and the brand reads that it was so."""

import re

from playwright.sync_api import Page, expect

from tests.browser.devices import People
from tests.browser.steps import suggested
from tests.browser.test_every_page import too_wide

DESK = {"width": 1280, "height": 900}


def confirmed(desk: Page) -> int:
    """How many visits the report of this week counts as confirmed."""
    desk.goto("/admin/deflection/?days=7")
    row = desk.locator("table.listing tr", has=desk.get_by_role("rowheader", name="Confirmed", exact=True))
    return int(row.locator("td").nth(1).inner_text()) if row.count() else 0


def test_a_guest_types_a_known_problem_with_two_slips_and_leaves_with_the_answer(people: People) -> None:
    desk = people.device("marc", size=DESK)
    before = confirmed(desk)
    guest = people.device(lang="fr")
    guest.goto("/fr/questions/")
    guest.locator(".tabbar a", has_text="Aide").click()
    found = suggested(guest, guest.locator("#help-words"), "robinnet de cuisine qui gouttte")
    expect(found.first).to_contain_text("Robinet de cuisine qui goutte")
    guest.locator(".ask__go").click()
    expect(guest).to_have_url(re.compile(r"/fr/get-help/answers/\?q="))
    first = guest.locator(".suggestion").first
    expect(first.locator(".suggestion__answer")).to_contain_text("cartouche")
    expect(guest.locator("main a", has_text="Parler à l’assistance").last).to_be_visible()
    assert too_wide(guest) == []
    first.get_by_role("button", name="Ça répond à ma question").click()
    expect(guest.locator("main h1")).to_be_visible()
    assert confirmed(desk) == before + 1


def test_a_visitor_who_asks_not_to_be_counted_is_not(people: People) -> None:
    desk = people.device("marc", size=DESK)
    before = confirmed(desk)
    guest = people.device()
    guest.goto("/en/search/measurement/")
    guest.get_by_role("button", name="Do not count me").click()
    expect(guest.locator("main .notice")).to_contain_text("You are not counted")
    guest.goto("/en/get-help/answers/?q=toilet+keeps+running")
    guest.locator(".suggestion").first.get_by_role("button", name="This answers me").click()
    expect(guest.locator("main h1")).to_be_visible()
    assert confirmed(desk) == before
