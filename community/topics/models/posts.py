"""Posts: openings, answers and comments in one table, with their votes and revisions."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.topics.models.topics import Topic


class PostKind(models.TextChoices):
    """The place of a post in its topic."""

    OPENING = "opening", _("opening")
    ANSWER = "answer", _("answer")
    COMMENT = "comment", _("comment")


class PostQuerySet(models.QuerySet["Post"]):
    """Readings of the table of posts."""

    def visible_to(self, user: User | AnonymousUser) -> "PostQuerySet":
        """Posts that `user` may read, no comment under what is deleted; moderators see deleted ones too."""
        if isinstance(user, User) and user.can_moderate:
            return self
        there = self.filter(deleted_at=None, topic__deleted_at=None, topic__section__live=True)
        return there.filter(models.Q(parent=None) | models.Q(parent__deleted_at=None))

    def answers(self) -> "PostQuerySet":
        """Answers (in a discussion: replies)."""
        return self.filter(kind=PostKind.ANSWER)


class Post(models.Model):
    """Any contribution to a topic. Markdown is the source; its HTML is rendered once, when written."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=10, choices=PostKind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    body = models.TextField(_("text"))
    html = models.TextField(editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Deleted by a moderator as unwanted advertising: its author pays for that.
    is_spam = models.BooleanField(default=False)
    # Votes that came with an import have no voter; they count with the others and survive a recount.
    imported_up = models.PositiveIntegerField(default=0)
    imported_down = models.PositiveIntegerField(default=0)
    # Shadows of other rows, rebuilt by `recount`.
    up_count = models.PositiveIntegerField(default=0)
    down_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    is_accepted = models.BooleanField(default=False)
    accepted_as = models.CharField(max_length=10, blank=True)
    helpfulness = models.FloatField(default=0.0)

    topic_id: int
    author_id: int
    parent_id: int | None
    objects: ClassVar[models.Manager["Post"]] = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["topic"], condition=models.Q(kind="opening"), name="one_opening_per_topic"),
            models.CheckConstraint(
                condition=models.Q(kind="comment") ^ models.Q(parent=None), name="only_comments_have_a_parent"
            ),
        ]
        indexes = [
            models.Index(
                fields=["topic", "-is_accepted", "-helpfulness", "id"],
                name="post_answers",
                condition=models.Q(kind="answer", deleted_at=None),
            ),
            models.Index(
                fields=["topic", "id"],
                name="post_in_order",
                condition=models.Q(kind="answer", deleted_at=None),
            ),
            models.Index(fields=["parent", "id"], name="post_comments", condition=models.Q(kind="comment")),
            models.Index(fields=["author", "-created_at", "-id"], name="post_by_author"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        """The topic's page, at this post."""
        return reverse("topics:post", args=[self.pk])

    @property
    def score(self) -> int:
        """Votes for, less votes against."""
        return self.up_count - self.down_count

    @property
    def is_deleted(self) -> bool:
        """Whether only moderators and its author still see it."""
        return self.deleted_at is not None


class PostVote(models.Model):
    """One member's vote on a post: 1 when it helped, -1 when it misleads."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="post_votes")
    value = models.SmallIntegerField(choices=[(1, _("helpful")), (-1, _("misleading"))])
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "user"], name="one_vote_per_member"),
            models.CheckConstraint(condition=models.Q(value__in=[1, -1]), name="vote_is_one_up_or_down"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.value:+d} {self.post_id}"


class PostRevision(models.Model):
    """What a post said before it was edited, and who changed it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.post_id} v{self.number}"
