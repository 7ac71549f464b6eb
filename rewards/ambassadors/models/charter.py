"""The charter: versions that are never edited, and who agreed to which."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from community.core.languages import in_reader_language
from community.core.markdown import render_markdown

LONGEST_CHARTER = 20_000


class CharterVersion(models.Model):
    """What ambassadors and the brand promise each other, as of `published_at`; a change is another version."""

    number = models.PositiveIntegerField(unique=True)
    text_fr = models.TextField(_("text in French"), max_length=LONGEST_CHARTER)
    text_en = models.TextField(_("text in English"), max_length=LONGEST_CHARTER)
    html_fr = models.TextField(editable=False)
    html_en = models.TextField(editable=False)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of the charter")
        verbose_name_plural = _("versions of the charter")

    def __str__(self) -> str:
        return str(self.number)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it down, once. Raises ValueError for a version that is there: people agreed to its words."""
        if self.pk is not None:
            raise ValueError("A published charter is not edited: publish another version.")
        self.html_fr, self.html_en = render_markdown(self.text_fr), render_markdown(self.text_en)
        super().save(*args, **kwargs)

    @property
    def html(self) -> SafeString:
        """Its words in the reader's language."""
        chosen = in_reader_language(self.html_fr, self.html_en)
        return mark_safe(chosen)  # noqa: S308 - rendered by core.markdown


class CharterAcceptance(models.Model):
    """That a member agreed to a version, and when."""

    charter = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="acceptances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    member_id: int
    charter_id: int

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "charter"], name="charter_accepted_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.charter_id}"


def charter_in_force() -> CharterVersion | None:
    """The latest version. One query."""
    return CharterVersion.objects.select_related("published_by").first()
