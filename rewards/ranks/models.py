"""The ladder of ranks: as the brand writes it, as it is in force, and who moved on it."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from community.core.languages import in_reader_language
from rewards.metrics import METRICS
from rewards.ranks.ladder import Rung, from_data

# Of the sprite: eight that grow petal by petal, and some that say something by themselves.
ICONS = (
    *(f"rank-{number}" for number in range(1, 9)),
    *("thanks", "helpful", "idea", "howto", "expert", "shield", "people", "pin"),
)


class Colour(models.TextChoices):
    """The colours of the design that hold their contrast in light and in dark."""

    SOFT = "soft", _("quiet")
    ACCENT = "accent", _("the brand’s accent")
    GREEN = "solved", _("green")
    BRIGHT = "bright", _("warm")


def icon_choices() -> list[tuple[str, Any]]:
    """Icons in words."""
    petals = [(f"rank-{number}", _("%(count)d petals") % {"count": number}) for number in range(1, 9)]
    return [*petals, *((name, name.capitalize()) for name in ICONS[8:])]


def behaviour_choices() -> list[tuple[str, Any]]:
    """What a rank may ask beside points and age; points are asked by every rank."""
    return [(name, metric.label) for name, metric in METRICS.items() if name != "reputation"]


class Rank(ClusterableModel):
    """A rank as the brand writes it. Members see it once the whole ladder is put in force."""

    slug = models.SlugField(
        _("short name"), max_length=40, unique=True, help_text=_("In the API; keep it when you change the names.")
    )
    name_fr = models.CharField(_("name in French"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("The lowest rank comes first."))
    icon = models.CharField(_("icon"), max_length=20, choices=icon_choices, default="rank-1")
    colour = models.CharField(_("colour"), max_length=10, choices=Colour, default=Colour.SOFT)
    points = models.PositiveIntegerField(_("points of reputation, at least"), default=0)
    days = models.PositiveIntegerField(_("days as a member, at least"), default=0)
    is_marked = models.BooleanField(_("shown beside names"), default=True)
    is_mailed = models.BooleanField(
        _("told by e-mail to whoever asked for it"),
        default=False,
        help_text=_("For the higher ranks. The others are told in the site only."),
    )

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("name_fr"), FieldPanel("name_en")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("icon"), FieldPanel("colour")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("points"), FieldPanel("days")]),
                InlinePanel("behaviours", label=_("behaviour")),
            ],
            heading=_("What it asks: all of it"),
        ),
        FieldPanel("is_marked"),
        FieldPanel("is_mailed"),
    ]

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("rank")
        verbose_name_plural = _("ranks")

    def __str__(self) -> str:
        return in_reader_language(self.name_fr, self.name_en)

    @property
    def rung(self) -> Rung:
        """It as a rung of the ladder."""
        names = ("slug", "name_fr", "name_en", "icon", "colour", "points", "days", "is_marked", "is_mailed")
        behaviours = tuple((each.metric, each.at_least) for each in self.behaviours.all())
        return Rung(**{name: getattr(self, name) for name in names}, behaviours=behaviours)


class RankBehaviour(models.Model):
    """One thing that a rank asks: how often at least its members did it."""

    rank = ParentalKey(Rank, on_delete=models.CASCADE, related_name="behaviours")
    metric = models.CharField(_("what"), max_length=40, choices=behaviour_choices)
    at_least = models.PositiveIntegerField(_("at least"), validators=[MinValueValidator(1)])

    panels: ClassVar[list[Any]] = [FieldRowPanel([FieldPanel("metric"), FieldPanel("at_least")])]

    class Meta:
        ordering = ["id"]
        verbose_name = _("behaviour")
        verbose_name_plural = _("behaviours")
        constraints = [models.UniqueConstraint(fields=["rank", "metric"], name="rank_asks_once")]

    def __str__(self) -> str:
        return f"{self.metric} ≥ {self.at_least}"


class Ladder(models.Model):
    """The ranks as somebody put them in force; the newest counts, the others explain what was before."""

    data = models.JSONField()
    in_force_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("ladder of ranks")
        verbose_name_plural = _("ladders of ranks")

    def __str__(self) -> str:
        return f"{self.pk}: {len(self.data)}"

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """Its ranks, from the lowest to the highest."""
        return from_data(self.data)


class Cause(models.TextChoices):
    """What made a rank another one."""

    JOINED = "joined", _("you joined, or your role changed")
    ACT = "act", _("what you did, or what others found of it")
    DAY = "day", _("time passed")
    LADDER = "ladder", _("the brand changed the ranks")
    RECOUNT = "recount", _("everything was counted anew")


class RankChange(models.Model):
    """That a member moved on the ladder, with the figures behind it. An empty slug is no rank."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rank_changes")
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    cause = models.CharField(max_length=10, choices=Cause)
    figures = models.JSONField(default=dict)
    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    member_id: int

    class Meta:
        verbose_name = _("change of rank")
        verbose_name_plural = _("changes of rank")
        indexes = [models.Index(fields=["member", "-id"], name="rank_change_latest")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.before} → {self.after}"
