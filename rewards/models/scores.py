"""What leaderboards read: sums of the ledger by span of time and by field, kept up as entries come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Score(models.Model):
    """A member's points in a span ("all", "2026", "2026-11", "2026-W48") and a scope ("", "section:4", "tag:7")."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    span = models.CharField(max_length=8)
    scope = models.CharField(max_length=24, blank=True)
    points = models.IntegerField()

    member_id: int

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "span", "scope"], name="one_score")]
        indexes = [
            models.Index(
                fields=["span", "scope", "-points", "member"], name="score_board", condition=models.Q(points__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.span} {self.scope}: {self.points}"


class BoardPreference(models.Model):
    """That a member does not want to stand on leaderboards."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="board_preference"
    )
    is_hidden = models.BooleanField(_("leave me out of leaderboards"), default=False)

    def __str__(self) -> str:
        return str(self.member_id)
