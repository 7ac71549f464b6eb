"""What the brand team fills in at its desk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from community.accounts.member_page import find_member
from community.accounts.models import User
from rewards.ambassadors.actions.notices import TEXTS
from rewards.ambassadors.lifecycle import State, Who, ways
from rewards.ambassadors.models import CharterVersion, CrisisNotice
from rewards.ambassadors.models.membership import LONGEST_REASON

REASON = forms.CharField(
    label=gettext_lazy("Why, in words that the member reads"),
    max_length=LONGEST_REASON,
    required=False,
    widget=forms.Textarea(attrs={"rows": 3}),
)
# What the team does is not what the member is.
DEEDS = {
    State.INVITED: pgettext_lazy("ambassador", "Invite"),
    State.DECLINED: pgettext_lazy("ambassador", "Decline, kindly"),
    State.ACTIVE: pgettext_lazy("ambassador", "Go on: active"),
    State.ON_LEAVE: pgettext_lazy("ambassador", "Send on leave"),
    State.REVIEW_DUE: pgettext_lazy("ambassador", "Begin the review now"),
    State.EMERITUS: pgettext_lazy("ambassador", "Make emeritus"),
    State.ENDED: pgettext_lazy("ambassador", "End"),
}


class InviteForm(forms.Form):
    """Whom to invite, and why."""

    username = forms.CharField(label=gettext_lazy("Pseudonym"), max_length=30)
    reason = REASON

    def clean_username(self) -> User:
        """The member. Raises ValidationError when nobody is called so."""
        found = find_member(self.cleaned_data["username"].strip())
        if found is None:
            raise ValidationError(_("Nobody is called that."))
        return found


class StepForm(forms.Form):
    """The next step of a member, among those that the team may take."""

    after = forms.ChoiceField(label=gettext_lazy("Next step"), widget=forms.RadioSelect)
    reason = REASON

    def __init__(self, *args: Any, before: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["after"].choices = [  # type: ignore[attr-defined]
            (state.value, DEEDS[state]) for state in ways(Who.TEAM, before)
        ]


class CharterForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new version, in both languages."""

    class Meta:
        model = CharterVersion
        fields = ["text_fr", "text_en"]
        widgets = {name: forms.Textarea(attrs={"rows": 16}) for name in ("text_fr", "text_en")}


class NoticeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A notice: one language is enough."""

    class Meta:
        model = CrisisNotice
        fields = [*TEXTS, "links"]
        help_texts = {"links": gettext_lazy("One address a line.")}
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 5}) for name in TEXTS if not name.startswith("title")},
            "links": forms.Textarea(attrs={"rows": 3}),
        }


def add_refusal(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Show what an action refused beside the field that it is about."""
    for error in refusal.error_list:
        form.add_error(error.code if error.code in form.fields else None, error)
