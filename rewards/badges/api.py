"""Badges of members, as the API gives them."""

from typing import Literal, cast

from django.http import HttpRequest

from community.accounts.models import User
from community.api import schemas
from community.api.member_extras import member_extras
from rewards.badges.pages import on_profile


@member_extras.register("badges")
def badges_of(request: HttpRequest, user: User) -> list[schemas.Badge]:
    """What the member's page shows."""
    found, _more = on_profile(user)
    return [
        schemas.Badge(
            slug=(badge := item.shown.award.badge).slug,
            name=badge.name,
            description=badge.description,
            grade=cast("Literal['bronze', 'silver', 'gold']", badge.grade),
            field=item.shown.field,
            times=item.times,
            awarded_at=item.shown.award.awarded_at,
            url=request.build_absolute_uri(badge.get_absolute_url()),
        )
        for item in found
    ]
