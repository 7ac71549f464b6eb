"""What customers fill in. Fields that repeat an action's own check only shape the page; the action decides."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from community.core.markdown import MAX_LENGTH
from community.tickets.files import MAX_FILES, Judged, Sent, judge_all
from community.tickets.models import SUBJECT_MAX, Urgency
from community.topics import readings
from community.topics.models import Section


class MessageForm(forms.Form):
    """A text with files, and the key that makes sending it twice harmless."""

    body = forms.CharField(label=_("Your message"), widget=forms.Textarea, max_length=MAX_LENGTH * 40, strip=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(data, None, **more)
        self.sent_files = files.getlist("files") if files is not None else []
        self.judged: list[Judged] = []

    def clean(self) -> dict[str, Any]:
        """Judge the files, once everything else is known; one more than allowed is enough to say so."""
        cleaned: dict[str, Any] = super().clean() or {}
        sent = [Sent(each.name or "", each) for each in self.sent_files[: MAX_FILES + 1] if each]
        try:
            self.judged = judge_all(sent)
        except ValidationError as refusal:
            self.add_refusal(refusal)
        return cleaned

    def add_refusal(self, refusal: ValidationError) -> None:
        """Show what was refused beside the field that it is about; what is about files has a place of its own."""
        for error in refusal.error_list:
            start = (error.code or "").partition("_")[0]
            known = {"subject": "subject", "email": "email", "urgency": "urgency", "body": "body", "title": "title"}
            name = known.get(start, "")
            self.add_error(name if name in self.fields else None if start == "files" else "body", error)


class TicketForm(MessageForm):
    """A request to support; guests say where they can be answered."""

    subject = forms.CharField(label=_("What is it about?"), max_length=SUBJECT_MAX * 20)
    body = forms.CharField(
        label=_("Tell us what happens"),
        help_text=_("Since when, which model, what you have tried. What you read here already comes along by itself."),
        widget=forms.Textarea,
        max_length=MAX_LENGTH * 40,
        strip=False,
    )
    section = forms.ModelChoiceField(
        label=_("Section (optional)"),
        queryset=Section.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("I do not know"),
    )
    urgency = forms.ChoiceField(
        label=_("How urgent is it?"), choices=Urgency.choices, initial=Urgency.QUESTION, widget=forms.RadioSelect
    )
    email = forms.CharField(label=_("Your e-mail address"), max_length=400)
    ask_session = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=readings.LONGEST)
    # No browser fills this name in by itself; robots do.
    favourite_word = forms.CharField(required=False, max_length=400)

    def __init__(self, *args: Any, is_guest: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["section"].queryset = Section.objects.filter(live=True)  # type: ignore[attr-defined]
        if not is_guest:
            del self.fields["email"]

    @property
    def is_robot(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("favourite_word"))


class QuestionForm(MessageForm):
    """What an asker adds when the question goes to support."""

    body = forms.CharField(
        label=_("Anything to add? (optional)"),
        widget=forms.Textarea,
        max_length=MAX_LENGTH * 40,
        required=False,
        strip=False,
    )
    urgency = TicketForm.base_fields["urgency"]
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=readings.LONGEST)
