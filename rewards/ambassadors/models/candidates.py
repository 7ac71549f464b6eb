"""Who was found each month, with the figures of that month as they were."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.topics.models import Section


class CandidateList(models.Model):
    """That a month's candidates were listed, and by which thresholds."""

    month = models.DateField(primary_key=True)
    thresholds = models.JSONField()
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Candidate(models.Model):
    """A member on a month's list. `figures` is the evidence, frozen; `section` is where most of it comes from."""

    month = models.ForeignKey(CandidateList, on_delete=models.CASCADE, related_name="candidates")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, null=True, on_delete=models.SET_NULL, related_name="+")
    figures = models.JSONField(_("evidence"))

    member_id: int

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "member"], name="candidate_once_a_month")]
        indexes = [models.Index(fields=["member", "-month"], name="candidate_of_member")]

    def __str__(self) -> str:
        return f"{self.month_id}: {self.member_id}"
