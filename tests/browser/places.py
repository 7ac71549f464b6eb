"""The pages that every check of the whole site visits, and who stands before them."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser import steps

PHRASES = {
    "solved": ("toilet keeps running long after the flush", "robinet de cuisine qui goutte"),
    "unsolved": ("odeur d'égout dans la douche", "odeur d'égout dans la douche"),
    "howto": ("fitting an isolating valve", "changer le mécanisme d'une chasse d'eau"),
    "merged": ("cistern hisses all night", "mitigeur du lavabo qui goutte"),
}


@dataclass(frozen=True)
class Place:
    """A page: an address under the language, with `{…}` for what is looked up, and who visits it."""

    name: str
    address: str
    visitor: str = ""
    status: int = 200


PLACES = [
    Place("home", ""),
    Place("home of a member", "", "amina"),
    Place("questions", "questions/"),
    Place("unanswered questions", "questions/unanswered/"),
    Place("sections", "s/"),
    Place("section", "s/plomberie/"),
    Place("tags", "tags/"),
    Place("tag", "{tag}"),
    Place("solved question", "{solved}"),
    Place("solved question of a moderator", "{solved}", "admin"),
    Place("unanswered question", "{unsolved}", "amina"),
    Place("how-to", "{howto}"),
    Place("merged question", "{merged}"),
    Place("ask", "ask/"),
    Place("is it one of these", "ask/?q={words}"),
    Place("ask details", "ask/details/?q={words}"),
    Place("ask details of a member", "ask/details/?q={words}", "amina"),
    Place("search", "search/"),
    Place("search found", "search/?q={words}"),
    Place("search found nothing", "search/?q=xylophone+zzyzx"),
    Place("member", "members/amina/"),
    Place("help", "{help}"),
    Place("help article", "{article}"),
    Place("sign up", "account/signup/"),
    Place("sign in", "account/login/"),
    Place("sign in by code", "account/login/code/"),
    Place("password forgotten", "account/password/reset/"),
    Place("profile settings", "me/", "amina"),
    Place("pseudonym", "me/pseudonym/", "amina"),
    Place("addresses", "account/email/", "amina"),
    Place("new password", "account/password/change/", "amina"),
    Place("e-mails", "me/emails/", "amina"),
    Place("notifications", "me/notifications/", "amina"),
    Place("deleted posts", "me/deleted/", "amina"),
    Place("sign out", "account/logout/", "amina"),
    Place("history", "p/{post}/revisions/"),
    Place("edit", "p/{post}/edit/", "admin"),
    Place("comment", "p/{post}/comment/", "amina"),
    Place("solved another way", "{topic}solve/", "admin"),
    Place("join", "{topic}merge/", "admin"),
    Place("move", "{topic}move/", "admin"),
    Place("not allowed", "p/{post}/edit/", "tom_kettle", 403),
    Place("not found", "t/999999999/", "", 404),
]


def look_up(page: Page, lang: str) -> dict[str, str]:
    """What the addresses of PLACES in `lang` need: topics, their openings, a tag, a help article."""
    found = {"words": ("toilet+keeps+running", "robinet+qui+goutte")[lang == "fr"]}
    for name, phrases in PHRASES.items():
        steps.open_topic(page, lang, phrases[lang == "fr"])
        found[name] = under_language(page.url, lang)
        opening = page.locator(".post--opening").first.get_attribute("id") or ""
        if name == "unsolved":
            found["post"] = opening.removeprefix("post-")
            found["topic"] = (re.match(r"t/\d+/", found[name]) or [""])[0]
    for name, list_page, link in (
        ("tag", "tags/", "main a[href*='/tags/']"),
        ("help", "", "nav a[href*='/help/'], nav a[href*='/aide/']"),
    ):
        page.goto(f"/{lang}/{list_page}")
        found[name] = under_language(page.locator(link).first.get_attribute("href") or "", lang)
    page.goto(f"/{lang}/{found['help']}")
    article = page.locator("main .card__title a, main .topic-row__title a").first
    found["article"] = under_language(article.get_attribute("href") or "", lang)
    return found


def under_language(address: str, lang: str) -> str:
    """The part of an address behind the language."""
    return address.partition("#")[0].partition("?")[0].partition(f"/{lang}/")[2]
