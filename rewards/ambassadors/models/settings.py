"""The programme as the brand describes it, and by which figures candidates are found."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import RichTextField

from community.core.languages import reader_language
from community.pages.site_settings import TouchingSetting, of_default_site
from rewards.models import RewardSettings
from rewards.rules import Preset

TAG = "ambassadors"
FEATURES = ["h2", "h3", "bold", "italic", "link", "document-link", "ol", "ul"]


@dataclass(frozen=True)
class Thresholds:
    """From when on somebody is a candidate: answers accepted within `days`, the lower bound of the share of their
    answers that were accepted (in per cent), and how many people that helped.
    """

    accepted: int
    share: int
    people: int
    days: int = 90


# A community that starts has few questions: nobody could reach what a large one asks.
PRESETS = {
    Preset.LAUNCH: Thresholds(accepted=4, share=30, people=3),
    Preset.GROWING: Thresholds(accepted=10, share=50, people=8),
    Preset.MATURE: Thresholds(accepted=20, share=60, people=15),
}


def _text(label: Any) -> RichTextField:
    return RichTextField(label, blank=True, features=FEATURES)


@register_setting(icon="group")
class ProgrammeSettings(TouchingSetting):
    """The public page of the programme, and the thresholds; an empty number is that of the preset of reputation."""

    tags: ClassVar[tuple[str, ...]] = (TAG,)

    about_fr = _text(_("what it is, in French"))
    about_en = _text(_("what it is, in English"))
    gets_fr = _text(_("what ambassadors get, in French"))
    gets_en = _text(_("what ambassadors get, in English"))
    gives_fr = _text(_("what ambassadors give, in French"))
    gives_en = _text(_("what ambassadors give, in English"))
    takes_applications = models.BooleanField(_("members may apply"), default=True)
    least_accepted = models.PositiveSmallIntegerField(_("answers accepted in 90 days"), null=True, blank=True)
    least_share = models.PositiveSmallIntegerField(
        _("share of answers accepted, lower bound, in per cent"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )
    least_people = models.PositiveSmallIntegerField(_("people helped"), null=True, blank=True)

    edit_handler: ClassVar[TabbedInterface] = TabbedInterface(
        [
            ObjectList([FieldPanel(f"{name}_fr") for name in ("about", "gets", "gives")], heading=_("Page in French")),
            ObjectList([FieldPanel(f"{name}_en") for name in ("about", "gets", "gives")], heading=_("Page in English")),
            ObjectList(
                [
                    FieldPanel("takes_applications"),
                    MultiFieldPanel(
                        [FieldPanel(name) for name in ("least_accepted", "least_share", "least_people")],
                        heading=_("Candidates (empty: as the preset of reputation says)"),
                    ),
                ],
                heading=_("Candidates"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("ambassadors’ programme")

    def said(self, name: str) -> str:
        """One of the texts ("about", "gets", "gives") in the reader's language."""
        return str(getattr(self, f"{name}_{reader_language()}"))


def programme_settings() -> ProgrammeSettings:
    """The programme of the installation. Two queries at most."""
    return of_default_site(ProgrammeSettings)


def thresholds() -> Thresholds:
    """The numbers in force. Four queries at most."""
    own, preset = programme_settings(), PRESETS[Preset(of_default_site(RewardSettings).preset)]
    return Thresholds(
        accepted=preset.accepted if own.least_accepted is None else own.least_accepted,
        share=preset.share if own.least_share is None else own.least_share,
        people=preset.people if own.least_people is None else own.least_people,
    )
