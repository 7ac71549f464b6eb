"""Support of the demo community: its hours and targets, saved replies, and requests told through the actions."""

import io
from datetime import datetime, time, timedelta

from wagtail.models import Site

from community.accounts.models import User
from community.tickets.actions.ask_in_public import propose_public_question
from community.tickets.actions.close import close_ticket
from community.tickets.actions.confirm_guest import confirm_guest
from community.tickets.actions.link_answer import link_answer
from community.tickets.actions.note import add_note
from community.tickets.actions.open_ticket import open_ticket
from community.tickets.actions.reply import reply_to_customer
from community.tickets.actions.write import write_to_support
from community.tickets.answers_elsewhere import find_answer
from community.tickets.files import Judged, Sent, judge
from community.tickets.models import Delivery, OpeningTime, SavedReply, SupportSettings, SupportTarget, Ticket
from community.topics.models import Section
from deploy.demo import content, pictures
from deploy.demo.content import Clock, Entry

SATURDAY = 5


def set_up_support(site: Site, sections: dict[str, Section]) -> None:
    """When support answers, within what time, and what it says again and again; what is there is left alone."""
    entry = content.read("support")
    settings, is_new = SupportSettings.objects.get_or_create(site=site)
    if is_new:
        for name in ("time_zone", "sentence_fr", "sentence_en"):
            setattr(settings, name, entry["settings"][name])
        hours = {**dict.fromkeys(range(SATURDAY), "weekdays"), SATURDAY: "saturday"}
        settings.opening_times = [
            OpeningTime(weekday=day, **dict(zip(("opens", "closes"), times(entry["settings"][name]), strict=True)))
            for day, name in hours.items()
        ]
        settings.save()
    for slug, within in entry["targets"].items():
        SupportTarget.objects.get_or_create(section=sections.get(slug), defaults={"hours": within})
    for reply in entry["reply"]:
        SavedReply.objects.get_or_create(title=reply["title"], lang=reply["lang"], defaults={"body": reply["body"]})


def times(written: list[str]) -> list[time]:
    """Hours as they are written down."""
    return [time.fromisoformat(each) for each in written]


class SupportTeller:
    """Writes requests as if they had come at their hours; `topics` are ids by the keys of the content."""

    def __init__(
        self, people: dict[str, User], sections: dict[str, Section], topics: dict[str, int], clock: Clock
    ) -> None:
        self.people, self.sections, self.topics, self.clock = people, sections, topics, clock

    def tell(self, entry: Entry) -> Ticket:
        """One request, with what was said, and how it ended."""
        at = self.clock.now - timedelta(hours=entry["hours_ago"])
        author = self.people[entry["author"]] if "author" in entry else None
        ticket = open_ticket(
            by=author,
            guest_email=entry.get("guest", ""),
            subject=entry["subject"],
            body=entry["body"],
            lang=entry["lang"],
            section=self.sections[entry["section"]] if "section" in entry else None,
            urgency=entry["urgency"],
            files=[self.photo(entry["image"], entry["lang"])] if "image" in entry else [],
            read=[f"topic:{self.topics[key]}" for key in entry.get("read", []) if key in self.topics],
            at=at,
        )
        if author is None:
            confirm_guest(ticket, at=at + timedelta(minutes=4))
        for said in entry.get("say", []):
            self.say(ticket, said, at)
        self.end(ticket, entry)
        # What was said in the story was mailed then.
        Delivery.objects.filter(message__ticket=ticket).update(sent_at=at)
        return ticket

    def say(self, ticket: Ticket, said: Entry, opened: datetime) -> None:
        """One more message, or the customer's word that it is solved."""
        at = min(opened + timedelta(hours=said["hours_after"]), self.clock.now - timedelta(minutes=5))
        agent = self.people.get(said.get("by", ""))
        if said["kind"] == "note" and agent:
            add_note(ticket, by=agent, body=said["body"], at=at)
        elif said["kind"] == "agent":
            reply_to_customer(ticket, by=agent, body=said["body"], at=at)
        elif said["kind"] == "close":
            close_ticket(ticket, by=ticket.requester, at=at)
        else:
            write_to_support(ticket, by=ticket.requester, body=said["body"], at=at)

    def end(self, ticket: Ticket, entry: Entry) -> None:
        """How it ended: with an answer of the community, or with the wish to ask it."""
        if topic := self.topics.get(entry.get("link", "")):
            link_answer(
                ticket, by=self.people[entry["link_by"]], to=find_answer(f"topic:{topic}"), words=entry["link_words"]
            )
        if "propose_by" in entry and ticket.section is not None:
            propose_public_question(
                ticket,
                by=self.people[entry["propose_by"]],
                section=ticket.section,
                title=entry["propose_title"],
                body=entry["propose_body"],
            )

    @staticmethod
    def photo(drawing: str, lang: str) -> Judged:
        """A drawing, as a customer's photo."""
        return judge(Sent(f"{content.alternative_text(drawing, lang)[:60]}.png", io.BytesIO(pictures.drawn(drawing))))
