"""The pages that every check of the whole site visits, and who stands before them."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from uuid import UUID

from tests.browser.demo_site import Site

LANGUAGES = ("en", "fr")
TITLES = {
    "solved": ("Toilet keeps running long after the flush", "Robinet de cuisine qui goutte : joint ou cartouche ?"),
    "unsolved": ("Kitchen sink gurgles when the washing machine empties",
                 "Odeur d’égout dans la douche après quelques jours d’absence"),
    "howto": ("Fitting an isolating valve under a tap, no soldering",
              "Changer le mécanisme d’une chasse d’eau en 40 minutes"),
    "discussion": ("The tool you lend most, and the one you never lend", "À combien chauffez-vous la nuit ?"),
    "merged": ("Cistern hisses all night, is it leaking?", "Mitigeur du lavabo qui goutte, que faut-il remplacer ?"),
}  # fmt: skip
FIXED = {
    "words": ("toilet+keeps+running", "robinet+qui+goutte"),
    "article": ("help/turn-the-water-off/", "help/couper-l-eau/"),
}
OWN = "Robinet de cuisine qui goutte : joint ou cartouche ?"
TOPIC = """SELECT topics_topic.id, topics_topic.slug, topics_post.id FROM topics_topic
    JOIN topics_post ON topics_post.topic_id = topics_topic.id AND topics_post.kind = 'opening' WHERE title = ?"""
TICKET = "SELECT key FROM tickets_ticket WHERE subject = ?"
AWARD = "SELECT key FROM badges_award ORDER BY id LIMIT 1"
TICKETS = {
    "ticket": "Le mitigeur reçu est rayé",
    "guest_ticket": "Can the shed be delivered on a Saturday?",
    "proposed": "Quelle peinture sur un mur humide, commande 55120 ?",
    "closed": "Returning two unopened tins",
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
    Place("tag", "tags/fuite/"),
    Place("solved question", "{solved}"),
    Place("solved question of a moderator", "{solved}", "admin"),
    Place("unanswered question", "{unsolved}", "amina"),
    Place("how-to", "{howto}"),
    Place("discussion", "{discussion}", "amina"),
    Place("merged question", "{merged}"),
    Place("what I may do", "me/trust/", "alice"),
    Place("suggesting a better text", "p/{post}/suggest/", "alice"),
    Place("suggested edits", "suggestions/", "amina"),
    Place("no suggested edits", "suggestions/", "alice"),
    Place("ask", "ask/"),
    Place("is it one of these", "ask/?q={words}"),
    Place("ask details", "ask/details/?q={words}"),
    Place("ask details of a member", "ask/details/?q={words}", "amina"),
    Place("get help", "get-help/"),
    Place("answers before support", "get-help/answers/?q={words}"),
    Place("talk to support", "get-help/ticket/?q={words}"),
    Place("talk to support as a member", "get-help/ticket/", "alice"),
    Place("question to support", "get-help/question/{own}/", "alice"),
    Place("own question", "t/{own}/", "alice"),
    Place("requests", "me/tickets/", "alice"),
    Place("requests of none", "me/tickets/", "amina"),
    Place("request", "tickets/{ticket}/", "alice"),
    Place("request of a guest", "tickets/{guest_ticket}/"),
    Place("request with a proposal", "tickets/{proposed}/", "studio12m2"),
    Place("closed request", "tickets/{closed}/", "priya_diy"),
    Place("search", "search/"),
    Place("search found", "search/?q={words}"),
    Place("search found nothing", "search/?q=xylophone+zzyzx"),
    Place("what is counted", "search/measurement/"),
    Place("member", "members/amina/"),
    Place("leaderboard", "leaderboard/?period=all"),
    Place("leaderboard of a section", "leaderboard/?period=all&section=plomberie", "alice"),
    Place("empty leaderboard", "leaderboard/?period=all&tag=fuite"),
    Place("reputation", "me/reputation/", "amina"),
    Place("badges", "badges/"),
    Place("badges of a member", "badges/", "amina"),
    Place("badge", "badges/first-accepted/", "amina"),
    Place("badge of each section", "badges/section-expert/"),
    Place("own badges", "me/badges/", "amina"),
    Place("own badges of none", "me/badges/", "admin"),
    Place("proof of a badge", "badges/awards/{award}/"),
    Place("check a proof", "badges/verify/"),
    Place("ranks", "ranks/"),
    Place("ranks of a member", "ranks/", "alice"),
    Place("own page of a member", "members/alice/", "alice"),
    Place("ambassadors", "ambassadors/"),
    Place("apply as an ambassador", "ambassadors/me/", "alice"),
    Place("invited as an ambassador", "ambassadors/me/", "potager_perche"),
    Place("an ambassador’s way", "ambassadors/me/", "amina"),
    Place("ambassador’s desk", "ambassadors/desk/", "amina"),
    Place("ambassador’s desk for the team", "ambassadors/desk/", "marc"),
    Place("what suits an ambassador", "ambassadors/desk/preferences/", "amina"),
    Place("ambassadors’ room", "ambassadors/room/", "tom_kettle"),
    Place("notice to ambassadors", "ambassadors/notices/1/", "amina"),
    Place("desk of ambassadors refused", "ambassadors/desk/", "alice", 403),
    Place("help", "help/"),
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


def look_up(site: Site, lang: str) -> dict[str, str]:
    """What the addresses of PLACES need in `lang`, read from the demo database: topics, a post, an article."""
    at = LANGUAGES.index(lang)
    found = {name: values[at] for name, values in FIXED.items()}
    with closing(sqlite3.connect(f"file:{site.database}?mode=ro", uri=True)) as database:
        for name, titles in TITLES.items():
            pk, slug, post = database.execute(TOPIC, [titles[at]]).fetchone()
            found[name] = f"t/{pk}/{slug}/"
            if name == "unsolved":
                found |= {"post": str(post), "topic": f"t/{pk}/"}
        for name, subject in TICKETS.items():
            found[name] = database.execute(TICKET, [subject]).fetchone()[0]
        found["award"] = str(UUID(database.execute(AWARD).fetchone()[0]))
        found["own"] = str(database.execute(TOPIC, [OWN]).fetchone()[0])
    return found
