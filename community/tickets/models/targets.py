"""What the support team promises, by section, and the answers it gives again and again."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from community.topics.models import Section

# For sections without a target of their own, as long as the brand sets no default.
DEFAULT_HOURS = 24


class SupportTarget(models.Model):
    """Within how many opening hours a ticket is answered; without a section it is the default."""

    section = models.OneToOneField(
        Section,
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="support_target",
        help_text=_("Empty: for all sections that have no target of their own."),
    )
    hours = models.PositiveSmallIntegerField(
        _("first answer within"),
        choices=[(2, _("2 opening hours")), (4, _("4 opening hours")), (24, _("24 opening hours"))],
        default=4,
    )

    section_id: int | None
    panels: ClassVar[list[Any]] = [FieldPanel("section"), FieldPanel("hours")]

    class Meta:
        verbose_name = _("answer target")
        verbose_name_plural = _("answer targets")
        constraints = [
            models.UniqueConstraint(
                Coalesce("section", 0),
                name="support_target_once",
                violation_error_message=_("There is a target for this already. Change that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.section or _('All other sections')}: {self.get_hours_display()}"


def hours_promised(section: Section | None) -> int:
    """Within how many opening hours tickets of `section` are answered. One query."""
    wanted = models.Q(section=None) | models.Q(section=section) if section else models.Q(section=None)
    found = {target.section_id: target.hours for target in SupportTarget.objects.filter(wanted)}
    return found.get(section.pk if section else None) or found.get(None) or DEFAULT_HOURS


class SavedReply(models.Model):
    """An answer kept to be used again, in one language."""

    title = models.CharField(_("title"), max_length=80, help_text=_("For agents only."))
    lang = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    body = models.TextField(
        _("text"), max_length=8000, help_text=_("Markdown. The agent can change it before sending.")
    )

    panels: ClassVar[list[Any]] = [FieldRowPanel([FieldPanel("title"), FieldPanel("lang")]), FieldPanel("body")]

    class Meta:
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        ordering = ["lang", "title"]

    def __str__(self) -> str:
        return self.title
