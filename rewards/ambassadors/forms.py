"""What members fill in. Fields that repeat an action's own check only shape the page; the action decides."""

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.topics.models import Section, Tag
from rewards.ambassadors.actions.prefer import Preferences
from rewards.ambassadors.actions.room import LONGEST_MESSAGE
from rewards.ambassadors.models import Ambassadorship
from rewards.ambassadors.models.membership import HIGHEST_CAP, LONGEST_REASON, WEEKDAYS

TEXT = {"class": "input", "rows": 5}


class WhyForm(forms.Form):
    """Why a member would like to be an ambassador."""

    why = forms.CharField(
        label=gettext_lazy("Why you?"),
        help_text=gettext_lazy("A few sentences: what you like to help with, and how much time you have."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs=TEXT),
    )


class LeaveForm(forms.Form):
    """A leave, with or without an end."""

    back_on = forms.DateField(
        label=gettext_lazy("Back on (optional)"),
        required=False,
        widget=forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d"),
    )


class MessageForm(forms.Form):
    """A message in the room."""

    body = forms.CharField(
        label=gettext_lazy("Your message"),
        help_text=gettext_lazy("Ambassadors and the team read it, nobody else. You can use Markdown."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"class": "input", "rows": 4}),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)


class PreferencesForm(forms.Form):
    """How an ambassador wants to serve."""

    sections = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Sections"),
        queryset=Section.objects.filter(live=True).order_by("position", "id"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("Separated by commas: questions with one of them suit you, whatever their section."),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "input", "autocapitalize": "none"}),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    weekly_cap = forms.IntegerField(
        label=gettext_lazy("Answers a week, at most"),
        help_text=gettext_lazy("When you have given as many, your desk says thank you and asks for no more."),
        min_value=1,
        max_value=HIGHEST_CAP,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, ambassadorship: Ambassadorship, **more: Any) -> None:
        super().__init__(*args, **more)
        hours = {row.weekday: row for row in ambassadorship.hours.all()}
        self.initial = {
            "sections": list(ambassadorship.sections.all()),
            "tags": ", ".join(sorted(tag.label for tag in ambassadorship.tags.all())),
            "languages": ambassadorship.languages,
            "weekly_cap": ambassadorship.weekly_cap,
        }
        for day, name in WEEKDAYS:
            for side in ("starts", "ends"):
                label = _("%(day)s, from") if side == "starts" else _("%(day)s, to")
                self.fields[f"{side}_{day}"] = forms.TimeField(
                    label=label % {"day": name},
                    required=False,
                    initial=getattr(hours.get(day), side, None),
                    widget=forms.TimeInput(attrs={"class": "input", "type": "time"}, format="%H:%M"),
                )

    @property
    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each day of the week with its two fields."""
        return [(str(name), self[f"starts_{day}"], self[f"ends_{day}"]) for day, name in WEEKDAYS]

    def clean_tags(self) -> list[Tag]:
        """The tags by the labels or addresses typed. Raises ValidationError for one that there is not."""
        words = [word.strip() for word in self.cleaned_data["tags"].split(",") if word.strip()]
        wanted = Q(pk=None)
        for word in words:
            wanted |= Q(label__iexact=word) | Q(slug=word.lower())
        found = list(Tag.objects.filter(wanted, synonym_of=None)) if words else []
        known = {name for tag in found for name in (tag.label.casefold(), tag.slug)}
        if unknown := [word for word in words if word.casefold() not in known]:
            raise ValidationError(_("There is no tag called “%(name)s”.") % {"name": unknown[0][:50]})
        return found

    def clean(self) -> dict[str, Any]:
        """A day has both hours, or none, and begins before it ends."""
        cleaned: dict[str, Any] = super().clean() or {}
        for day, _name in WEEKDAYS:
            starts, ends = cleaned.get(f"starts_{day}"), cleaned.get(f"ends_{day}")
            if (starts is None) != (ends is None):
                self.add_error(f"ends_{day}", _("Write both hours, or neither."))
            elif starts is not None and ends is not None and starts >= ends:
                self.add_error(f"ends_{day}", _("The hours begin before they end."))
        return cleaned

    @property
    def preferences(self) -> Preferences:
        """What was filled in."""
        data = self.cleaned_data
        hours: dict[int, tuple[time, time]] = {
            day: (data[f"starts_{day}"], data[f"ends_{day}"]) for day, _name in WEEKDAYS if data.get(f"starts_{day}")
        }
        return Preferences(data["weekly_cap"], data["languages"], data["sections"], data["tags"], hours)
