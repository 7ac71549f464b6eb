"""Crisis first: what ambassadors know before it is public, and who has read it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.core.languages import reader_language
from rewards.ambassadors.models.desk import enters_room

check_url = URLValidator(schemes=["http", "https"])


class NoticeQuerySet(models.QuerySet["CrisisNotice"]):
    """Readings of the notices."""

    def visible_to(self, user: User | AnonymousUser) -> "NoticeQuerySet":
        """All to ambassadors and the team; to everyone else those made public that are not over."""
        if isinstance(user, User) and enters_room(user):
            return self.all()
        return self.public()

    def current(self) -> "NoticeQuerySet":
        """Those that are not over."""
        return self.filter(ended_at=None)

    def public(self) -> "NoticeQuerySet":
        """Those that everyone may read."""
        return self.current().exclude(published_at=None)


class CrisisNotice(models.Model):
    """Something that goes wrong: facts for ambassadors, and what may be said, which becomes the public notice."""

    title_fr = models.CharField(_("title in French"), max_length=150, blank=True)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    facts_fr = models.TextField(_("facts in French, for ambassadors only"), max_length=8000, blank=True)
    facts_en = models.TextField(_("facts in English, for ambassadors only"), max_length=8000, blank=True)
    say_fr = models.TextField(_("what may be said publicly, in French"), max_length=8000, blank=True)
    say_en = models.TextField(_("what may be said publicly, in English"), max_length=8000, blank=True)
    html = models.JSONField(default=dict, editable=False)
    links = models.TextField(_("links"), max_length=2000, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["CrisisNotice"]] = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice to ambassadors")
        verbose_name_plural = _("notices to ambassadors")
        indexes = [
            models.Index(fields=["-id"], name="notice_public", condition=~models.Q(published_at=None)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("ambassadors:notice", args=[self.pk])

    @property
    def lang(self) -> str:
        """The language it is shown in: the reader's where it was written in that, else the other one."""
        wanted = reader_language()
        return wanted if self.title_in(wanted) else "en" if wanted == "fr" else "fr"

    @property
    def title(self) -> str:
        """Its title, in `lang`."""
        return self.title_in(self.lang)

    @property
    def facts(self) -> SafeString:
        """What ambassadors know, in `lang`."""
        return self._rendered("facts")

    @property
    def say(self) -> SafeString:
        """What may be said, and what the public reads, in `lang`."""
        return self._rendered("say")

    @property
    def addresses(self) -> list[str]:
        """The links, one a line."""
        return [line.strip() for line in self.links.splitlines() if line.strip()]

    def title_in(self, lang: str) -> str:
        """The title in one language, empty when it was not written in it."""
        return str(getattr(self, f"title_{lang}"))

    def _rendered(self, name: str) -> SafeString:
        return mark_safe(self.html.get(f"{name}_{self.lang}", ""))  # noqa: S308 - rendered by core.markdown


class NoticeReader(models.Model):
    """An ambassador whom a notice was written for, or who found it later: when it was mailed, and read."""

    notice = models.ForeignKey(CrisisNotice, on_delete=models.CASCADE, related_name="readers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    mailed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    member_id: int
    notice_id: int

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "member"], name="notice_reader_once")]

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.member_id}"
