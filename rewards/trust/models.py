"""What trust rests on: how much members read, day by day; and every change of a level with the figures behind it."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import register_setting

from community.accounts.privileges import PRIVILEGES
from community.pages.site_settings import TouchingSetting
from community.topics.models import Topic

TAG = "trust"
HIGHEST = 4


class MemberDay(models.Model):
    """How much a member read on one day (UTC)."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    seconds = models.PositiveIntegerField(default=0)
    topics_entered = models.PositiveIntegerField(default=0)
    posts_read = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="one_day_of_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.day}: {self.seconds} s"


class TopicReading(models.Model):
    """Which posts of a topic a member has had before their eyes; `at` is when they were last there."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    post_ids = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "topic"], name="one_reading_of_a_topic")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.topic_id}"


class TrustLock(models.Model):
    """That the team keeps a member's level where it is."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="trust_lock"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.reason}"


class Why(models.TextChoices):
    """Why a level changed."""

    EARNED = "earned", _("earned")
    LOST = "lost", _("no longer met")
    TEAM = "team", _("set by the team")


class TrustChange(models.Model):
    """One change of a member's trust level. `figures` are those it was decided on: value and threshold by name."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="trust_changes")
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=10, choices=Why)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    figures = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["member", "-id"], name="trust_of_member"),
            models.Index(fields=["-id"], name="trust_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.before} to {self.after}, {self.why}"


@register_setting(icon="key")
class PrivilegeSettings(TouchingSetting, ClusterableModel):
    """Which privilege takes how much trust and reputation, where the brand wants it otherwise than the preset."""

    tags: ClassVar[tuple[str, ...]] = (TAG,)

    panels: ClassVar[list[Any]] = [InlinePanel("thresholds", label=_("threshold of a privilege"))]

    class Meta:
        verbose_name = _("privileges")


class PrivilegeThreshold(models.Model):
    """What one privilege takes: both the level and the reputation."""

    settings = ParentalKey(PrivilegeSettings, on_delete=models.CASCADE, related_name="thresholds")
    privilege = models.CharField(
        _("privilege"), max_length=20, choices=[(name, one.label) for name, one in PRIVILEGES.items()]
    )
    level = models.PositiveSmallIntegerField(_("trust level"), default=0, validators=[MaxValueValidator(HIGHEST)])
    reputation = models.PositiveIntegerField(_("reputation"), default=0)

    panels: ClassVar[list[Any]] = [FieldPanel("privilege"), FieldPanel("level"), FieldPanel("reputation")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["settings", "privilege"], name="one_threshold_of_a_privilege")]

    def __str__(self) -> str:
        return self.privilege
