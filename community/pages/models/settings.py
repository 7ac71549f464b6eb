"""What the brand chooses for every page: its name, look, navigation and footer."""

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import register_setting
from wagtail.models import Orderable

from community.pages.palette import DEFAULTS, LABELS, ROLES, SCHEMES, Palette, complete, faults
from community.pages.site_settings import TouchingSetting

FONT_BYTES = 200_000
FONT_MAGIC = b"wOF2"
COLOUR = r"^#[0-9a-fA-F]{6}\Z"
colour_shape = RegexValidator(COLOUR, _("Write the colour as # and six figures, such as #0d566b."))
address_shape = RegexValidator(
    r"^(/(?!/)[^\s\\]*|https://[^\s\\/]+[^\s\\]*|mailto:[^\s@]+@[^\s@]+)$",
    _("Write an address of this site, such as /questions/, or one that starts with https:// or mailto:."),
)


def check_font(file: "UploadedFile[Any]") -> None:
    """Raise ValidationError unless `file` is a WOFF2 font that a phone can load."""
    file.seek(0)
    beginning = file.read(4)
    file.seek(0)
    if beginning != FONT_MAGIC:
        raise ValidationError(_("This file is not a WOFF2 font."))
    if (file.size or 0) > FONT_BYTES:
        raise ValidationError(_("This font is larger than 200 kB: keep only the characters that are needed."))


def _colour(role: str) -> "models.CharField[str, str]":
    """A colour as #rrggbb; empty means the product's own."""
    return models.CharField(LABELS[role], max_length=7, blank=True, validators=[colour_shape])


class FontUse(models.TextChoices):
    """Where the brand's font is used."""

    TITLES = "titles", _("titles only")
    ALL = "all", _("all text")


@register_setting(icon="desktop", order=1)
class BrandSettings(TouchingSetting, ClusterableModel):
    """Name, colours, font, navigation and footer of one site."""

    # Every kept page shows it.
    tags: ClassVar[tuple[str, ...]] = ("site",)

    name = models.CharField(_("name"), max_length=40, default="Entraide")
    strapline_fr = models.CharField(_("strapline in French"), max_length=120, blank=True)
    strapline_en = models.CharField(_("strapline in English"), max_length=120, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown instead of the name, 36 pixels high."),
    )
    logo_dark = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo on dark"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the same logo is used on dark."),
    )
    light_surface = _colour("surface")
    light_surface_raised = _colour("surface-raised")
    light_ink = _colour("ink")
    light_ink_soft = _colour("ink-soft")
    light_accent = _colour("accent")
    light_accent_ink = _colour("accent-ink")
    light_solved = _colour("solved")
    light_warning = _colour("warning")
    light_danger = _colour("danger")
    light_line = _colour("line")
    dark_surface = _colour("surface")
    dark_surface_raised = _colour("surface-raised")
    dark_ink = _colour("ink")
    dark_ink_soft = _colour("ink-soft")
    dark_accent = _colour("accent")
    dark_accent_ink = _colour("accent-ink")
    dark_solved = _colour("solved")
    dark_warning = _colour("warning")
    dark_danger = _colour("danger")
    dark_line = _colour("line")
    radius = models.PositiveSmallIntegerField(
        _("rounding of corners"),
        default=10,
        help_text=_("In pixels, 0 to 20."),
        choices=[(n, str(n)) for n in range(21)],
    )
    font = models.FileField(
        _("font"),
        upload_to="brand/",
        blank=True,
        validators=[FileExtensionValidator(["woff2"]), check_font],
        help_text=_("A WOFF2 file. Empty: each device uses its own font, which is quickest."),
    )
    font_use = models.CharField(_("use the font for"), max_length=6, choices=FontUse, default=FontUse.TITLES)
    footer_text_fr = models.CharField(_("footer text in French"), max_length=300, blank=True)
    footer_text_en = models.CharField(_("footer text in English"), max_length=300, blank=True)

    edit_handler: ClassVar[TabbedInterface]

    class Meta:
        verbose_name = _("brand")

    def palette(self, scheme: str) -> Palette:
        """The colours that were chosen for `scheme` ("light" or "dark"), by role."""
        chosen = {role: getattr(self, field_of(scheme, role)) for role in ROLES}
        return {role: colour.lower() for role, colour in chosen.items() if colour}

    def clean(self) -> None:
        """Refuse colours that people could not read; raises ValidationError on the fields at fault."""
        super().clean()
        errors: dict[str, list[str]] = {}
        for scheme in SCHEMES:
            chosen = self.palette(scheme)
            if any(not re.match(COLOUR, colour) for colour in chosen.values()):
                continue
            for fault in faults(scheme, complete(scheme, chosen)):
                errors.setdefault(field_of(scheme, fault.role), []).append(fault.message)
        if errors:
            raise ValidationError(errors)


def field_of(scheme: str, role: str) -> str:
    """The name of the field that holds `role` in `scheme`."""
    return f"{scheme}_{role.replace('-', '_')}"


class Link(Orderable):
    """A link in both languages, to a page of this site or to an address."""

    label_fr = models.CharField(_("label in French"), max_length=40)
    label_en = models.CharField(_("label in English"), max_length=40)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Its translation is used in the other language."),
    )
    address = models.CharField(
        _("or address"),
        max_length=300,
        blank=True,
        validators=[address_shape],
        help_text=_("On this site without the language: /questions/, /s/garden/, /ask/. Elsewhere: https://…"),
    )

    panels = [
        FieldRowPanel([FieldPanel("label_fr"), FieldPanel("label_en")]),
        FieldPanel("page"),
        FieldPanel("address"),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        """Refuse a link that leads nowhere, or to two places."""
        super().clean()
        if bool(self.page_id) == bool(self.address):
            raise ValidationError(_("Choose a page or write an address, one of the two."))


class NavigationItem(Link):
    """A link at the top of every page."""

    brand = ParentalKey(BrandSettings, on_delete=models.CASCADE, related_name="navigation")

    class Meta(Link.Meta):
        verbose_name = _("link at the top")


class FooterLink(Link):
    """A link at the foot of every page: legal notice, personal data, accessibility."""

    brand = ParentalKey(BrandSettings, on_delete=models.CASCADE, related_name="footer_links")

    class Meta(Link.Meta):
        verbose_name = _("link at the foot")


def _colour_panels(scheme: str) -> list[FieldRowPanel]:
    roles = list(ROLES)
    return [
        FieldRowPanel(
            [FieldPanel(field_of(scheme, role), help_text=DEFAULTS[scheme][role]) for role in roles[start : start + 2]]
        )
        for start in range(0, len(roles), 2)
    ]


BrandSettings.edit_handler = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("strapline_fr"), FieldPanel("strapline_en")]),
                FieldRowPanel([FieldPanel("logo"), FieldPanel("logo_dark")]),
            ],
            heading=_("Name and logo"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    _colour_panels("light"),
                    heading=_("Light"),
                    help_text=_("Empty: the colour written under the field. Contrast is checked when you save."),
                ),
                MultiFieldPanel(_colour_panels("dark"), heading=_("Dark")),
                FieldRowPanel([FieldPanel("font"), FieldPanel("font_use")]),
                FieldPanel("radius"),
            ],
            heading=_("Look"),
        ),
        ObjectList([InlinePanel("navigation", label=_("link"), max_num=7)], heading=_("Navigation")),
        ObjectList(
            [
                FieldRowPanel([FieldPanel("footer_text_fr"), FieldPanel("footer_text_en")]),
                InlinePanel("footer_links", label=_("link"), max_num=12),
            ],
            heading=_("Footer"),
        ),
    ]
)
