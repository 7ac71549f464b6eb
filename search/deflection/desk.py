"""The report at the brand's desk: figures with their definitions, a plot with its table, and the same as CSV."""

import csv
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy
from django_tasks import task
from redis.exceptions import RedisError
from wagtail.admin.auth import require_admin_access

from community.core import metrics
from community.pages.desk_pages import DeskPageView
from search.deflection.definitions import figures
from search.deflection.report import Report, report_of
from search.documents import Result
from search.models import DeflectionEvent, MeasurementSettings
from search.suggesting import results_of

logger = logging.getLogger(__name__)

PERMISSION = "search.view_deflectionevent"
PERIODS = (7, 28, 90)
DEFAULT_PERIOD = 28
KEPT_SECONDS = 60 * 60
# More than this is counted in the background.
MOST_AT_ONCE = 20_000
WIDTH, HEIGHT = 720, 160


@dataclass(frozen=True)
class Bar:
    """One day of the plot, in the units of its picture."""

    x: float
    width: float
    form: float
    tickets: float
    label: str


class DeflectionReportView(DeskPageView):
    """The last 7, 28 or 90 days, beside as many before."""

    permission = PERMISSION
    refusal = gettext_lazy("Only the brand team sees this report.")
    template_name = "search/deflection_report.html"
    page_title = gettext_lazy("Help found without writing to support")
    header_icon = "view"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or with `?export=csv` the days as CSV."""
        days = period_of(request)
        current = kept_report(days, 0)
        if request.GET.get("export") == "csv" and current:
            return as_csv(current, days)
        before = kept_report(days, 1)
        context = self.get_context_data(days=days, periods=PERIODS, is_counting=current is None)
        if current:
            context |= {
                "report": current,
                "figures": figures(current, before, silence_hours()),
                "bars": list(bars(current)),
                "width": WIDTH,
                "height": HEIGHT,
                "most": most(current),
                "read_in_vain": titled(current),
            }
        return self.render_to_response(context)


deflection_report = require_admin_access(DeflectionReportView.as_view())


def period_of(request: HttpRequest) -> int:
    """The number of days asked for."""
    asked = request.GET.get("days", "")
    return int(asked) if asked.isdecimal() and int(asked) in PERIODS else DEFAULT_PERIOD


def silence_hours() -> int:
    """How long nothing may follow, as the brand chose it."""
    hours = MeasurementSettings.objects.order_by("pk").values_list("return_hours", flat=True).first()
    return hours or MeasurementSettings._meta.get_field("return_hours").get_default()


def kept_report(days: int, back: int) -> Report | None:
    """The report of `days` days that ended `back` periods ago: counted now, or in the background and kept for an hour.

    None while it is being counted, and as long as the cache cannot be reached.
    """
    end = midnight() - timedelta(days=days * back)
    if steps_between(end - timedelta(days=days), end).count() <= MOST_AT_ONCE:
        return count_report(days, back)
    key = _key(days, back)
    try:
        found: Report | None = cache.get(key)
        if found is None and cache.add(f"{key}:wanted", True, 60 * 5):
            count_report_task.enqueue(days, back)
            found = cache.get(key)
    except RedisError as error:
        logger.warning("The report cannot be kept: %s", type(error).__name__)
        metrics.degraded.labels(service="deflection").inc()
        return None
    return found


def count_report(days: int, back: int) -> Report:
    """Count it, reading every step of the period once."""
    end, silence = midnight() - timedelta(days=days * back), timedelta(hours=silence_hours())
    start = end - timedelta(days=days)
    steps = steps_between(start - timedelta(days=1), end + silence).order_by("visitor", "at", "id")
    return report_of(steps.iterator(chunk_size=5000), start, end, now=timezone.now(), silence=silence)


@task()
def count_report_task(days: int, back: int) -> None:
    """Count a report that is too large to be waited for."""
    cache.set(_key(days, back), count_report(days, back), KEPT_SECONDS)


def _key(days: int, back: int) -> str:
    end = midnight() - timedelta(days=days * back)
    return f"deflection:{end:%Y-%m-%d}:{days}:{silence_hours()}"


def midnight() -> datetime:
    """The end of today, where periods end."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def steps_between(start: datetime, end: datetime) -> QuerySet[DeflectionEvent]:
    """The steps of a period."""
    return DeflectionEvent.objects.filter(at__gte=start, at__lt=end)


def most(report: Report) -> int:
    """The highest bar."""
    return max((max(day.form, day.tickets) for day in report.days.values()), default=0)


def bars(report: Report) -> Iterator[Bar]:
    """The plot: a pair of bars a day."""
    highest, step = most(report) or 1, WIDTH / max(1, len(report.days))
    for at, (day, counted) in enumerate(sorted(report.days.items())):
        yield Bar(
            x=round(at * step, 1),
            width=round(step * 0.4, 1),
            form=round(HEIGHT * counted.form / highest, 1),
            tickets=round(HEIGHT * counted.tickets / highest, 1),
            label=_day(day),
        )


def titled(report: Report) -> list[tuple[Result, int]]:
    """What was read in vain, with its title; what is gone meanwhile is left out."""
    keys = [(kind, pk) for name, _count in report.read_in_vain for kind, _, pk in [name.partition(":")]]
    results = results_of(keys, AnonymousUser())
    counts = [count for _name, count in report.read_in_vain]
    return [(results[key], count) for key, count in zip(keys, counts, strict=True) if key in results]


def as_csv(report: Report, days: int) -> HttpResponse:
    """A row a day; dates and numbers only, so that no cell can be taken for a formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="deflection-{days}-days.csv"'
    writer = csv.writer(response)
    writer.writerow(["day", "form_opened", "explicit_deflection", "confirmed", "tickets"])
    for day, counted in sorted(report.days.items()):
        writer.writerow([day.isoformat(), counted.form, counted.explicit, counted.confirmed, counted.tickets])
    return response


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
