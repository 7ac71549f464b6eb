"""Forms of the desk: a badge with its rule, and one given by hand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from community.accounts.member_page import find_member
from community.accounts.models import User
from rewards.badges.models import Badge
from rewards.metrics import METRICS


def measures(current: str) -> list[tuple[str, Any]]:
    """The choices of what is counted; one that is not there yet stays what it is."""
    found: list[tuple[str, Any]] = [("", _("nothing: the team gives it"))]
    found += sorted(((name, metric.label) for name, metric in METRICS.items()), key=lambda one: str(one[1]))
    if current and current not in METRICS:
        found.append((current, _("%(name)s (does not exist here yet)") % {"name": current}))
    return found


class BadgeForm(WagtailAdminModelForm):
    """A badge: what is counted is chosen from the measures that exist."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["metric"].label
        choices = measures(self.instance.metric)
        self.fields["metric"] = forms.ChoiceField(label=label, choices=choices, required=False)
        if self.instance.pk:
            self.fields["prerequisite"].queryset = Badge.objects.exclude(pk=self.instance.pk)


class GiveForm(forms.Form):
    """Who gets which badge by hand, and why."""

    badge = forms.ModelChoiceField(
        label=gettext_lazy("Badge"), queryset=Badge.objects.filter(is_manual=True, is_live=True)
    )
    username = forms.CharField(label=gettext_lazy("Pseudonym of the member"), max_length=30)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy("Stands beside the badge, for everybody to read."),
    )

    def clean_username(self) -> User:
        """Find the member. Raises ValidationError when nobody is called so."""
        member = find_member(self.cleaned_data["username"].strip())
        if member is None:
            raise ValidationError(_("Nobody here has this pseudonym."))
        return member
