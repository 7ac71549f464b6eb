"""What the ambassadors' desk keeps: who is answering what, whom an answer helped, the private room."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.topics.models import Post, Topic
from rewards.ambassadors.models.membership import RUN_PROGRAMME

LOCK = timedelta(minutes=10)


class AnsweringQuerySet(models.QuerySet["Answering"]):
    """Readings of who is answering."""

    def now(self) -> "AnsweringQuerySet":
        """Those whose ten minutes are not over, with their names."""
        return self.filter(until__gt=timezone.now()).select_related("member")


class Answering(models.Model):
    """That somebody is writing an answer, so that two need not; it forbids nothing and ends by itself."""

    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, primary_key=True, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    topic_id: int
    member_id: int
    objects: ClassVar[models.Manager["Answering"]] = AnsweringQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.member_id}"


class HelpedDay(models.Model):
    """How many readers said on one day that an answer is theirs, guests included: nobody is known by it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    post_id: int
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "day"], name="helped_once_a_day")]
        indexes = [models.Index(fields=["day"], name="helped_by_day")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.day}: {self.count}"


class RoomMessageQuerySet(models.QuerySet["RoomMessage"]):
    """Readings of the private room."""

    def visible_to(self, user: User | AnonymousUser) -> "RoomMessageQuerySet":
        """All of it to ambassadors and the brand's team, nothing to anybody else."""
        return self.all() if isinstance(user, User) and enters_room(user) else self.none()


class RoomMessage(models.Model):
    """A message between ambassadors and the team. No search, list or API knows of it."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("text"))
    html = models.TextField(editable=False)
    at = models.DateTimeField(default=timezone.now)
    # What makes a form sent twice one message.
    key = models.CharField(max_length=40)

    author_id: int
    objects: ClassVar[models.Manager["RoomMessage"]] = RoomMessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="room_message_once")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def shown(self) -> SafeString:
        """Its words as they were rendered."""
        return mark_safe(self.html)  # noqa: S308 - rendered by core.markdown


def enters_room(user: User) -> bool:
    """Whether `user` is an ambassador, or of the team that looks after them."""
    return user.is_active and (user.is_ambassador or user.is_team or user.has_perm(RUN_PROGRAMME))
