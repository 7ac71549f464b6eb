"""What members keep an eye on: follows, shared problems, and how far they have read."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.topics.models.topics import Topic


class Follow(models.Model):
    """A member wants to hear of new answers in a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="follows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "user"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.topic_id}"


class SameProblem(models.Model):
    """A member has the same problem."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="same_problems")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="same_problems")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "user"], name="same_problem_once")]

    def __str__(self) -> str:
        return f"{self.user_id} shares {self.topic_id}"


class ReadMark(models.Model):
    """Up to when a member has read a topic; topics without one count as read until the member joined."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="read_marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_marks")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.topic_id}"
