"""The ambassadors' programme of the demo community, told through the actions."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

from django.utils import timezone
from wagtail.models import Site

from community.accounts.models import User
from community.core.events import publish
from community.topics.events import AnswerConfirmed
from community.topics.models import Post, Section, Tag
from deploy.demo import content
from deploy.demo.content import Clock, Entry
from rewards.ambassadors.actions.charter import accept_charter, accept_invitation, publish_charter
from rewards.ambassadors.actions.notices import write_notice
from rewards.ambassadors.actions.prefer import Preferences, prefer
from rewards.ambassadors.actions.room import write_in_room
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.candidates import list_candidates
from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import (
    Ambassadorship,
    CharterVersion,
    NoticeReader,
    ProgrammeSettings,
    Step,
    charter_in_force,
)

EVENING = (time(19), time(22, 30))
MANAGER = "marc"


def is_open() -> bool:
    """Whether the programme was told before."""
    return CharterVersion.objects.exists()


def open_programme(people: dict[str, User], site: Site, clock: Clock) -> None:
    """The page, the charter and everyone's way, before the topics: ambassadors accept answers in them."""
    entry = content.read("ambassadors")
    settings, _made = ProgrammeSettings.objects.get_or_create(site=site)
    for name, value in entry["settings"].items():
        setattr(settings, name, value)
    settings.save()
    manager = _manager(people[MANAGER])
    people = people | {MANAGER: manager}
    acts: list[tuple[float, Callable[[datetime], object]]] = [
        (each["days_ago"], partial(_publish, each, manager)) for each in entry["charter"]
    ]
    for each in entry["person"]:
        acts += [(step["days_ago"], partial(_step, step, people, each["username"])) for step in each["step"]]
    for days_ago, act in sorted(acts, key=lambda timed: -timed[0]):
        act(clock.now - timedelta(days=days_ago))
    charter = charter_in_force()
    if charter is None:
        return
    for row in Ambassadorship.objects.serving().select_related("member"):
        accept_charter(charter, by=row.member, at=max(row.since, charter.published_at + timedelta(days=2)))


def tell_programme(people: dict[str, User], sections: dict[str, Section], clock: Clock) -> None:
    """How they serve, whom they helped, the room, a notice, and this month's candidates."""
    entry = content.read("ambassadors")
    for each in entry["person"]:
        if "weekly_cap" in each:
            serve(people[each["username"]], each, sections)
    for number, message in enumerate(entry["message"]):
        at = clock.now - timedelta(hours=message["hours_ago"])
        write_in_room(message["body"], by=people[message["by"]], key=f"demo-{number}", at=at)
    for each in entry["notice"]:
        texts = {name: value for name, value in each.items() if isinstance(value, str) and name != "by"}
        write_notice(texts, by=_manager(people[each["by"]]), at=clock.now - timedelta(hours=each["hours_ago"]))
    list_candidates(clock.now)
    # What was said in the story was mailed then.
    Step.objects.filter(mailed_at=None).update(mailed_at=timezone.now())
    NoticeReader.objects.filter(mailed_at=None).update(mailed_at=timezone.now())


def serve(member: User, entry: Entry, sections: dict[str, Section]) -> None:
    """How one of them serves, and the readers whom their answers helped this month."""
    prefer(
        Preferences(
            weekly_cap=entry["weekly_cap"],
            languages=entry["languages"],
            sections=[sections[slug] for slug in entry["sections"]],
            tags=list(Tag.objects.filter(slug__in=entry.get("tags", []))),
            hours=dict.fromkeys(entry.get("evenings", []), EVENING),
        ),
        by=member,
    )
    answers = list(Post.objects.filter(author=member, is_accepted=True, deleted_at=None).order_by("pk"))
    for number in range(entry.get("readers", 0) if answers else 0):
        post = answers[number % len(answers)]
        publish(AnswerConfirmed(topic_id=post.topic_id, post_id=post.pk, by_id=None))


def _manager(user: User) -> User:
    """The person with the rights of their group, which somebody made a moment ago has not read yet."""
    return User.objects.get(pk=user.pk)


def _publish(entry: Entry, manager: User, at: datetime) -> None:
    publish_charter(by=manager, text_fr=entry["text_fr"], text_en=entry["text_en"], at=at)


def _step(entry: Entry, people: dict[str, User], name: str, at: datetime) -> None:
    """One step of somebody's way."""
    member, after, charter = people[name], State(entry["to"]), charter_in_force()
    if after == State.ACTIVE and "by" not in entry and charter is not None:
        accept_invitation(charter, by=member, at=at)
        return
    by = None if entry.get("by") == "time" else people[entry.get("by", name)]
    back_on = timezone.localdate() + timedelta(days=entry["back_in"]) if "back_in" in entry else None
    take_step(member, after, by=by, reason=entry.get("reason", ""), back_on=back_on, at=at)
