"""What people do again and again: type, sign up, publish, search. Parts are found by role in the page, not by words,
so that the same steps are walked in every language."""

import re
import time
import unicodedata

from playwright.sync_api import Locator, Page, expect

FOLLOWS_SECONDS = 2.0
KEY_PAUSE = 25
PASSWORD = "seven quiet teapots"


def type_slowly(page: Page, field: Locator, text: str) -> None:
    """Type as a person does, letter after letter."""
    field.click()
    page.keyboard.type(text, delay=KEY_PAUSE)


def suggested(page: Page, field: Locator, text: str) -> Locator:
    """The questions suggested for `text`, typed slowly into an empty `field`."""
    field.fill("")
    type_slowly(page, field, text)
    found = page.locator("[data-suggest-results] .suggestion__question a")
    expect(found.first).to_be_visible()
    return found


def sign_up(page: Page, username: str) -> None:
    """Fill in and send the form that ends a guest's contribution; the address has the pseudonym without accents."""
    expect(page).to_have_url(re.compile("/account/signup/"))
    address = unicodedata.normalize("NFKD", username).encode("ascii", "ignore").decode()
    page.locator("input[name=email]").fill(f"{address}@example.org")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password1]").fill(PASSWORD)
    page.locator("main .button--primary").click()


def fill_details(page: Page, body: str, section: str) -> None:
    """The last step before publishing: say more, choose a section."""
    page.locator("#ask-body").fill(body)
    page.locator("select[name=section]").select_option(section)


def publish_question(page: Page) -> None:
    """Send the details."""
    page.locator("form[data-draft-key=ask] .button--primary").click()


def write_answer(page: Page, body: str) -> None:
    """Type an answer under a topic and send it."""
    page.locator("#answer-body").fill(body)
    page.locator(".answer-form .button--primary").click()


def is_topic(page: Page, title: str) -> None:
    """The browser stands on the topic called `title`."""
    expect(page.locator("h1.topic__title")).to_have_text(title)
    expect(page).to_have_url(re.compile(r"/(fr|en)/t/\d+/"))


def open_topic(page: Page, lang: str, query: str) -> None:
    """Open the first question that the search page finds."""
    page.goto(f"/{lang}/search/?q={query}&kind=topic")
    page.locator(".hit .topic-row__title a").first.click()
    expect(page).to_have_url(re.compile(r"/(fr|en)/t/\d+/"))


def search_finds(page: Page, lang: str, query: str, title: str) -> None:
    """The search page lists `title` for `query`, at the latest when the index has had its time to follow."""
    comes_to_show(page, f"/{lang}/search/?q={query}", page.locator(".hit .topic-row__title", has_text=title))


def comes_to_show(page: Page, address: str, *wanted: Locator) -> None:
    """The page at `address` shows all that is `wanted`, at the latest when the tasks behind it have had their time."""
    deadline = time.monotonic() + FOLLOWS_SECONDS
    page.goto(address)
    while not all(one.count() for one in wanted) and time.monotonic() < deadline:
        page.wait_for_timeout(200)
        page.goto(address)
    for one in wanted:
        expect(one.first).to_be_visible()
