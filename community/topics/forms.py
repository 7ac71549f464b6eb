"""What people fill in. Fields that repeat an action's own check only shape the page; the action decides."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.core.markdown import MAX_LENGTH
from community.topics import readings
from community.topics.actions.suggest_edit import NOTE_MAX
from community.topics.models import ResolutionKind, Section, Topic, TopicKind
from community.topics.writing import COMMENT_MAX, TITLE_MAX


class WritingForm(forms.Form):
    """A text in Markdown, with the key that makes sending it twice harmless."""

    body = forms.CharField(label=_("Your answer"), widget=forms.Textarea, max_length=MAX_LENGTH * 40, strip=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def add_refusal(self, refusal: ValidationError) -> None:
        """Show what an action refused beside the field that it is about."""
        for error in refusal.error_list:
            code = error.code or ""
            name = "title" if code.startswith("title") else "tags" if "tags" in code else "body"
            self.add_error(name if name in self.fields else None, error)


class AnswerForm(WritingForm):
    """An answer."""


class CommentForm(WritingForm):
    """A comment."""

    body = forms.CharField(label=_("Your comment"), widget=forms.Textarea, max_length=COMMENT_MAX * 40, strip=False)


class AskForm(WritingForm):
    """A question, a discussion or a how-to."""

    title = forms.CharField(label=_("Your question in one sentence"), max_length=TITLE_MAX * 20)
    body = forms.CharField(
        label=_("Tell us more"),
        help_text=_("Since when, which model, what you have tried already."),
        widget=forms.Textarea,
        max_length=MAX_LENGTH * 40,
        required=False,
        strip=False,
    )
    section = forms.ModelChoiceField(
        label=_("Section"), queryset=Section.objects.none(), to_field_name="slug", empty_label=_("Choose a section")
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=TopicKind.choices, initial=TopicKind.QUESTION, required=False
    )
    lang = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)
    tags = forms.CharField(
        label=_("Tags (optional)"),
        help_text=_("Five at the most, with commas between."),
        required=False,
        max_length=400,
    )
    ask_session = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=readings.LONGEST)

    field_order = ["title", "body", "section", "kind", "tags", "lang"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = Section.objects.filter(live=True)  # type: ignore[attr-defined]

    def clean_kind(self) -> str:
        """A question unless something else was chosen."""
        return self.cleaned_data["kind"] or TopicKind.QUESTION

    def labels(self) -> list[str]:
        """The tags, one by one."""
        return [label.strip() for label in self.cleaned_data.get("tags", "").split(",") if label.strip()]


class EditForm(WritingForm):
    """A new text for a post; `base_revision` is the one that the editor started from."""

    base_revision = forms.IntegerField(widget=forms.HiddenInput)


class EditOpeningForm(EditForm):
    """A new text, title and tags for a topic."""

    title = forms.CharField(label=_("Your question in one sentence"), max_length=TITLE_MAX * 20)
    body = forms.CharField(
        label=_("Text"), widget=forms.Textarea, max_length=MAX_LENGTH * 40, required=False, strip=False
    )
    tags = forms.CharField(label=_("Tags (optional)"), required=False, max_length=400)

    field_order = ["title", "body", "tags"]


class SuggestForm(EditForm):
    """A better text for what another wrote, and why."""

    body = forms.CharField(label=_("Text"), widget=forms.Textarea, max_length=MAX_LENGTH * 40, strip=False)
    note = forms.CharField(label=_("What is better now? (optional)"), required=False, max_length=NOTE_MAX * 20)


class SuggestOpeningForm(SuggestForm):
    """A better text and title for a topic."""

    title = forms.CharField(label=_("Your question in one sentence"), max_length=TITLE_MAX * 20)
    body = forms.CharField(
        label=_("Text"), widget=forms.Textarea, max_length=MAX_LENGTH * 40, required=False, strip=False
    )

    field_order = ["title", "body", "note"]


class SolveForm(forms.Form):
    """Why a question is settled without an answer."""

    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=[choice for choice in ResolutionKind.choices if choice[0] not in {"answer", "same_question"}],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("A word for those who come next (optional)"), max_length=300, required=False)


class MoveForm(forms.Form):
    """Where a topic belongs."""

    section = forms.ModelChoiceField(label=_("Section"), queryset=Section.objects.all())


class MergeForm(forms.Form):
    """The question that asks the same, by its address or number."""

    into = forms.CharField(label=_("Address of the question that asks the same"), max_length=300)

    def clean_into(self) -> Topic:
        """The topic behind the address. Raises ValidationError when there is none."""
        parts = self.cleaned_data["into"].split("/t/")[-1].split("/")
        number = parts[0].strip().lstrip("#")
        topic = Topic.objects.listed().filter(pk=int(number)).first() if number.isdigit() and len(number) < 18 else None
        if topic is None:
            raise ValidationError(_("No question has this address. Copy it from the address bar of its page."))
        return topic
