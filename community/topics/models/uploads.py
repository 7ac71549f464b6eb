"""Images that members put into posts, re-encoded."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Upload(models.Model):
    """An image of a member, as it was stored: `name` is its path below MEDIA_ROOT."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="uploads")
    name = models.CharField(max_length=200, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="bytes")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where the image is served."""
        return f"{settings.MEDIA_URL}{self.name}"
