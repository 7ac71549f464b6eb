"""The figures of the report, each with the sentence that says what it counts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.deflection.report import Report, share


@dataclass(frozen=True)
class Figure:
    """One figure: how many, of how many, what that means, and the share in the period before."""

    label: str
    count: int
    share: float | None
    definition: str
    before: float | None = None


def figures(report: Report, before: Report | None, silence_hours: int) -> list[Figure]:
    """The figures of `report`, the most telling first; `before` is the report of as many days before."""
    return [_figure(row, report, before) for row in _rows(silence_hours)]


@dataclass(frozen=True)
class _Row:
    label: str
    count: Callable[[Report], int]
    whole: Callable[[Report], int]
    definition: str


def _figure(row: _Row, report: Report, before: Report | None) -> Figure:
    return Figure(
        row.label,
        row.count(report),
        share(row.count(report), row.whole(report)),
        row.definition,
        share(row.count(before), row.whole(before)) if before else None,
    )


def _rows(hours: int) -> list[_Row]:
    return [
        _Row(
            _("Explicit deflection"),
            lambda r: r.explicit,
            lambda r: r.settled,
            _(
                "Visits in which the form to write to support and an answer were opened, nothing was sent, and the "
                "person did not come back to ask or write within %(hours)d hours; of the visits with the form opened. "
                "Visits too recent to know are left out."
            )
            % {"hours": hours},
        ),
        _Row(
            _("Confirmed"),
            lambda r: r.confirmed,
            lambda r: r.with_answers,
            _("Visits in which someone pressed “This answers me”; of the visits in which answers were shown."),
        ),
        _Row(
            _("Answer opened before writing"),
            lambda r: r.form_opened_answer,
            lambda r: r.form,
            _("Of the visits with the form to support opened, those in which an answer was opened too."),
        ),
        _Row(
            _("Answers that did not help"),
            lambda r: r.failed,
            lambda r: r.tickets + r.questions,
            _("Tickets and questions written after an answer had been opened in the 24 hours before; of all of them."),
        ),
        _Row(
            _("Searches without result"),
            lambda r: r.without_result,
            lambda r: r.searches,
            _("Searches, and questions typed, for which nothing was found. Good: under 5 %."),
        ),
        _Row(
            _("Searches without a click"),
            lambda r: r.without_click,
            lambda r: r.searches,
            _("Searches that found something of which nothing was opened. Good: under 40 %."),
        ),
        _Row(
            _("Came back"),
            lambda r: r.returned,
            lambda r: r.visits,
            _("Visits of someone who had looked for help in the 30 days before."),
        ),
    ]
