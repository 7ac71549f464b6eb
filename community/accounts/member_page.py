"""What a member's public page shows: all of it gathered first, so that the template asks for nothing."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from community.accounts.models import FormerName, Profile, Trait, User
from community.accounts.names import skeleton


@dataclass(frozen=True)
class AuthorMark:
    """How a role shows beside a name: the icon and class of the design, and the word for screen readers."""

    icon: str
    css: str
    label: str


@dataclass(frozen=True)
class MemberPage:
    """A member as others see them: what they keep to themselves is left out, not hidden."""

    member: User
    mark: AuthorMark | None
    bio: str
    place: str
    traits: tuple[tuple[str, str], ...]
    show_activity: bool
    is_own: bool


def author_mark(user: User) -> AuthorMark | None:
    """The mark beside the name of those who speak for the brand, experts and ambassadors; None for members."""
    if user.is_team:
        return AuthorMark("staff", "role role--staff", str(user.get_role_display()))
    if user.role == "expert":
        return AuthorMark("expert", "role role--expert", str(user.get_role_display()))
    if user.is_ambassador:
        return AuthorMark("ambassador", "role role--ambassador", _("ambassador"))
    return None


def find_member(username: str) -> User | None:
    """The member called `username` now or formerly, closed accounts included. At most two queries."""
    key = skeleton(username)
    found = User.objects.select_related("profile").filter(username_key=key).first()
    if found and found.username.casefold() == username.casefold():
        return found
    former = FormerName.objects.select_related("user__profile").filter(username_key=key).first()
    return former.user if former and former.username.casefold() == username.casefold() else None


def profile_of(user: User) -> Profile:
    """The profile of `user`; an empty one, not saved, for those who never had any."""
    try:
        return user.profile
    except ObjectDoesNotExist:
        return Profile(user=user)


def page_of(member: User, reader_id: int | None) -> MemberPage:
    """What `reader_id` may see of `member`; their own page shows members just what others see. One query at most."""
    profile = profile_of(member)
    return MemberPage(
        member=member,
        mark=author_mark(member),
        bio=profile.bio if profile.show_bio else "",
        place=profile.place if profile.show_place else "",
        traits=_said(profile.traits) if profile.show_traits and profile.traits else (),
        show_activity=profile.show_activity,
        is_own=reader_id == member.pk,
    )


def _said(answers: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Labels of the questions that were answered, and of the answers; those that the brand dropped are left out."""
    found = []
    for trait in Trait.objects.filter(slug__in=answers).prefetch_related("choices"):
        choices = {choice.slug: choice.label for choice in trait.choices.all()}
        if label := choices.get(answers[trait.slug]):
            found.append((trait.label, label))
    return tuple(found)
