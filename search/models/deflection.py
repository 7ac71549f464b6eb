"""What happened between a need for help and an answer, a question or a ticket. Nothing here says who it was."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting

from community.pages.site_settings import TouchingSetting


class Step(models.TextChoices):
    """One thing that someone looking for help did, or met."""

    SEARCHED = "searched", _("searched")
    SHOWN = "shown", _("was shown answers")
    OPENED = "opened", _("opened an answer")
    CONFIRMED = "confirmed", _("said that it answers")
    NOT_HELPED = "not_helped", _("said that none of them answers")
    FORM_OPENED = "form_opened", _("opened the form to write to support")
    TICKET_SENT = "ticket_sent", _("sent a ticket")
    QUESTION_ASKED = "question_asked", _("asked the community")
    RETURNED = "returned", _("came back")


class Place(models.TextChoices):
    """Where on the site it happened."""

    HOME = "home", _("home page")
    HEADER = "header", _("header of a page")
    SEARCH = "search", _("search page")
    ASK = "ask", _("asking a question")
    HELP = "help", _("getting help")
    OTHER = "other", _("elsewhere")


class DeflectionEvent(models.Model):
    """One step. `visitor` is a pseudonym: see search/deflection/visits.py.

    `documents` holds "kind:id" of what was shown or opened; `words` what was searched for; `found` how much that found;
    `target` "topic:id" or "ticket:id" of what was written.
    """

    at = models.DateTimeField(default=timezone.now)
    visitor = models.CharField(max_length=32)
    step = models.CharField(max_length=20, choices=Step)
    place = models.CharField(max_length=10, choices=Place, default=Place.OTHER)
    documents = models.JSONField(default=list)
    words = models.CharField(max_length=120, blank=True)
    found = models.PositiveIntegerField(null=True)
    target = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("step towards help")
        verbose_name_plural = _("steps towards help")
        indexes = [
            models.Index(fields=["at"], name="deflection_by_time"),
            models.Index(fields=["visitor", "at"], name="deflection_by_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.visitor[:6]} {self.step}"


@register_setting(icon="view")
class MeasurementSettings(TouchingSetting):
    """What of the visitors' way to help is counted."""

    tags: ClassVar[tuple[str, ...]] = ("site",)

    is_on = models.BooleanField(
        _("count how people find help"),
        default=True,
        help_text=_(
            "Under a pseudonym, for thirteen months, without the team, robots, and whoever asked not to be counted."
        ),
    )
    return_hours = models.PositiveSmallIntegerField(
        _("hours without coming back"),
        default=72,
        help_text=_("How long nothing may follow before an answer that was read counts as a ticket avoided."),
    )

    panels: ClassVar[list[Any]] = [FieldPanel("is_on"), FieldPanel("return_hours")]

    class Meta:
        verbose_name = _("measurement of help")
