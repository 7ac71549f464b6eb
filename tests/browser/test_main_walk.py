"""The main job, from the first words to the next asker's first words, in both languages."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.devices import People


@dataclass(frozen=True)
class Walk:
    """One person's way through the site: what they type, and what they meet."""

    lang: str
    known: str
    meets: str
    title: str
    body: str
    section: str
    asker: str
    answer: str
    first_words: str
    badge: str
    level: str


WALKS = [
    Walk(
        lang="en",
        known="how long do roasted beans stay fresh",
        meets="fresh",
        title="Grinder squeaks since I moved house, what is it?",
        body="It squeaks **only** with light roasts.\n\n- cleaned the burrs\n- new beans",
        section="outillage",
        asker="teapot_lid",
        answer="A dry bearing. One drop of food-grade oil on the shaft, and it is quiet.",
        first_words="grinder squeaks since",
        badge="“First question”",
        level="trust level 1",
    ),
    Walk(
        lang="fr",
        known="mon robinet goute encore",
        meets="robinet",
        title="Le volet grince depuis l’été, que graisser ?",
        body="Il grince **surtout** le matin.\n\n- nettoyé les gonds\n- resserré les vis",
        section="portes-et-fenetres",
        asker="théière_bleue",
        answer="Les gonds sont secs : une goutte d’huile fine sur chacun, et plus un bruit.",
        first_words="volet grince depuis",
        badge="« Première question »",
        level="niveau de confiance 1",
    ),
]


def meets_the_existing_answer(page: Page, walk: Walk) -> None:
    """Type slowly, go down to an answer with the keyboard, open it, come back."""
    page.goto(f"/{walk.lang}/")
    field = page.locator("#ask-words")
    found = steps.suggested(page, field, walk.known)
    expect(found.filter(has_text=re.compile(walk.meets, re.IGNORECASE)).first).to_be_visible()
    expect(page.locator("[data-suggest-results] .suggestion__answer").first).not_to_be_empty()
    expect(page.locator("[data-suggest-status]").first).to_contain_text(str(found.count()))
    page.keyboard.press("ArrowDown")
    expect(found.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/{walk.lang}/(t/\d+|help)/"))
    expect(page.locator("main h1")).to_contain_text(re.compile(r"\w"))
    page.go_back()


def asks_as_a_guest(page: Page, walk: Walk) -> str:
    """None of these, the details, an account as the last step; returns the address of the published question."""
    field = page.locator("#ask-words")
    steps.suggested(page, field, walk.known)
    page.locator(".suggestions__none a").click()
    title = page.locator("input[name=title]")
    expect(title).to_have_value(walk.known)
    title.fill(walk.title)
    steps.fill_details(page, walk.body, walk.section)
    steps.publish_question(page)
    expect(page.locator(".kept")).to_contain_text(walk.title)
    steps.sign_up(page, walk.asker)
    steps.is_topic(page, walk.title)
    expect(page.locator(".post--opening .post__body strong")).to_be_visible()
    expect(page.locator(".post--opening .post__body li")).to_have_count(2)
    return page.url.partition("#")[0]


def has_news(page: Page, walk: Walk) -> None:
    """The list tells of the answer and of the badge for a first question, each once, and the tab bar counts what it
    tells. A community of fewer than 50 members also gives whoever joins trust level 1; the demo may be as small."""
    news = f"/{walk.lang}/me/notifications/"
    unread = page.locator(".topic-row--unread")
    answered, earned = unread.filter(has_text=walk.title), unread.filter(has_text=walk.badge)
    steps.comes_to_show(page, news, answered, earned)
    expect(answered).to_have_count(1)
    expect(earned).to_have_count(1)
    promoted = unread.filter(has_text=walk.level).count()
    assert promoted <= 1
    expect(unread).to_have_count(2 + promoted)
    # What arrives while a page is made may be in its list and not yet in its tab bar: the next page has it in both.
    bar = page.locator(".tabbar .count")
    steps.comes_to_show(page, news, bar.filter(has_text=re.compile(rf"^{2 + promoted}$")))
    expect(unread).to_have_count(2 + promoted)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.lang)
def test_from_the_first_words_to_the_next_askers_first_words(people: People, walk: Walk) -> None:
    asker = people.device(lang=walk.lang)
    meets_the_existing_answer(asker, walk)
    address = asks_as_a_guest(asker, walk)

    helper = people.device("amina", lang=walk.lang)
    helper.goto(address)
    steps.write_answer(helper, walk.answer)
    expect(helper.locator(".answers .post__body", has_text=walk.answer)).to_be_visible()

    has_news(asker, walk)
    asker.locator(".topic-row--unread", has_text=walk.title).locator("a").first.click()
    steps.is_topic(asker, walk.title)
    asker.locator("form[action*='/accept/'] button").click()
    expect(asker.locator(".chip--solved")).to_be_visible()
    expect(asker.locator(".accepted .post__body")).to_have_text(walk.answer)

    next_asker = people.device(lang=walk.lang)
    steps.search_finds(next_asker, walk.lang, walk.first_words, walk.title)
    next_asker.goto(f"/{walk.lang}/")
    found = steps.suggested(next_asker, next_asker.locator("#ask-words"), walk.first_words)
    expect(found.filter(has_text=walk.title)).to_be_visible()
    expect(next_asker.locator(".suggestion", has_text=walk.title).locator(".meta__solved")).to_be_visible()


def test_somebody_answers_without_an_account_and_signs_up_last(people: People) -> None:
    page = people.device()
    steps.open_topic(page, "en", "toilet keeps running")
    title = page.locator("h1.topic__title").inner_text()
    steps.write_answer(page, "Bend the float arm **down** by a finger's width.")
    steps.sign_up(page, "float_arm")
    steps.is_topic(page, title)
    expect(page.locator(".post__body", has_text="Bend the float arm down by a finger's width.")).to_be_visible()
