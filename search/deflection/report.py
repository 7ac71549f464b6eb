"""What the brand reads: how often help was found without writing to support, by four definitions that it sees.

Definitions after the practice of support teams (https://www.scottbideau.com/deflection-defined/): *explicit* counts
only people who meant to write to support, *confirmed* only those who said so; both are lower bounds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.utils.timezone import localtime

from search.deflection.sessions import Recorded, Visit, visits_by_visitor
from search.models import Step

LOOKED = (Step.SEARCHED, Step.SHOWN)
WROTE = (Step.TICKET_SENT, Step.QUESTION_ASKED)
# What one person alone searched for may tell who they are.
FEWEST_VISITORS = 2
MOST_LISTED = 20


@dataclass
class Day:
    """The figures of one day."""

    form: int = 0
    explicit: int = 0
    confirmed: int = 0
    tickets: int = 0


@dataclass
class Report:
    """The figures of a period. A visit counts on the day it began."""

    visits: int = 0
    returned: int = 0
    searches: int = 0
    without_result: int = 0
    without_click: int = 0
    with_answers: int = 0
    confirmed: int = 0
    not_helped: int = 0
    form: int = 0
    form_opened_answer: int = 0
    explicit: int = 0
    pending: int = 0
    tickets: int = 0
    questions: int = 0
    failed: int = 0
    days: dict[date, Day] = field(default_factory=dict)
    unanswered_words: list[tuple[str, int]] = field(default_factory=list)
    read_in_vain: list[tuple[str, int]] = field(default_factory=list)

    @property
    def settled(self) -> int:
        """Visits with the form opened of which it is known whether the person came back."""
        return self.form - self.pending


def share(part: int, whole: int) -> float | None:
    """`part` of `whole` in per cent; None of nothing."""
    return 100 * part / whole if whole else None


def report_of(
    steps: Iterable[Recorded], start: datetime, end: datetime, *, now: datetime, silence: timedelta
) -> Report:
    """The report of the visits that began from `start` until `end`.

    `steps` are ordered by visitor, then time, from a day before `start` until `end` and `silence` later: what was read
    before, and who came back. `silence` is how long nothing may follow a visit that counts as explicit deflection.
    """
    report, words, vain = Report(), defaultdict[str, set[str]](set), Counter[str]()
    report.days = {start.date() + timedelta(days=at): Day() for at in range((end - start).days or 1)}
    for visits in visits_by_visitor(steps):
        for at, visit in enumerate(visits):
            if start <= visit.began_at < end:
                _count(report, visit, visits[at + 1 :], now, silence)
                _count_searches(report, visit, words)
                _count_failures(report, visits[: at + 1], vain)
    often = [(text, len(by)) for text, by in words.items() if len(by) >= FEWEST_VISITORS]
    report.unanswered_words = sorted(often, key=lambda row: (-row[1], row[0]))[:MOST_LISTED]
    report.read_in_vain = vain.most_common(MOST_LISTED)
    return report


def _count(report: Report, visit: Visit, later: Sequence[Visit], now: datetime, silence: timedelta) -> None:
    day = report.days.setdefault(localtime(visit.began_at).date(), Day())
    report.visits += 1
    report.returned += visit.has(Step.RETURNED)
    tickets = sum(step.step == Step.TICKET_SENT for step in visit.steps)
    report.tickets += tickets
    day.tickets += tickets
    report.questions += sum(step.step == Step.QUESTION_ASKED for step in visit.steps)
    report.with_answers += any(step.documents for step in visit.steps if step.step in LOOKED)
    report.not_helped += visit.has(Step.NOT_HELPED)
    if visit.has(Step.CONFIRMED):
        report.confirmed += 1
        day.confirmed += 1
    if not visit.has(Step.FORM_OPENED):
        return
    report.form += 1
    day.form += 1
    if not visit.has(Step.OPENED, Step.CONFIRMED):
        return
    report.form_opened_answer += 1
    came_back = any(each.began_at - visit.ended_at < silence and each.has(Step.FORM_OPENED, *WROTE) for each in later)
    if visit.has(*WROTE) or came_back:
        return
    if now - visit.ended_at < silence:
        report.pending += 1
        return
    report.explicit += 1
    day.explicit += 1


def _count_searches(report: Report, visit: Visit, words: dict[str, set[str]]) -> None:
    """Each look at results, and whether anything of it was opened before the next look."""
    looks = [at for at, step in enumerate(visit.steps) if step.step in LOOKED]
    for look, following in pairwise([*looks, len(visit.steps)]):
        step, after = visit.steps[look], visit.steps[look + 1 : following]
        report.searches += 1
        if step.found == 0:
            report.without_result += 1
            if step.words:
                words[step.words.casefold()].add(visit.visitor)
        elif not any(each.step in (Step.OPENED, Step.CONFIRMED) for each in after):
            report.without_click += 1


def _count_failures(report: Report, visits: Sequence[Visit], vain: Counter[str]) -> None:
    """Tickets and questions of the last of `visits`, written although something was read in the 24 hours before."""
    for step in visits[-1].steps:
        if step.step in WROTE:
            since = step.at - timedelta(hours=24)
            read = {
                document
                for visit in visits
                for earlier in visit.steps
                if earlier.step == Step.OPENED and since <= earlier.at <= step.at
                for document in earlier.documents
            }
            report.failed += bool(read)
            vain.update(sorted(read))
