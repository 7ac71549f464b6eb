"""The charter: publishing a version, agreeing to one."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.errors import Conflict
from community.core.events import publish
from rewards.ambassadors.actions.step import take_step
from rewards.ambassadors.events import CharterAccepted, CharterPublished
from rewards.ambassadors.lifecycle import State
from rewards.ambassadors.models import Ambassadorship, CharterAcceptance, CharterVersion, Step, charter_in_force
from rewards.ambassadors.models.charter import LONGEST_CHARTER
from rewards.ambassadors.permissions import check_can_step, check_runs_programme


def publish_charter(*, by: User, text_fr: str, text_en: str, at: datetime | None = None) -> CharterVersion:
    """Put a new version in force; the same words as those in force return that one. Serving ambassadors are asked anew.

    Raises PermissionDenied, and ValidationError when a language is missing or a text too long.
    """
    check_runs_programme(by)
    text_fr, text_en = text_fr.strip(), text_en.strip()
    for name, text in (("text_fr", text_fr), ("text_en", text_en)):
        if not text:
            raise ValidationError(_("Write the charter in both languages."), code=name)
        if len(text) > LONGEST_CHARTER:
            raise ValidationError(_("At most %(count)d characters.") % {"count": LONGEST_CHARTER}, code=name)
    with transaction.atomic():
        latest = CharterVersion.objects.select_for_update().first()
        if latest is not None and (latest.text_fr, latest.text_en) == (text_fr, text_en):
            return latest
        charter = CharterVersion.objects.create(
            number=latest.number + 1 if latest else 1,
            text_fr=text_fr,
            text_en=text_en,
            published_by=by,
            published_at=at or timezone.now(),
        )
        publish(CharterPublished(charter_id=charter.pk, by_id=by.pk))
    return charter


def accept_invitation(charter: CharterVersion, *, by: User, at: datetime | None = None) -> Step | None:
    """Agree to the charter and be an ambassador. Returns None when `by` already is one.

    Raises PermissionDenied, and Conflict when the charter changed meanwhile or there is no invitation.
    """
    check_can_step(by, by)
    with transaction.atomic():
        _agree(charter, by, at)
        return take_step(by, State.ACTIVE, by=by, charter=charter, at=at)


def accept_charter(charter: CharterVersion, *, by: User, at: datetime | None = None) -> bool:
    """Agree to a new version as an ambassador. Returns False when they had. Raises PermissionDenied, Conflict."""
    check_can_step(by, by)
    if not Ambassadorship.objects.serving().filter(member=by).exists():
        raise PermissionDenied(_("Only ambassadors agree to the charter."))
    with transaction.atomic():
        return _agree(charter, by, at)


def _agree(charter: CharterVersion, by: User, at: datetime | None) -> bool:
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if charter != charter_in_force():
        raise Conflict(_("The charter has changed since you opened this page. Read the new version first."))
    _row, is_new = CharterAcceptance.objects.get_or_create(
        charter=charter, member=by, defaults={"at": at or timezone.now()}
    )
    if is_new:
        publish(CharterAccepted(charter_id=charter.pk, by_id=by.pk))
    return is_new
