"""Forms of a member's settings."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.accounts.models import Profile, Trait, User
from community.accounts.names import check_username
from community.accounts.suggestions import check_free

TRAIT = "trait_"


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a member says of themselves, who sees it, and the language they are written to in."""

    language = forms.ChoiceField(
        label=_("Language of the e-mails you ask for"), choices=settings.LANGUAGES, widget=forms.Select
    )

    class Meta:
        model = Profile
        fields: ClassVar[list[str]] = ["bio", "show_bio", "place", "show_place", "show_traits", "show_activity"]
        widgets: ClassVar[dict[str, forms.Widget]] = {"bio": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, member: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = member.language
        self.traits = list(Trait.objects.prefetch_related("choices"))
        for trait in self.traits:
            choices = [("", _("I would rather not say")), *((one.slug, one.label) for one in trait.choices.all())]
            said = self.instance.traits.get(trait.slug, "")
            self.fields[f"{TRAIT}{trait.slug}"] = forms.ChoiceField(
                label=trait.label, choices=choices, required=False, initial=said
            )
        if not self.traits:
            del self.fields["show_traits"]
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "input"

    @property
    def trait_fields(self) -> list[forms.BoundField]:
        """The brand's questions."""
        return [self[f"{TRAIT}{trait.slug}"] for trait in self.traits]

    def changes(self) -> dict[str, Any]:
        """What was filled in, as `update_profile` takes it."""
        found = {name: value for name, value in self.cleaned_data.items() if not name.startswith(TRAIT)}
        answers = {trait.slug: self.cleaned_data.get(f"{TRAIT}{trait.slug}") for trait in self.traits}
        return {**found, "traits": {slug: answer for slug, answer in answers.items() if answer}}


class PortraitForm(forms.Form):
    """A picture of the member; checked by its content when it is drawn anew."""

    picture = forms.FileField(
        label=_("Your picture"),
        help_text=_("JPEG, PNG, WebP or GIF, at most 8 MB. Where and with what it was taken is removed."),
        widget=forms.FileInput(attrs={"class": "input", "accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )


class UsernameForm(forms.Form):
    """Another pseudonym."""

    username = forms.CharField(
        label=_("Pseudonym"),
        max_length=30,
        help_text=_("Your old one keeps leading to you, and nobody else can take it."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "nickname", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, member: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_username(self) -> str:
        """The pseudonym, when it may be taken."""
        username: str = self.cleaned_data["username"]
        if username != self.member.username:
            check_username(username)
            check_free(username, but_for=self.member)
        return username


class EraseForm(forms.Form):
    """Yes, me: the pseudonym typed once more, so that nobody leaves by a slip of the finger."""

    username = forms.CharField(
        label=_("Type your pseudonym to confirm"),
        max_length=30,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, member: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_username(self) -> str:
        """The pseudonym, when it is the member's own."""
        username: str = self.cleaned_data["username"]
        if username.casefold() != self.member.username.casefold():
            sentence = _("Your pseudonym is %(name)s: type it as it stands here.")
            raise ValidationError(sentence, code="other", params={"name": self.member.username})
        return username
