"""A question's page under the fingers: votes, sharing, comments, videos, images."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser import steps
from tests.browser.devices import People

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
PLAYER = "https://www.youtube-nocookie.com"


def first_vote(page: Page) -> tuple[str, int]:
    """Whether the first answer is voted for, and by how many."""
    button = page.locator("form[data-optimistic][action*='/vote/'] button").first
    return button.get_attribute("aria-pressed") or "", int(button.locator("[data-count]").inner_text())


def test_a_vote_shows_at_once_and_stays(people: People) -> None:
    page = people.device("alice")
    steps.open_topic(page, "en", "fitting isolating valve under tap")
    steps.write_answer(page, "Thank you, that worked under the sink as well.")
    page = people.device("amina")
    steps.open_topic(page, "en", "fitting isolating valve under tap")
    was, count = first_vote(page)
    step = -1 if was == "true" else 1
    with page.expect_response("**/vote/"):
        page.locator("form[data-optimistic][action*='/vote/'] button").first.click()
    expect(page.locator("form[data-optimistic][action*='/vote/'] [data-count]").first).to_have_text(str(count + step))
    page.reload()
    assert first_vote(page) == ("false" if was == "true" else "true", count + step)


def test_a_refused_vote_is_taken_back_with_a_message(people: People) -> None:
    page = people.device("amina")
    steps.open_topic(page, "en", "black mould silicone bath bleach")
    held: list[Route] = []
    page.route("**/vote/", lambda route: held.append(route))
    was, count = first_vote(page)
    with page.expect_request("**/vote/"):
        page.locator("form[data-optimistic][action*='/vote/'] button").first.click()
    expect(page.locator("form[data-optimistic][action*='/vote/'] button").first).to_have_attribute(
        "aria-pressed", "false" if was == "true" else "true"
    )
    assert first_vote(page)[1] == count + (-1 if was == "true" else 1)
    held[0].fulfill(status=403, body="")
    expect(page.locator(".message")).to_contain_text("You may not do that.")
    assert first_vote(page) == (was, count)


def test_a_vote_counts_on_from_a_thousand_in_the_readers_way(people: People) -> None:
    """The server writes thousands set apart; what the browser adds to them at once is written alike, and taken back."""
    page = people.device("amina", lang="fr")
    page.route("**/vote/", lambda route: route.fulfill(status=403, body=""))
    steps.open_topic(page, "fr", "moustiquaire fenêtre PVC sans percer")
    count = page.locator("form[data-optimistic][action*='/vote/'] [data-count]").first
    count.evaluate(
        """count => {
            count.dataset.count = "12345"; window.seen = [];
            new MutationObserver(() => window.seen.push(count.textContent)).observe(count, { childList: true });
        }"""
    )
    page.locator("form[data-optimistic][action*='/vote/'] button").first.click()
    expect(page.locator(".message")).to_be_visible()
    at_once, in_the_end = page.evaluate("() => window.seen")
    assert at_once in {"12\u202f344", "12\u202f346"}
    assert in_the_end == "12\u202f345"


def test_the_link_of_a_question_is_copied(people: People) -> None:
    page = people.device()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    steps.open_topic(page, "en", "toilet keeps running")
    page.evaluate("() => { Object.defineProperty(navigator, 'share', { value: undefined, configurable: true }) }")
    page.locator(".post--opening .post__actions [data-share]").click()
    expect(page.locator(".message")).to_contain_text("Link copied")
    assert re.search(r"/en/t/\d+/", page.evaluate("() => navigator.clipboard.readText()"))


def test_comments_fold_after_the_third(people: People) -> None:
    page = people.device("marc")
    steps.open_topic(page, "en", "loud bang in the pipes cistern")
    address = page.url
    for number in range(1, 5):
        page.goto(address)
        page.locator(".post--opening > .post__actions a[href*='/comment/']").click()
        page.locator("#write-body").fill(f"Remark number {number}")
        page.locator("main .button--primary").click()
        expect(page.get_by_text(f"Remark number {number}")).to_have_count(1)
    reader = people.device()
    reader.goto(address)
    comments = reader.locator(".post--opening > .comments")
    shown = comments.locator(".comment:visible")
    expect(shown).to_have_count(3)
    comments.locator("details.fold summary").click()
    expect(comments.get_by_text("Remark number 4")).to_be_visible()


def test_a_video_asks_nothing_of_another_site_before_a_click(people: People) -> None:
    writer = people.device("amina")
    steps.open_topic(writer, "en", "shower weak since last month")
    steps.write_answer(writer, f"See how it is taken apart:\n\n{VIDEO}\n\nTen minutes.")
    reader = people.device()
    asked: list[str] = []
    reader.route(f"{PLAYER}/**", lambda route: (asked.append(route.request.url), route.fulfill(body="<p>video</p>")))
    reader.goto(writer.url.partition("#")[0])
    reader.wait_for_load_state("networkidle")
    assert not asked
    assert people.watch(reader).faults == []
    with reader.expect_response(f"{PLAYER}/**"):
        reader.locator("figure.video a").click()
    expect(reader.locator("figure.video iframe")).to_be_visible()
    assert asked
    assert all(url.startswith(PLAYER) for url in asked)
    faults = people.watch(reader).faults
    faults[:] = [fault for fault in faults if PLAYER not in fault]


def test_images_wait_until_they_are_near_with_their_place_reserved(people: People) -> None:
    page = people.device(lang="fr")
    page.goto("/fr/questions/")
    addresses = [link.get_attribute("href") for link in page.locator(".topic-row__title a").all()]
    checked = 0
    for address in addresses:
        page.goto(address or "")
        for image in page.locator(".post__body img").all():
            assert image.get_attribute("loading") == "lazy"
            assert int(image.get_attribute("width") or 0) > 0
            assert int(image.get_attribute("height") or 0) > 0
            assert image.get_attribute("alt")
            checked += 1
    assert checked, "no demo question on the first page has a picture"
