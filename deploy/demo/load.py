"""Loads the demo community: all of it or nothing, and only what was never loaded before."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model

from community.core.events import path_of, publish
from community.core.models import BackgroundTask, LoggedEvent
from community.core.page_cache import touching_everything
from community.pages.actions.set_up import SetUp
from community.topics.actions.recount import recount_section, recount_tags
from community.topics.models import Section, Topic
from deploy.demo import ambassadors, articles, badges, brand, content, people, ranks, sections, support, trust
from deploy.demo.content import Clock
from deploy.demo.events import DemoLoaded
from deploy.demo.topics import Storyteller
from rewards.badges.receivers import award_badges
from rewards.boards.counting import count_entries
from rewards.ranks.receivers import rank_those_concerned
from rewards.receivers import count_what_was_earned
from rewards.trust.receivers import look_at_those_concerned


@dataclass(frozen=True)
class Loaded:
    """How much was written; nothing when everything was there."""

    people: int = 0
    topics: int = 0
    articles: int = 0
    tickets: int = 0


def told_before(what: str = "topics") -> dict[str, int]:
    """The ids of the topics, or tickets, that earlier loads wrote, by their keys in the content."""
    known: dict[str, int] = {}
    for data in LoggedEvent.objects.filter(kind=DemoLoaded.__name__).order_by("pk").values_list("data", flat=True):
        known.update(data.get(what, {}))
    return known


def load(site: SetUp, password: str) -> Loaded:
    """Write what is missing of the demo community, in one transaction. What visitors wrote is never touched.

    The people made share `password`. The brand's look and home pages are set by the first load only.
    """
    known = told_before()
    missing = [entry for entry in content.topics() if entry["key"] not in known]
    requests = [entry for entry in content.tickets() if entry["key"] not in told_before("tickets")]
    is_new = not ambassadors.is_open()
    if not missing and not requests and not is_new:
        return Loaded()
    clock = Clock()
    last_event = LoggedEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with transaction.atomic(), touching_everything():
        people.make_traits()
        everyone = people.make_people(password, clock)
        sections.make_tags()
        rooms = sections.make_sections(everyone)
        written = articles.make_articles(site.help_indexes, clock)
        if not known:
            trust.make_reading_days(everyone.values())
            sections.link_articles(rooms, written)
            brand.dress(site.site, site.help_indexes)
            brand.furnish(site.homes, written)
        if is_new:
            ambassadors.open_programme(everyone, site.site, clock)
        teller = Storyteller(everyone, rooms, clock)
        told = {entry["key"]: teller.tell(entry) for entry in missing}
        for entry in missing:
            if "duplicate_of" in entry:
                first = entry["duplicate_of"]
                teller.join(told[entry["key"]], told.get(first) or Topic.objects.get(pk=known[first]))
        support.set_up_support(site.site, rooms)
        helper = support.SupportTeller(everyone, rooms, {**known, **ids_of(told)}, clock)
        asked = {entry["key"]: helper.tell(entry) for entry in requests}
        if is_new:
            ambassadors.tell_programme(everyone, rooms, clock)
        for section in Section.objects.all():
            recount_section(section)
        recount_tags()
        badges.hand_out(everyone, clock)
        ranks.climb(everyone.values(), clock.now)
        new = () if known else tuple(person.pk for person in everyone.values())
        count_entries()
        spare_the_worker(after=last_event)
        publish(DemoLoaded(topics=ids_of(told), tickets=ids_of(asked), people=new))
    return Loaded(len(everyone), len(told), len(written), len(asked))


def spare_the_worker(after: int) -> None:
    """Leave out what would be worked out event by event, minutes of it: the load has done it for all at once.

    Ranks have climbed, leaderboards are counted, each new badge goes through everybody; only events `after` that one
    are left out, not those of visitors.
    """
    receivers = (award_badges, rank_those_concerned, count_what_was_earned, look_at_those_concerned)
    done = [path_of(receiver) for receiver in receivers]
    BackgroundTask.objects.filter(arguments__args__0__gt=after, arguments__args__1__in=done).delete()


def ids_of(rows: Mapping[str, Model]) -> dict[str, int]:
    """Their ids, by their keys in the content."""
    return {key: row.pk for key, row in rows.items()}
