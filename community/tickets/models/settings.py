"""When support is there, and what it says of itself."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from community.core.languages import in_reader_language
from community.pages.site_settings import of_default_site
from community.tickets.business_hours import DAY_MINUTES, OpeningHours

domain_shape = RegexValidator(
    r"^(?=.{1,190}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
    _("Write a domain name, such as support.example.com."),
)
WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


def check_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is a time zone, such as Europe/Paris."""
    if name not in available_timezones():
        raise ValidationError(_("Write the name of a time zone, such as Europe/Paris."))


def default_time_zone() -> str:
    """The site's own."""
    return str(settings.TIME_ZONE)


@register_setting(icon="help", order=20)
class SupportSettings(BaseSiteSetting, ClusterableModel):
    """Opening hours, holidays, and the words shown to customers. Nothing set means always open."""

    is_open = models.BooleanField(
        _("support answers"),
        default=True,
        help_text=_("Without the tick customers can still write; they are promised no time."),
    )
    time_zone = models.CharField(_("time zone"), max_length=60, default=default_time_zone, validators=[check_time_zone])
    sentence_fr = models.CharField(_("sentence for customers in French"), max_length=200, blank=True)
    sentence_en = models.CharField(_("sentence for customers in English"), max_length=200, blank=True)
    reply_domain = models.CharField(
        _("domain for answers by e-mail"),
        max_length=190,
        blank=True,
        validators=[domain_shape],
        help_text=_(
            "Mail to support+…@ this domain must reach the mail listener. Empty: answers are given on the site."
        ),
    )

    edit_handler: ClassVar[TabbedInterface]

    class Meta:
        verbose_name = _("support")

    @property
    def sentence(self) -> str:
        """What the brand says of its support, in the reader's language."""
        return in_reader_language(self.sentence_fr, self.sentence_en)

    def opening_hours(self) -> OpeningHours:
        """The hours as the arithmetic needs them. Two queries."""
        week: list[list[tuple[int, int]]] = [[] for _day in WEEKDAYS]
        times = list(self.opening_times.all())
        for time in times:
            week[time.weekday].append(time.minutes)
        if not times:
            week = [[(0, DAY_MINUTES)] for _day in WEEKDAYS]
        closed = frozenset(holiday.date for holiday in self.holidays.all())
        return OpeningHours(ZoneInfo(self.time_zone), tuple(tuple(sorted(day)) for day in week), closed)


class OpeningTime(models.Model):
    """A stretch of a weekday when support answers; several on one day leave a break between them."""

    support = ParentalKey(SupportSettings, on_delete=models.CASCADE, related_name="opening_times")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEKDAYS)
    opens = models.TimeField(pgettext_lazy("a time of day", "from"))
    closes = models.TimeField(
        pgettext_lazy("a time of day", "until"), help_text=_("00:00 is midnight, the end of the day.")
    )

    panels: ClassVar[list[Any]] = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta:
        verbose_name = _("opening time")
        verbose_name_plural = _("opening times")
        ordering = ["weekday", "opens"]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    @property
    def minutes(self) -> tuple[int, int]:
        """Beginning and end, in minutes since midnight."""
        end = self.closes.hour * 60 + self.closes.minute
        return self.opens.hour * 60 + self.opens.minute, end or DAY_MINUTES

    def clean(self) -> None:
        """Refuse hours that end before they begin."""
        super().clean()
        if self.opens is not None and self.closes is not None and self.minutes[0] >= self.minutes[1]:
            raise ValidationError({"closes": _("Closing comes after opening.")})


class Holiday(models.Model):
    """A day on which support is closed, whatever the weekday says."""

    support = ParentalKey(SupportSettings, on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField(_("date"))
    label = models.CharField(_("name"), max_length=60, blank=True)

    panels: ClassVar[list[Any]] = [FieldRowPanel([FieldPanel("date"), FieldPanel("label")])]

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.label}".strip()


def support_settings() -> SupportSettings:
    """The settings of the default site: tickets belong to the installation. Two queries at most."""
    return of_default_site(SupportSettings)


SupportSettings.edit_handler = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("is_open"),
                FieldRowPanel([FieldPanel("sentence_fr"), FieldPanel("sentence_en")]),
                FieldPanel("reply_domain"),
            ],
            heading=_("Support"),
        ),
        ObjectList(
            [
                FieldPanel("time_zone"),
                MultiFieldPanel(
                    [InlinePanel("opening_times", label=_("opening time"))],
                    heading=_("Opening hours"),
                    help_text=_("None: support counts as always open."),
                ),
                InlinePanel("holidays", label=_("holiday")),
            ],
            heading=_("Opening hours"),
        ),
    ]
)
