"""Who stands where in the programme, since when, and every step of the way."""

from datetime import date, datetime, time
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.accounts.models import User
from community.topics.models import Section, Tag
from rewards.ambassadors.lifecycle import ACTIVE_STATES, SERVING, State
from rewards.ambassadors.models.charter import CharterVersion

RUN_PROGRAMME = "ambassadors.run_programme"
LONGEST_REASON = 2000
DEFAULT_CAP, HIGHEST_CAP = 10, 200
WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


def both_languages() -> list[str]:
    """The languages of somebody who has not chosen any."""
    return [code for code, _label in settings.LANGUAGES]


class AmbassadorshipQuerySet(models.QuerySet["Ambassadorship"]):
    """Readings of the programme."""

    def active(self) -> "AmbassadorshipQuerySet":
        """Those who hold the role today."""
        return self.filter(state__in=ACTIVE_STATES, member__is_active=True)

    def serving(self) -> "AmbassadorshipQuerySet":
        """Those who hold it, and those whose role rests while they are on leave."""
        return self.filter(state__in=SERVING, member__is_active=True)

    def visible_to(self, user: User | AnonymousUser) -> "AmbassadorshipQuerySet":
        """What `user` may read of the programme: the brand team all of it, everyone else their own part."""
        if isinstance(user, User) and user.has_perm(RUN_PROGRAMME):
            return self
        return self.filter(member=user.pk) if user.pk else self.none()


class Ambassadorship(models.Model):
    """A member's part in the programme, and how they want to serve. Written by `actions.step` only."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ambassadorship")
    state = models.CharField(_("state"), max_length=10, choices=State)
    since = models.DateTimeField(default=timezone.now)
    review_on = models.DateField(_("review due on"), null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    back_on = models.DateField(_("on leave until"), null=True, blank=True)
    sections = models.ManyToManyField(Section, verbose_name=_("sections"), blank=True, related_name="+")
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="+")
    languages = models.JSONField(_("languages"), default=both_languages)
    weekly_cap = models.PositiveSmallIntegerField(
        _("answers a week, at most"),
        default=DEFAULT_CAP,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_CAP)],
    )

    member_id: int
    objects: ClassVar[models.Manager["Ambassadorship"]] = AmbassadorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("ambassadorship")
        verbose_name_plural = _("ambassadorships")
        permissions = [("run_programme", _("Can run the ambassadors’ programme"))]
        indexes = [models.Index(fields=["state", "since"], name="ambassador_by_state")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.state}"

    @property
    def is_active(self) -> bool:
        """Whether they hold the role today."""
        return self.state in ACTIVE_STATES

    @property
    def is_serving(self) -> bool:
        """Whether they hold it, or it rests while they are on leave."""
        return self.state in SERVING

    @property
    def is_on_leave(self) -> bool:
        """Whether it rests."""
        return self.state == State.ON_LEAVE

    def is_review_due(self, today: date) -> bool:
        """Whether the term is over and the review has not begun."""
        return self.state == State.ACTIVE and self.review_on is not None and self.review_on <= today


class Hours(models.Model):
    """When an ambassador said that they are around, on one day of the week, in the site's time."""

    ambassadorship = models.ForeignKey(Ambassadorship, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS)
    starts = models.TimeField(pgettext_lazy("a time of day", "from"))
    ends = models.TimeField(_("to"))

    class Meta:
        ordering = ["weekday"]
        constraints = [
            models.UniqueConstraint(fields=["ambassadorship", "weekday"], name="hours_once_a_day"),
            models.CheckConstraint(condition=models.Q(starts__lt=models.F("ends")), name="hours_begin_before_they_end"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M}-{self.ends:%H:%M}"


def is_around(hours: list[tuple[int, time, time]], now: datetime) -> bool:
    """Whether `now`, in the site's time, is within (weekday, from, to) `hours`; who declared none always is."""
    local = timezone.localtime(now)
    return not hours or any(day == local.weekday() and starts <= local.time() < ends for day, starts, ends in hours)


class Step(models.Model):
    """One step of a member's way: from where to where, by whom (nobody when time did it), when and why."""

    ambassadorship = models.ForeignKey(Ambassadorship, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=10, choices=State, blank=True)
    after = models.CharField(max_length=10, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(max_length=LONGEST_REASON, blank=True)
    charter = models.ForeignKey(CharterVersion, null=True, on_delete=models.PROTECT, related_name="+")
    # Written by the task that mails it.
    mailed_at = models.DateTimeField(null=True, editable=False)

    ambassadorship_id: int
    by_id: int | None
    charter_id: int | None

    class Meta:
        indexes = [
            models.Index(fields=["ambassadorship", "-id"], name="step_history"),
            models.Index(fields=["after", "at"], name="step_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.before or '–'} → {self.after}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it down, once. Raises ValueError for one that is there: history is not edited."""
        if self.pk is not None:
            raise ValueError("A step that was taken is not edited.")
        super().save(*args, **kwargs)
