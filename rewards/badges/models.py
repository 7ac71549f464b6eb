"""Badges as the brand declares them, and who holds them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin

from community.accounts.models import User
from community.core.languages import in_reader_language
from community.pages.previews import FramedPreview
from community.topics.models import Section, Tag, Topic
from community.topics.models.topics import TopicKind
from rewards.metrics import METRICS, Field, counted_rows, place_of
from rewards.pauses import Pause, window_start

# Pages beside those of badges.
RESERVED = ("awards", "verify")


class Grade(models.TextChoices):
    """How much it takes."""

    BRONZE = "bronze", _("bronze")
    SILVER = "silver", _("silver")
    GOLD = "gold", _("gold")


class Scope(models.TextChoices):
    """Whether a badge is earned once in the community, or in each of its fields."""

    EVERYWHERE = "", _("in the whole community")
    SECTION = "section", _("in each section")
    TAG = "tag", _("for each tag")


class Icon(models.TextChoices):
    """The pictures that a badge without an image of its own may show; names of our sprite."""

    AWARD = "award", _("medal")
    ANSWER = "comment", _("answer")
    ACCEPTED = "solved", _("solved")
    QUESTION = "question", _("question")
    HELPFUL = "helpful", _("helpful")
    THANKS = "thanks", _("thanks")
    PEOPLE = "people", _("people")
    PERSON = "person", _("person")
    EXPERT = "expert", _("expert")
    QUICK = "waiting", _("clock")
    NIGHT = "moon", _("moon")
    DAY = "sun", _("sun")
    OLD = "history", _("history")
    LANGUAGE = "language", _("languages")
    HOWTO = "howto", _("how-to")
    EDIT = "edit", _("pen")
    MERGE = "merge", _("joined")
    SECTIONS = "sections", _("sections")
    TAG = "tag", _("tag")
    CALENDAR = "calendar", _("calendar")
    IDEA = "idea", _("idea")
    PRODUCT = "owner", _("product")
    PLACE = "place", _("place")
    DISCUSSION = "discussion", _("discussion")
    SAME = "same-problem", _("same problem")
    SHIELD = "shield", _("shield")


def _possible() -> models.Q:
    """What can be earned; a badge whose measure belongs to a room that is not there yet stays out of sight."""
    return models.Q(is_manual=True) | models.Q(metric__in=list(METRICS))


class BadgeQuerySet(models.QuerySet["Badge"]):
    """Readings of the table of badges."""

    def automatic(self) -> "BadgeQuerySet":
        """Those that are given by their rule today: live, and what they measure exists."""
        return self.filter(is_live=True, is_manual=False, metric__in=list(METRICS))

    def shown(self) -> "BadgeQuerySet":
        """Those that members read about: live, and possible to earn."""
        return self.filter(_possible() & models.Q(is_live=True))

    def shown_or_held(self) -> "BadgeQuerySet":
        """Those, and what is given no more but somebody has."""
        return self.filter(_possible() & models.Q(is_live=True) | models.Q(holder_count__gt=0))


class Badge(FramedPreview, PreviewableMixin, models.Model):
    """What can be earned: its words, its picture, and its rule, which is a measure and the number to reach."""

    slug = models.SlugField(_("address"), unique=True, max_length=60)
    name_fr = models.CharField(_("name in French"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    description_fr = models.CharField(_("why one gets it, in French"), max_length=200)
    description_en = models.CharField(_("why one gets it, in English"), max_length=200)
    grade = models.CharField(_("grade"), max_length=10, choices=Grade, default=Grade.BRONZE)
    icon = models.CharField(_("icon"), max_length=20, choices=Icon, default=Icon.AWARD)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown instead of the icon; a square one is best."),
    )
    is_live = models.BooleanField(
        _("given to members"),
        default=False,
        help_text=_("Look at the preview first: it says who would get it. Taken away again, whoever has it keeps it."),
    )
    is_manual = models.BooleanField(
        _("given by the team"), default=False, help_text=_("By hand, with a reason; then no rule is needed.")
    )
    metric = models.CharField(_("what is counted"), max_length=40, blank=True)
    threshold = models.PositiveIntegerField(_("how many it takes"), default=1)
    section = models.ForeignKey(
        Section,
        verbose_name=_("only in the section"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    tag = models.ForeignKey(
        Tag, verbose_name=_("only with the tag"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lang = models.CharField(_("only in the language"), max_length=5, choices=settings.LANGUAGES, blank=True)
    kind = models.CharField(_("only for topics of the kind"), max_length=10, choices=TopicKind, blank=True)
    least_votes = models.PositiveIntegerField(
        _("only with so many helpful votes"), default=0, help_text=_("0: votes do not matter.")
    )
    window_days = models.PositiveSmallIntegerField(
        _("within so many days"), null=True, blank=True, help_text=_("Empty: ever.")
    )
    is_repeated = models.BooleanField(
        _("again and again"), default=False, help_text=_("Once more each time the number is reached again.")
    )
    scope = models.CharField(_("earned"), max_length=10, choices=Scope, default=Scope.EVERYWHERE, blank=True)
    prerequisite = models.ForeignKey(
        "self",
        verbose_name=_("only for those who have"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="unlocks",
    )
    is_revocable = models.BooleanField(
        _("lost again"),
        default=False,
        help_text=_("By those who no longer qualify; it stays in their history, greyed."),
    )
    # Empty until whoever qualified before it went live, or before its rule changed, has it; nobody is told meanwhile.
    filled_at = models.DateTimeField(null=True, editable=False)
    # A shadow of the awards in force of open accounts, see `holders`.
    holder_count = models.PositiveIntegerField(_("members who have it"), default=0, editable=False)

    objects: ClassVar[models.Manager["Badge"]] = BadgeQuerySet.as_manager()
    section_id: int | None
    tag_id: int | None
    prerequisite_id: int | None
    picture_id: int | None

    class Meta:
        ordering = ["grade", "id"]
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        permissions = [("give_badge", "Can give badges by hand, and take them back")]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_grade_display()})"

    def get_absolute_url(self) -> str:
        """The badge's page: who has it."""
        return reverse("badges:badge", args=[self.slug])

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_reader_language(self.name_fr, self.name_en)

    @property
    def description(self) -> str:
        """Why one gets it, in the reader's language."""
        return in_reader_language(self.description_fr, self.description_en)

    @property
    def is_automatic(self) -> bool:
        """Whether its rule can be applied."""
        return not self.is_manual and self.metric in METRICS

    @property
    def field(self) -> Field:
        """The part of the community where it is earned."""
        return Field(self.section_id, self.tag_id, self.lang, self.kind, self.least_votes)

    def since(self, now: datetime, times: Iterable[Pause] = ()) -> datetime | None:
        """From when on what was done counts, `times` left out; None for ever."""
        return window_start(now, self.window_days, times) if self.window_days else None

    def clean(self) -> None:
        """Refuse rules that mean nothing. Raises ValidationError at the fields."""
        wrong: dict[str, Any] = {}
        if self.slug in RESERVED:
            wrong["slug"] = _("Another page has this address.")
        if not self.is_manual:
            wrong |= self._faults_of_rule()
        elif self.is_revocable:
            wrong["is_revocable"] = _("What the team gives, the team takes back.")
        earlier, seen = self.prerequisite, {self.pk}
        while earlier is not None and "prerequisite" not in wrong:
            if earlier.pk in seen:
                wrong["prerequisite"] = _("Each of these badges would wait for the other one.")
            seen.add(earlier.pk)
            earlier = earlier.prerequisite
        if wrong:
            raise ValidationError(wrong)

    def _faults_of_rule(self) -> dict[str, Any]:
        wrong: dict[str, Any] = {}
        if not self.metric:
            wrong["metric"] = _("Choose what is counted, or give the badge by hand.")
        if self.threshold < 1:
            wrong["threshold"] = _("It takes at least one.")
        if self.window_days and self.is_repeated:
            wrong["is_repeated"] = _("Within a number of days a badge is earned once.")
        if self.scope == Scope.SECTION and self.section_id:
            wrong["section"] = _("A badge of each section is not limited to one.")
        if self.scope == Scope.TAG and self.tag_id:
            wrong["tag"] = _("A badge for each tag is not limited to one.")
        if self.metric in METRICS and not wrong:
            try:
                counted_rows(METRICS[self.metric], field=self.field, since=self.since(timezone.now()))
                if self.scope:
                    place_of(METRICS[self.metric], self.scope)
            except ValueError:
                wrong["metric"] = _("This cannot be counted by section, tag, language, kind, votes or days.")
        return wrong

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """The template of the dry run: the badge, and who would get it."""
        return "badges/badge_preview.html"


