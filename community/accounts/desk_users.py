"""People as the brand's desk manages them: Wagtail's pages for users, with our fields."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.bulk_actions import DeleteBulkAction
from wagtail.users.views.users import CreateView, DeleteView, EditView, UserViewSet

from community.accounts.actions.desk_groups import join_desk_group
from community.accounts.actions.emails import trust_email
from community.accounts.actions.erase import erase_member
from community.accounts.actions.rename import rename_member
from community.accounts.actions.roles import set_role
from community.accounts.models import Profile, Role, User
from community.accounts.names import check_username, skeleton
from community.accounts.suggestions import check_free

FIELDS = ["username", "email", "language", "is_superuser", "groups"]


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """What creating and editing share: no real name is asked, the role is ours."""

    first_name = None
    last_name = None
    email = forms.EmailField(label=_("E-mail address"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = User._meta.get_field("username").help_text
        if self.instance.pk:
            self.fields["role"].initial = self.instance.role

    def clean_email(self) -> str | None:
        """No e-mail is None, and not an empty text that several accounts would share."""
        return (self.cleaned_data.get("email") or "").lower() or None

    def clean_username(self) -> str:
        """The pseudonym, as sign-up would take it."""
        username: str = self.cleaned_data["username"]
        if username != self.instance.username:
            check_username(username)
            check_free(username, but_for=self.instance if self.instance.pk else None)
        return username


class MemberCreationForm(MemberForm, UserCreationForm):
    """A new account made at the desk; its owner signs in by code or sets a password by e-mail."""

    class Meta(UserCreationForm.Meta):
        fields = FIELDS

    def save(self, commit: bool = True) -> User:
        """Create the account with its profile; the address is taken as confirmed, for the brand vouches for it."""
        self.instance.username_key = skeleton(self.cleaned_data["username"])
        self.instance.role = self.cleaned_data["role"]
        self.instance.set_unusable_password()
        user: User = super().save(commit=commit)
        Profile.objects.get_or_create(user=user)
        trust_email(user)
        join_desk_group(user)
        return user


class MemberEditForm(MemberForm, UserEditForm):
    """An account as the desk changes it."""

    class Meta(UserEditForm.Meta):
        fields = [*FIELDS, "is_active"]


class DeskCreateView(CreateView):
    """The page that makes an account."""


class DeskEditView(EditView):
    """The page that changes an account; name and role go through their actions, so that pages and groups follow."""

    def save_instance(self) -> User:
        """Save the plain fields, then rename and give the role."""
        form, by = self.form, self.request.user
        username = form.cleaned_data["username"]
        form.instance.username = User.objects.values_list("username", flat=True).get(pk=form.instance.pk)
        user: User = super().save_instance()
        try:
            rename_member(user, username, by=by)
        except ValidationError as error:
            form.add_error("username", error)
        role = Role(form.cleaned_data["role"])
        if role != user.role:
            set_role(user, role, by=by)
        return user


class DeskDeleteView(DeleteView):
    """The page that erases somebody: what others rest on stays, under a name that says nothing."""

    page_title = _("Erase this member")
    success_message = _("“%(object)s” is erased.")
    confirmation_message = _(
        "The account, its e-mail address, its profile and its rights go for ever. What this person wrote, voted "
        "and earned stays under a name that says nothing, for others rest on it."
    )

    def delete_action(self) -> None:
        """Erase, on a copy: the message that follows still names who it was."""
        erase_member(User.objects.get(pk=self.object.pk), by=self.request.user)


class EraseBulkAction(DeleteBulkAction):
    """The same for several people at once."""

    display_name = _("Erase")
    aria_label = _("Erase selected members")

    def get_execution_context(self) -> dict[str, Any]:
        """With whoever erases."""
        return {**super().get_execution_context(), "by": self.request.user}

    @classmethod
    def execute_action(cls, objects: list[User], *, by: User, **_more: Any) -> tuple[int, int]:
        """Erase each of `objects`."""
        for user in objects:
            erase_member(user, by=by)
        return len(objects), 0


class DeskUserViewSet(UserViewSet):
    """Wagtail's pages for users, with our forms."""

    template_prefix = "accounts/desk_users/"
    add_view_class = DeskCreateView
    edit_view_class = DeskEditView
    delete_view_class = DeskDeleteView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:  # type: ignore[type-arg]
        """Our forms."""
        return MemberEditForm if for_update else MemberCreationForm
