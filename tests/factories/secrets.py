"""A thousand marked secrets, in every place that no search may see."""

import re
from collections.abc import Iterator
from itertools import count

from community.pages.actions.set_up import set_up_site
from community.pages.models import HelpArticlePage
from community.tickets.actions.note import add_note
from community.tickets.actions.reply import reply_to_customer
from community.topics.actions.answer import post_answer, post_comment
from community.topics.actions.delete import delete_post
from community.topics.actions.draft import save_draft
from community.topics.actions.edit import edit_post
from community.topics.models import Section, Topic
from search.documents import kinds
from search.engines.chosen import engine
from search.indexing import compare, refresh
from tests.factories.tickets import make_agent, make_guest_ticket, make_ticket
from tests.factories.topics import make_section, make_topic, make_user, opening_of

MARK = re.compile(r"qz[a-z]{6}zq")
SECRETS = 1000


def secret_words() -> Iterator[str]:
    """Words that stand nowhere else, unlike each other enough that none is taken for a slip of another."""
    letters = "bcdfghjklmnp"
    for number in count():
        digits = [(number * 7919 + place * 104729) // 12**place % 12 for place in range(6)]
        yield f"qz{''.join(letters[digit] for digit in digits)}zq"


class Planter:
    """Writes secrets into every place that search must not see, and remembers them."""

    def __init__(self, section: Section) -> None:
        self.words, self.planted = secret_words(), []  # type: Iterator[str], list[str]
        self.section, self.hidden = section, make_section("hidden", live=False)
        self.asker, self.answerer = make_user("keeper"), make_user("helper")
        self.moderator = make_user("warden", "moderator")
        self.agent = make_agent()

    def word(self) -> str:
        self.planted.append(next(self.words))
        return self.planted[-1]

    def plant(self, number: int) -> None:
        """About thirteen secrets, everywhere."""
        open_topic = make_topic(self.asker, self.section, title=f"How do I stop tap number {number}?")
        answer = post_answer(open_topic, by=self.answerer, body=f"Turn the {self.word()} twice.")
        delete_post(answer, by=self.answerer)
        comment = post_comment(opening_of(open_topic), by=self.answerer, body=f"Is it a {self.word()}?")
        delete_post(comment, by=self.answerer)
        opening = opening_of(open_topic)
        edit_post(opening, by=self.asker, body=f"It is a {self.word()}.", base_revision=1)
        opening.refresh_from_db()
        edit_post(opening, by=self.asker, body="It drips, that is all.", base_revision=2)
        gone = make_topic(self.asker, self.section, title=f"The {self.word()} of mine", body=f"With {self.word()}.")
        delete_post(opening_of(gone), by=self.moderator)
        hidden = make_topic(self.asker, self.section, title=f"A {self.word()} to hide", body=f"Or {self.word()}.")
        Topic.objects.filter(pk=hidden.pk).update(section=self.hidden)
        save_draft(f"answer:{open_topic.pk}", by=self.answerer, data={"body": self.word()}, base_version=0)
        ticket = make_ticket(self.asker, subject=f"My {self.word()} is late", body=f"It is {self.word()}.")
        reply_to_customer(ticket, by=self.agent, body=f"We send {self.word()}.")
        add_note(ticket, by=self.agent, body=f"Knows {self.word()}.")
        make_guest_ticket(f"{self.word()}@guest.example", subject=f"On {self.word()}", body=f"So {self.word()}.")


def plant_secrets(section: Section) -> list[str]:
    """Write them, and return them."""
    site = set_up_site()
    planter = Planter(section)
    numbers = count(1)
    while len(planter.planted) < SECRETS:
        planter.plant(next(numbers))
    draft = HelpArticlePage(title=f"Draft {planter.word()}", slug="draft", live=False)
    site.help_indexes["en"].add_child(instance=draft)
    # What the section's editor does at the desk: its topics leave the index.
    for topic in Topic.objects.filter(section=planter.hidden):
        refresh("topic", [str(topic.pk)], engine())
    for name, kind in kinds:
        assert not compare(kind, engine()), name
    assert len(planter.planted) == len(set(planter.planted)) >= SECRETS
    return planter.planted