class AwardQuerySet(models.QuerySet["Award"]):
    """Readings of the table of awards."""

    def in_force(self) -> "AwardQuerySet":
        """Those that were not taken back."""
        return self.filter(revoked_at=None)

    def of_open_accounts(self) -> "AwardQuerySet":
        """Those of members who are still here."""
        return self.filter(member__is_active=True)

    def listed(self) -> "AwardQuerySet":
        """Those that lists of members show: nobody stands there who asked to be left out of lists."""
        return self.in_force().of_open_accounts().exclude(member__board_preference__is_hidden=True)


class Award(models.Model):
    """That a member holds a badge, since when and why.

    `scope` is "" or the field in which it was earned ("section:4", "tag:12"); `number` counts a badge that is earned
    again and again. `figures` hold what was counted: `count`, `threshold`, `days`, and the id of the `post`.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="badge_awards")
    badge = models.ForeignKey(Badge, verbose_name=_("badge"), on_delete=models.PROTECT, related_name="awards")
    scope = models.CharField(max_length=24, blank=True)
    number = models.PositiveIntegerField(default=1)
    awarded_at = models.DateTimeField(default=timezone.now)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    figures = models.JSONField(default=dict)
    given_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True)
    # Set when a person took it back: no rule gives it again.
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    member_id: int
    badge_id: int
    topic_id: int | None
    revoked_by_id: int | None
    objects: ClassVar[models.Manager["Award"]] = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award of a badge")
        verbose_name_plural = _("awards of badges")
        constraints = [models.UniqueConstraint(fields=["member", "badge", "scope", "number"], name="awarded_once")]
        indexes = [
            models.Index(
                fields=["badge", "-awarded_at", "-id"], name="award_of_badge", condition=models.Q(revoked_at=None)
            ),
            models.Index(fields=["member", "-awarded_at", "-id"], name="award_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.badge_id} of {self.member_id} {self.scope} {self.number}".strip()

    @property
    def post_id(self) -> int | None:
        """The post that earned it, if one did."""
        figures: Mapping[str, Any] = self.figures
        return figures.get("post")


class ShippedBadge(models.Model):
    """That a badge of ours was offered to this installation: what the brand deletes or changes stays as it left it."""

    slug = models.SlugField(primary_key=True, max_length=60)
    shipped_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.slug
