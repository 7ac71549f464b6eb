"""What agents fill in. Fields that repeat an action's own check only shape the page; the action decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.core.markdown import MAX_LENGTH
from community.tickets.agents import agents
from community.tickets.answers_elsewhere import PublicAnswer, find_answer
from community.tickets.forms import MessageForm
from community.tickets.models import CloseReason
from community.topics.models import Section
from community.topics.writing import TITLE_MAX


class ReplyForm(MessageForm):
    """An answer to the customer; it may close the ticket at once."""

    body = forms.CharField(label=_("Answer"), widget=forms.Textarea, max_length=MAX_LENGTH * 40, strip=False)
    solves = forms.BooleanField(label=_("Close the request with this answer"), required=False)


class NoteForm(MessageForm):
    """A note for other agents."""

    body = forms.CharField(label=_("Internal note"), widget=forms.Textarea, max_length=MAX_LENGTH * 40, strip=False)


class AssignForm(forms.Form):
    """Whose the ticket is."""

    agent = forms.ModelChoiceField(
        label=_("Agent"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agent"].queryset = agents()  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why the ticket is closed. Pointing to a public answer closes it, too, and has a form of its own."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[choice for choice in CloseReason.choices if choice[0] != "answered_there"]
    )


class LinkForm(forms.Form):
    """A public answer, by its address, and a few words for the customer."""

    target = forms.CharField(label=_("Address of the public answer"), max_length=400)
    words = forms.CharField(
        label=_("A few words with it (optional)"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=4_000,
        strip=False,
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def clean_target(self) -> PublicAnswer:
        """The answer behind the address. Raises ValidationError when there is none that everyone may read."""
        return find_answer(self.cleaned_data["target"])


class ProposeForm(forms.Form):
    """What would be asked in public, without what tells of a person."""

    title = forms.CharField(label=_("Question"), max_length=TITLE_MAX * 20)
    body = forms.CharField(
        label=_("Details"),
        widget=forms.Textarea(attrs={"rows": 10}),
        required=False,
        max_length=MAX_LENGTH * 40,
        strip=False,
    )
    section = forms.ModelChoiceField(label=_("Section"), queryset=Section.objects.none(), empty_label=None)
    words = forms.CharField(
        label=_("A few words to the customer (optional)"),
        help_text=_("Without them we say that others may have met this before, and that nothing is published unasked."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=4_000,
        strip=False,
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["section"].queryset = Section.objects.filter(live=True)  # type: ignore[attr-defined]
