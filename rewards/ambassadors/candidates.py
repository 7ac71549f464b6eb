"""Who could be an ambassador: found once a month by figures, which are kept as they were."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from community.accounts.models import Role, User
from community.topics.helpfulness import wilson_lower_bound
from community.topics.models import Section
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.lifecycle import OUTSIDE, State
from rewards.ambassadors.models import Ambassadorship, Candidate, CandidateList
from rewards.ambassadors.models.settings import Thresholds, thresholds
from rewards.metrics import Field, measure
from rewards.models import Entry

# Whoever declined, was declined or stopped is left in peace for this long.
PEACE = timedelta(days=180)
WINDOW = timedelta(days=90)


@dataclass(frozen=True)
class Evidence:
    """What speaks for a member: figures of the last 90 days, and upheld flags in them.

    `share` is the lower bound of accepted of attempted, in per cent; `sections` are accepted answers by section id.
    """

    accepted: int
    attempted: int
    share: int
    people: int
    flags: int
    sections: dict[str, int] = field(default_factory=dict)

    def reaches(self, wanted: Thresholds) -> bool:
        """Whether it is enough."""
        enough = self.accepted >= wanted.accepted and self.share >= wanted.share and self.people >= wanted.people
        return enough and not self.flags

    @property
    def main_section(self) -> int | None:
        """The section where most of it was earned."""
        return int(max(sorted(self.sections), key=self.sections.__getitem__)) if self.sections else None


def evidence_of(members: Collection[int] | None, now: datetime, *, least_accepted: int = 0) -> dict[int, Evidence]:
    """The evidence for `members`, or for everybody with `least_accepted` answers accepted.

    Five queries, and one a section.
    """
    since = now - WINDOW
    accepted = measure("accepted", members=members, since=since)
    wanted = [pk for pk in (accepted if members is None else members) if accepted.get(pk, 0) >= least_accepted]
    attempted = measure("answers", members=wanted, since=since)
    people = measure("people_helped", members=wanted, since=since)
    spam = Entry.objects.filter(rule="spam", generation=0, reversed_by=None, member__in=wanted, created_at__gte=since)
    flags = dict(spam.order_by().values_list("member").annotate(count=Count("pk")))
    by_section = {
        section: measure("accepted", members=wanted, since=since, field=Field(section_id=section))
        for section in (Section.objects.values_list("pk", flat=True) if wanted else ())
    }
    return {
        pk: Evidence(
            accepted=accepted.get(pk, 0),
            attempted=attempted.get(pk, 0),
            share=int(100 * wilson_lower_bound(accepted.get(pk, 0), max(accepted.get(pk, 0), attempted.get(pk, 0)))),
            people=people.get(pk, 0),
            flags=flags.get(pk, 0),
            sections={str(section): counts[pk] for section, counts in by_section.items() if counts.get(pk)},
        )
        for pk in wanted
    }


def list_candidates(now: datetime | None = None) -> int | None:
    """List this month's candidates, whoever asks first. Returns how many, None when that was done already."""
    now = now or timezone.now()
    month = timezone.localdate(now).replace(day=1)
    wanted = thresholds()
    with transaction.atomic():
        listed, is_new = CandidateList.objects.get_or_create(
            month=month, defaults={"thresholds": asdict(wanted), "counted_at": now}
        )
        if not is_new:
            return None
        found = _found(wanted, now)
        for member, evidence in found:
            Candidate.objects.create(
                month=listed, member=member, section_id=evidence.main_section, figures=asdict(evidence)
            )
            take_step(member, State.CANDIDATE, by=None, at=now)
    return len(found)


def _found(wanted: Thresholds, now: datetime) -> list[tuple[User, Evidence]]:
    """Members who reach what is wanted, and were not asked, or not for long."""
    evidence = evidence_of(None, now, least_accepted=wanted.accepted)
    reached = {pk: each for pk, each in evidence.items() if each.reaches(wanted)}
    asked = Ambassadorship.objects.exclude(state=State.CANDIDATE)
    free = asked.filter(state__in=OUTSIDE - {State.EMERITUS}, since__lt=now - PEACE)
    asked_ids = set(asked.filter(member__in=reached).values_list("member", flat=True))
    asked_ids -= set(free.filter(member__in=reached).values_list("member", flat=True))
    open_to = User.objects.filter(
        pk__in=set(reached) - asked_ids, is_active=True, is_superuser=False, role__in=[Role.MEMBER, Role.EXPERT]
    )
    return [(member, reached[member.pk]) for member in open_to.order_by("pk")]
