"""Suggested edits: how someone would improve what another wrote, until somebody who may says yes or no."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.topics.models.posts import Post


class SuggestionState(models.TextChoices):
    """Where a suggestion stands."""

    WAITING = "waiting", _("waiting")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")


class SuggestionQuerySet(models.QuerySet["EditSuggestion"]):
    """Readings of the table of suggestions."""

    def for_reviewer(self, user: User | AnonymousUser) -> "SuggestionQuerySet":
        """Those that wait and that `user` may decide on: about their own texts, or all; never what they suggested."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        there = models.Q(post__in=Post.objects.visible_to(user), post__deleted_at=None, post__topic__deleted_at=None)
        waiting = self.filter(there, state=SuggestionState.WAITING).exclude(by=user)
        return waiting if user.has_perm("community.review") else waiting.filter(post__author=user)


class EditSuggestion(models.Model):
    """A new text for a post (for an opening also a title), made from its `base_revision`."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="suggestions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="suggestions")
    base_revision = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    post_id: int
    by_id: int
    objects: ClassVar[models.Manager["EditSuggestion"]] = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "by"], condition=models.Q(state="waiting"), name="one_suggestion_waits"
            )
        ]
        indexes = [models.Index(fields=["id"], name="suggestions_waiting", condition=models.Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.by_id} on {self.post_id}: {self.state}"
