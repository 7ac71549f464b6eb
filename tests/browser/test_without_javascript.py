"""Everything that matters works with plain pages and forms, for readers whose scripts never arrive."""

import re

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.devices import People


def plain(people: People, name: str = "") -> Page:
    """A phone that runs no script."""
    return people.device(name, java_script_enabled=False)


def test_the_existing_answers_are_a_page_between_the_words_and_the_details(people: People) -> None:
    page = plain(people)
    page.goto("/en/")
    page.locator("#ask-words").fill("toilet keeps running")
    page.locator(".ask__go").click()
    expect(page).to_have_url(re.compile(r"/en/ask/\?q=toilet"))
    expect(page.locator(".suggestions--page .suggestion").first).to_be_visible()
    expect(page.locator("[aria-current=step]")).to_contain_text("2")
    page.locator("main a.button--primary").click()
    expect(page.locator("input[name=title]")).to_have_value("toilet keeps running")

    title = "Toilet sings at night, only on Mondays"
    page.locator("input[name=title]").fill(title)
    steps.fill_details(page, "It hums a low note.", "plomberie")
    steps.publish_question(page)
    steps.sign_up(page, "monday_ear")
    steps.is_topic(page, title)
    expect(page.locator(".post--opening .post__body")).to_have_text("It hums a low note.")


def test_an_answer_that_exists_can_be_confirmed(people: People) -> None:
    page = plain(people)
    page.goto("/en/ask/?q=toilet+keeps+running")
    page.get_by_role("button", name="This answers me").first.click()
    expect(page.locator("main h1")).to_contain_text("helps")
    page.locator("main a.button--primary").click()
    expect(page.locator("h1.topic__title")).to_be_visible()


def test_voting_sharing_a_problem_and_following_are_plain_forms(people: People) -> None:
    page = plain(people, "amina")
    steps.open_topic(page, "en", "kitchen sink gurgles washing machine")
    for form in ("/same-problem/", "/follow/"):
        button = page.locator(f"form[action*='{form}'] button")
        was = button.get_attribute("aria-pressed")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false" if was == "true" else "true")
    steps.open_topic(page, "en", "black mould silicone bath bleach")
    vote = page.locator("form[action*='/vote/'] button[aria-pressed]").first
    was = vote.get_attribute("aria-pressed")
    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "false" if was == "true" else "true")


def test_a_comment_is_written_and_changed_by_plain_forms(people: People) -> None:
    page = plain(people, "amina")
    steps.open_topic(page, "en", "shower weak since last month")
    page.locator(".post--opening a[href*='/comment/']").click()
    page.locator("#write-body").fill("Did you look into the shower head?")
    page.locator("main .button--primary").click()
    comment = page.locator(".comment", has_text="Did you look into the shower head?")
    expect(comment).to_be_visible()
    comment.locator("a[href*='/edit/']").click()
    page.locator("#edit-body").fill("Did you unscrew the shower head and look?")
    page.locator("main .button--primary").click()
    expect(page.locator(".comment", has_text="Did you unscrew the shower head and look?")).to_be_visible()


def test_no_button_is_shown_that_would_need_a_script(people: People) -> None:
    page = plain(people)
    steps.open_topic(page, "en", "toilet keeps running")
    expect(page.locator("[data-tools]").first).to_be_hidden()
    expect(page.locator("[data-theme-choice]")).to_be_hidden()
    expect(page.locator("#answer-body")).to_be_visible()
    for share in page.locator("[data-share]").all():
        expect(share).to_be_hidden()
