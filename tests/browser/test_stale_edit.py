"""Two people change one text at once: the second is told, sees both, and loses nothing."""

from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.devices import People


def test_the_second_editor_is_told_sees_both_texts_and_loses_nothing(people: People) -> None:
    first = people.device("amina")
    steps.open_topic(first, "en", "kitchen sink gurgles washing machine")
    steps.write_answer(first, "Clean the trap first.")
    answer = first.locator(".answers .post", has_text="Clean the trap first.")
    number = (answer.get_attribute("id") or "").removeprefix("post-")
    edit = f"/en/p/{number}/edit/"
    second = people.device("admin")
    first.goto(edit)
    second.goto(edit)

    first.locator("#edit-body").fill("Clean the trap first, then the hose.")
    first.locator("main .button--primary").click()
    expect(first.get_by_text("Clean the trap first, then the hose.")).to_be_visible()

    second.locator("#edit-body").fill("Clean the trap first. Wear gloves.")
    second.locator("main .button--primary").click()
    notice = second.locator(".notice--warning[role=alert]")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("then the hose")
    expect(notice).to_contain_text("Wear gloves")
    expect(second.locator("#edit-body")).to_have_value("Clean the trap first. Wear gloves.")

    second.locator("#edit-body").fill("Clean the trap first, then the hose. Wear gloves.")
    second.locator("main .button--primary").click()
    expect(second.get_by_text("Clean the trap first, then the hose. Wear gloves.")).to_be_visible()
