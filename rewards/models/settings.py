"""How much what is worth: the brand chooses a preset, and changes single numbers."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting

from community.core.kept_values import remember
from community.pages.site_settings import TouchingSetting, of_default_site
from rewards.rules import RULES, Preset, Tariff, tariff_of

TAG = "rewards"
GAINS = ("helpful_vote", "accepted", "accepting", "duplicate_link", "reader_helped", "edit")
LOSSES = ("downvoted", "downvoting", "spam")


def _own_number(rule: str) -> Any:
    return models.SmallIntegerField(RULES[rule].label, null=True, blank=True)


@register_setting(icon="pick")
class RewardSettings(TouchingSetting):
    """The tariff of reputation. An empty number is the preset's; what was paid already stays as it was paid."""

    tags: ClassVar[tuple[str, ...]] = (TAG,)

    preset = models.CharField(_("preset"), max_length=10, choices=Preset, default=Preset.GROWING)
    most_a_day = models.PositiveSmallIntegerField(
        _("most points a day"), null=True, blank=True, help_text=_("By votes; accepted answers count on top.")
    )
    helpful_vote = _own_number("helpful_vote")
    accepted = _own_number("accepted")
    accepting = _own_number("accepting")
    duplicate_link = _own_number("duplicate_link")
    reader_helped = _own_number("reader_helped")
    edit = _own_number("edit")
    downvoted = _own_number("downvoted")
    downvoting = _own_number("downvoting")
    spam = _own_number("spam")

    panels: ClassVar[list[Any]] = [
        FieldPanel("preset"),
        FieldPanel("most_a_day"),
        MultiFieldPanel([FieldPanel(name) for name in GAINS], heading=_("Gains (empty: as the preset says)")),
        MultiFieldPanel([FieldPanel(name) for name in LOSSES], heading=_("Losses (empty: as the preset says)")),
    ]

    class Meta:
        verbose_name = _("points of reputation")

    def clean(self) -> None:
        """Gains are not losses: raises ValidationError at the field."""
        wrong = {name: _("A gain is 0 or more.") for name in GAINS if (getattr(self, name) or 0) < 0}
        wrong |= {name: _("A loss is 0 or less.") for name in LOSSES if (getattr(self, name) or 0) > 0}
        if wrong:
            raise ValidationError(wrong)

    @property
    def tariff(self) -> Tariff:
        """The numbers in force."""
        own = {name: getattr(self, name) for name in (*GAINS, *LOSSES) if getattr(self, name) is not None}
        return tariff_of(self.preset, own, self.most_a_day)


def tariff() -> Tariff:
    """The numbers in force, kept until the brand changes them."""
    return remember("rewards.tariff", [TAG], lambda: of_default_site(RewardSettings).tariff)


def preset() -> str:
    """The preset in force, kept likewise."""
    return remember("rewards.preset", [TAG], lambda: of_default_site(RewardSettings).preset)
