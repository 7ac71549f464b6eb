"""Offers an installation the badges of ours that it was never offered."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from rewards.badges.filling import fill
from rewards.badges.models import Badge, ShippedBadge

SHIPPED = Path(__file__).resolve().parent.parent / "shipped.toml"
OWN_NAMES = ("slug", "name", "why", "prerequisite")


def shipped_badges() -> list[dict[str, Any]]:
    """What the file declares, in its order: a badge stands after the one that it needs first."""
    declared: list[dict[str, Any]] = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["badge"]
    return declared


@transaction.atomic
def ship_badges() -> list[Badge]:
    """Make those that were never shipped here, live; returns them. What the brand changed or deleted stays as it is.

    It acts for the operator, from the command line or the demo: there is no actor whose rights could be checked.
    """
    known = set(ShippedBadge.objects.values_list("slug", flat=True)) | set(Badge.objects.values_list("slug", flat=True))
    made = []
    for declared in shipped_badges():
        if declared["slug"] not in known:
            badge = badge_of(declared)
            badge.full_clean()
            badge.save()
            made.append(badge)
    slugs = [declared["slug"] for declared in shipped_badges()]
    ShippedBadge.objects.bulk_create([ShippedBadge(slug=slug) for slug in slugs], ignore_conflicts=True)
    for badge in made:
        if badge.is_automatic:
            fill(badge)
    return made


def badge_of(declared: dict[str, Any]) -> Badge:
    """A badge as it is declared, not saved."""
    name, why = declared["name"], declared["why"]
    return Badge(
        slug=declared["slug"],
        name_fr=name[0],
        name_en=name[1],
        description_fr=why[0],
        description_en=why[1],
        is_live=True,
        prerequisite=Badge.objects.filter(slug=declared.get("prerequisite", "")).first(),
        **{field: value for field, value in declared.items() if field not in OWN_NAMES},
    )
