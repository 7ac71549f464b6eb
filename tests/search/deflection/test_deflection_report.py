"""The figures of the report, against a log whose right answers are worked out beside each line."""

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from search.deflection.report import Report, report_of, share
from search.deflection.sessions import visits_by_visitor
from search.models import DeflectionEvent, Step
from tests.search.deflection.conftest import NOON, Log

DAY = 24 * 60
START, END = NOON - timedelta(hours=12), NOON + timedelta(days=1, hours=12)
SILENCE = timedelta(hours=72)


def counted(steps: Sequence[DeflectionEvent], *, days_later: float = 30) -> Report:
    ordered = sorted(steps, key=lambda step: (step.visitor, step.at))
    return report_of(ordered, START, END, now=NOON + timedelta(days=days_later), silence=SILENCE)


def test_a_log_worked_out_by_hand(log: Log) -> None:
    steps = [
        # ana: form, reads an answer, leaves, never back: explicit.
        log(0, "ana", Step.SHOWN, "topic:1", "topic:2", found=2),
        log(1, "ana", Step.FORM_OPENED),
        log(2, "ana", Step.OPENED, "topic:1"),
        # ben: form, reads, sends all the same: not explicit, one failure on topic:1.
        log(0, "ben", Step.SHOWN, "topic:1", found=1),
        log(1, "ben", Step.OPENED, "topic:1"),
        log(3, "ben", Step.FORM_OPENED),
        log(9, "ben", Step.TICKET_SENT),
        # cem: form, reads, leaves; writes 50 hours later: not explicit, that ticket is of another period.
        log(10, "cem", Step.FORM_OPENED),
        log(11, "cem", Step.OPENED, "article:7"),
        log(11 + 50 * 60, "cem", Step.RETURNED),
        log(11 + 50 * 60, "cem", Step.TICKET_SENT),
        # dan: the same, but back after 73 hours: explicit.
        log(20, "dan", Step.FORM_OPENED),
        log(21, "dan", Step.OPENED, "article:7"),
        log(21 + 73 * 60, "dan", Step.TICKET_SENT),
        # eva: confirms without ever opening the form.
        log(30, "eva", Step.SHOWN, "topic:1", "topic:3", found=2),
        log(31, "eva", Step.OPENED, "topic:1"),
        log(33, "eva", Step.CONFIRMED, "topic:1"),
        # fay: form, read nothing, left: neither explicit nor pending.
        log(40, "fay", Step.FORM_OPENED),
        # guy: two visits on one day, 31 minutes apart; the first finds nothing, the second is not clicked; then asks.
        log(50, "guy", Step.SEARCHED, words="Pompe à bras", found=0),
        log(81, "guy", Step.SEARCHED, "topic:4", words="pompe", found=1),
        log(82, "guy", Step.NOT_HELPED),
        log(90, "guy", Step.QUESTION_ASKED),
        # hal: what guy looked for, in vain too.
        log(95, "hal", Step.SEARCHED, words="pompe à bras", found=0),
    ]
    report = counted(steps)
    assert (report.visits, report.returned) == (9, 0)
    assert (report.form, report.form_opened_answer, report.settled) == (5, 4, 5)
    assert (report.explicit, report.pending) == (2, 0)
    assert share(report.explicit, report.settled) == 40.0
    assert (report.confirmed, report.with_answers) == (1, 4)
    assert (report.tickets, report.questions, report.failed) == (1, 1, 1)
    assert (report.searches, report.without_result, report.without_click) == (6, 2, 1)
    assert report.not_helped == 1
    assert report.unanswered_words == [("pompe à bras", 2)]
    assert report.read_in_vain == [("topic:1", 1)]
    assert report.days[NOON.date()].form == 5
    assert report.days[NOON.date()].explicit == 2
    assert report.days[NOON.date()].tickets == 1


def test_a_visit_too_recent_to_judge_is_in_no_share(log: Log) -> None:
    steps = [log(0, "ana", Step.FORM_OPENED), log(1, "ana", Step.OPENED, "topic:1")]
    early = counted(steps, days_later=2)
    assert (early.explicit, early.pending, early.settled) == (0, 1, 0)
    late = counted(steps, days_later=4)
    assert (late.explicit, late.pending, late.settled) == (1, 0, 1)


def test_what_was_read_the_evening_before_counts_against_a_ticket_of_the_morning(log: Log) -> None:
    steps = [
        log(-13 * 60, "ana", Step.OPENED, "topic:9"),
        log(-60, "ana", Step.TICKET_SENT),
        log(-60 - 25 * 60, "ben", Step.OPENED, "topic:9"),
        log(-60, "ben", Step.TICKET_SENT),
    ]
    report = counted(steps)
    assert (report.tickets, report.failed) == (2, 1)
    assert report.read_in_vain == [("topic:9", 1)]


def test_words_of_one_person_alone_are_not_shown(log: Log) -> None:
    steps = [log(at, "ana", Step.SEARCHED, words="my neighbour bob", found=0) for at in (0, 1, 2)]
    assert counted(steps).unanswered_words == []


def test_an_empty_log_is_an_empty_report() -> None:
    report = counted([])
    assert (report.visits, report.settled) == (0, 0)
    assert share(report.explicit, report.settled) is None
    assert len(report.days) == 2


STEPS = st.lists(
    st.tuples(st.integers(-DAY, 6 * DAY), st.sampled_from("abc"), st.sampled_from(Step)), min_size=0, max_size=40
)


@given(STEPS)
def test_whatever_happened_the_figures_agree_with_each_other(rows: list[tuple[int, str, Step]]) -> None:
    steps = [
        DeflectionEvent(
            at=NOON + timedelta(minutes=minutes),
            visitor=visitor,
            step=step,
            documents=["topic:1"] if step in (Step.OPENED, Step.SHOWN) else [],
            found=1 if step == Step.SHOWN else 0 if step == Step.SEARCHED else None,
        )
        for minutes, visitor, step in sorted(set(rows))
    ]
    report = counted(steps)
    assert 0 <= report.explicit + report.pending <= report.form_opened_answer <= report.form <= report.visits
    assert report.without_result + report.without_click <= report.searches
    assert report.failed <= report.tickets + report.questions
    assert sum(day.tickets for day in report.days.values()) == report.tickets
    ordered = sorted(steps, key=lambda step: (step.visitor, step.at))
    assert sum(len(visit.steps) for visits in visits_by_visitor(ordered) for visit in visits) == len(steps)
