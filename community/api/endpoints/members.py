"""People, as everyone sees them."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from community.accounts.models import Profile, User
from community.accounts.ranks import known_ranks
from community.api import schemas, shapes
from community.api.member_extras import member_extras

router = Router()


@router.get("members/{username}", response=schemas.Member, operation_id="readMember")
def member(request: HttpRequest, username: schemas.Word) -> schemas.Member:
    """A member, with what they show of themselves."""
    user = User.objects.filter(username=username, is_active=True).select_related("profile").first()
    if user is None:
        raise Http404(_("Nobody here has this pseudonym."))
    rank = known_ranks().of(user)
    profile: Profile | None = getattr(user, "profile", None)
    return schemas.Member(
        id=str(user.pk),
        username=user.username,
        role=shapes.role_of(user),
        is_ambassador=user.is_ambassador,
        reputation=user.reputation,
        trust_level=user.trust_level,
        rank=user.rank,
        rank_label=rank.label if rank else "",
        bio=profile.bio if profile and profile.show_bio else "",
        place=profile.place if profile and profile.show_place else "",
        joined_at=user.date_joined,
        url=request.build_absolute_uri(user.get_absolute_url()),
        **{name: extra(request, user) for name, extra in member_extras},
    )
