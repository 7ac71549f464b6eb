"""Resolutions: the record that a question is settled, by whom, and how."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.topics.models.posts import Post
from community.topics.models.topics import Topic


class ResolutionKind(models.TextChoices):
    """How a question came to be settled."""

    ANSWER = "answer", _("an answer was accepted")
    FIXED_ITSELF = "fixed_itself", _("it fixed itself")
    BY_PROFESSIONAL = "by_professional", _("a professional fixed it")
    BY_SUPPORT = "by_support", _("the support team solved it")
    FOUND_ELSEWHERE = "found_elsewhere", _("I found out by myself")
    SAME_QUESTION = "same_question", _("another question's answers solved it")
    NO_LONGER_NEEDED = "no_longer_needed", _("I no longer need it")


class AcceptedAs(models.TextChoices):
    """In what capacity someone settled a question."""

    ASKER = "asker", _("the person who asked")
    EXPERT = "expert", _("an expert")
    AMBASSADOR = "ambassador", _("an ambassador")
    MEMBER = "member", _("an experienced member")
    STAFF = "staff", _("the team")


class Resolution(models.Model):
    """One reason why a topic is solved: an accepted answer, or another way. Revoked rows are its history."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="resolutions")
    kind = models.CharField(max_length=20, choices=ResolutionKind)
    answer = models.ForeignKey(Post, null=True, blank=True, on_delete=models.CASCADE, related_name="resolutions")
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_as = models.CharField(max_length=10, choices=AcceptedAs)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    topic_id: int
    answer_id: int | None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer"], condition=models.Q(revoked_at=None), name="answer_accepted_once"
            ),
            models.UniqueConstraint(
                fields=["topic"],
                condition=models.Q(revoked_at=None, answer=None),
                name="solved_otherwise_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="answer") ^ models.Q(answer=None), name="only_answers_are_accepted"
            ),
        ]
        indexes = [models.Index(fields=["topic"], name="resolution_in_force", condition=models.Q(revoked_at=None))]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.kind}"
