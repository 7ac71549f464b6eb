"""The programme's board at the desk: figures with what they count, a plot with its table, CSV."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access

from community.core.kept_values import remember
from rewards.ambassadors.board import GROUPS, Board, board_of
from rewards.ambassadors.desk.people import ProgrammeDeskView

PERIODS = (28, 91, 364)
DEFAULT_PERIOD = 91
WIDTH, HEIGHT = 720, 160
FILLS = {"ambassadors": "#0b4f53", "members": "#7fb3b8", "staff": "#c98a2b"}


@dataclass(frozen=True)
class Piece:
    """A piece of a bar, in the units of the picture; `y` is from the bottom."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    label: str


class BoardView(ProgrammeDeskView):
    """The last 4, 13 or 52 weeks."""

    template_name = "ambassadors/desk/board.html"
    page_title = gettext_lazy("The programme in figures")
    header_icon = "view"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or with `?export=csv` the plot's rows as CSV."""
        asked = request.GET.get("days", "")
        days = int(asked) if asked.isdecimal() and len(asked) < 5 and int(asked) in PERIODS else DEFAULT_PERIOD
        board = kept_board(days)
        if request.GET.get("export") == "csv":
            return as_csv(board, days)
        context = self.get_context_data(
            days=days,
            periods=[(each, each // 7) for each in PERIODS],
            board=board,
            shares=[(label_of(group), board.share(group), board.solutions[group], FILLS[group]) for group in GROUPS],
            rows=[(day, [counts[group] for group in GROUPS]) for day, counts in board.spans],
            labels=[label_of(group) for group in GROUPS],
            pieces=list(pieces(board)),
            width=WIDTH,
            height=HEIGHT,
        )
        return self.render_to_response(context)


def kept_board(days: int) -> Board:
    """The figures of the last `days` days, today included; counted again after ten minutes at most."""
    end = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    name = f"ambassadors.board:{days}:{end:%Y-%m-%d}"
    return remember(name, ["ambassadors"], lambda: board_of(end - timedelta(days=days), end))


def label_of(group: str) -> str:
    """What a group is called."""
    return {"ambassadors": _("Ambassadors"), "members": _("Other members"), "staff": _("The team")}[group]


def pieces(board: Board) -> Iterator[Piece]:
    """The plot: a bar for each part of the period, its groups one upon the other."""
    highest = max((counts.total() for _day, counts in board.spans), default=0) or 1
    step = WIDTH / max(1, len(board.spans))
    for at, (day, counts) in enumerate(board.spans):
        y = 0.0
        for group in GROUPS:
            height = HEIGHT * counts[group] / highest
            label = f"{date_format(day, 'SHORT_DATE_FORMAT')}, {label_of(group)}: {counts[group]}"
            yield Piece(round(at * step, 1), round(y, 1), round(step * 0.7, 1), round(height, 1), FILLS[group], label)
            y += height


def as_csv(board: Board, days: int) -> HttpResponse:
    """A row for each part of the period; dates and numbers only, so that no cell can be taken for a formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ambassadors-{days}-days.csv"'
    writer = csv.writer(response)
    writer.writerow(["from", *(f"solutions_{group}" for group in GROUPS)])
    for day, counts in board.spans:
        writer.writerow([day.isoformat(), *(counts[group] for group in GROUPS)])
    return response


board = require_admin_access(BoardView.as_view())
