"""Sections: the themed places that hold topics, kept by the brand in Wagtail."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from community.core.languages import in_reader_language
from community.pages.previews import FramedPreview


class Section(FramedPreview, PreviewableMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """A themed place: what it is for, its cover, its experts and its help articles, in both languages."""

    slug = models.SlugField(_("address"), unique=True, max_length=60)
    title_fr = models.CharField(_("title in French"), max_length=80)
    title_en = models.CharField(_("title in English"), max_length=80)
    purpose_fr = models.CharField(_("purpose in French"), max_length=300, blank=True)
    purpose_en = models.CharField(_("purpose in English"), max_length=300, blank=True)
    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    experts = ParentalManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("experts"), blank=True, related_name="expert_sections"
    )
    articles = ParentalManyToManyField(
        "pages.HelpArticlePage", verbose_name=_("help articles"), blank=True, related_name="sections"
    )
    # Shadows of what the topics say, rebuilt by `recount`.
    topic_count = models.PositiveIntegerField(default=0, editable=False)
    unanswered_count = models.PositiveIntegerField(default=0, editable=False)
    answer_minutes = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_reader_language(self.title_fr, self.title_en)

    @property
    def purpose(self) -> str:
        """The purpose in the reader's language."""
        return in_reader_language(self.purpose_fr, self.purpose_en)

    @property
    def answer_time(self) -> str:
        """The mean time to a first answer in words: minutes under an hour, hours under two days, else days."""
        minutes = self.answer_minutes or 0
        if minutes < 60:
            return gettext("%(count)d min") % {"count": max(1, minutes)}
        if minutes < 48 * 60:
            return gettext("%(count)d h") % {"count": round(minutes / 60)}
        return ngettext("%(count)d day", "%(count)d days", round(minutes / 1440)) % {"count": round(minutes / 1440)}

    def get_absolute_url(self) -> str:
        """The section's page, in the reader's language."""
        return reverse("topics:section", args=[self.slug])

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """The template that shows a draft to the brand."""
        return "topics/section_preview.html"
