"""How an ambassador wants to serve: sections, tags, languages, hours, load."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import time

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.topics.models import Section, Tag
from rewards.ambassadors.events import AmbassadorPreferencesChanged
from rewards.ambassadors.models import Ambassadorship, Hours
from rewards.ambassadors.models.membership import HIGHEST_CAP
from rewards.ambassadors.permissions import check_can_step

MOST_TAGS = 50


@dataclass(frozen=True)
class Preferences:
    """All of it; `hours` are from and to by weekday (Monday is 0)."""

    weekly_cap: int
    languages: Collection[str]
    sections: Collection[Section] = ()
    tags: Collection[Tag] = ()
    hours: Mapping[int, tuple[time, time]] = field(default_factory=dict)


def prefer(preferences: Preferences, *, by: User) -> Ambassadorship:
    """Write down how `by` wants to serve, and return their row.

    Raises PermissionDenied for who is not in the programme, and ValidationError for what cannot be.
    """
    check_can_step(by, by)
    _check(preferences)
    with transaction.atomic():
        found = Ambassadorship.objects.serving().select_for_update(of=("self",)).filter(member=by).first()
        if found is None:
            raise PermissionDenied(_("Only ambassadors set how they serve."))
        found.weekly_cap, found.languages = preferences.weekly_cap, sorted(set(preferences.languages))
        found.save(update_fields=["weekly_cap", "languages"])
        found.sections.set(preferences.sections)
        found.tags.set(preferences.tags)
        Hours.objects.filter(ambassadorship=found).delete()
        Hours.objects.bulk_create(
            Hours(ambassadorship=found, weekday=day, starts=starts, ends=ends)
            for day, (starts, ends) in sorted(preferences.hours.items())
        )
        publish(AmbassadorPreferencesChanged(ambassadorship_id=found.pk, by_id=by.pk))
    return found


def _check(preferences: Preferences) -> None:
    known = {code for code, _label in settings.LANGUAGES}
    if not preferences.languages or not set(preferences.languages) <= known:
        raise ValidationError(_("Choose at least one language."), code="languages")
    if not 1 <= preferences.weekly_cap <= HIGHEST_CAP:
        said = _("Between 1 and %(count)d answers a week.") % {"count": HIGHEST_CAP}
        raise ValidationError(said, code="weekly_cap")
    if len(preferences.tags) > MOST_TAGS:
        raise ValidationError(_("At most %(count)d tags.") % {"count": MOST_TAGS}, code="tags")
    for day, (starts, ends) in preferences.hours.items():
        if not 0 <= day <= 6 or starts >= ends:
            raise ValidationError(_("The hours begin before they end."), code=f"day_{day}")
