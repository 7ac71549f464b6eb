"""Notices to ambassadors: written for them first, made public by one click, ended when it is over."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.events import publish
from community.core.markdown import render_markdown
from rewards.ambassadors.events import CrisisNoticeShown, CrisisNoticeWritten
from rewards.ambassadors.models import CrisisNotice, NoticeReader
from rewards.ambassadors.models.notices import check_url
from rewards.ambassadors.permissions import check_can_read_notice, check_runs_programme

TEXTS = ("title_fr", "facts_fr", "say_fr", "title_en", "facts_en", "say_en")
MOST_LINKS = 10
LONGEST = {"title": 150, "facts": 8000, "say": 8000, "links": 2000}


def write_notice(texts: Mapping[str, str], *, by: User, at: datetime | None = None) -> CrisisNotice:
    """Tell active ambassadors: on the site and by mail. `texts` are those of TEXTS and `links`, one address a line.

    Raises PermissionDenied, and ValidationError unless one language is complete.
    """
    check_runs_programme(by)
    said = {name: texts.get(name, "").strip() for name in (*TEXTS, "links")}
    _check_languages(said)
    _check_lengths_and_links(said)
    html = {name: render_markdown(text) for name, text in said.items() if name.startswith(("facts_", "say_"))}
    with transaction.atomic():
        notice = CrisisNotice.objects.create(**said, html=html, written_by=by, written_at=at or timezone.now())
        publish(CrisisNoticeWritten(notice_id=notice.pk, by_id=by.pk))
    return notice


def publish_notice(notice: CrisisNotice, *, by: User) -> bool:
    """Let everyone read what may be said. Returns False when they can, or it is over.

    Raises PermissionDenied.
    """
    check_runs_programme(by)
    with transaction.atomic():
        unpublished = CrisisNotice.objects.current().filter(pk=notice.pk, published_at=None)
        if not unpublished.update(published_at=timezone.now()):
            return False
        publish(CrisisNoticeShown(notice_id=notice.pk, by_id=by.pk, shown=True))
    notice.refresh_from_db()
    return True


def end_notice(notice: CrisisNotice, *, by: User) -> bool:
    """Say that it is over: the public no longer sees it. Returns False when it was. Raises PermissionDenied."""
    check_runs_programme(by)
    with transaction.atomic():
        if not CrisisNotice.objects.current().filter(pk=notice.pk).update(ended_at=timezone.now()):
            return False
        publish(CrisisNoticeShown(notice_id=notice.pk, by_id=by.pk, shown=False))
    notice.refresh_from_db()
    return True


def note_reading(notice: CrisisNotice, *, by: User) -> bool:
    """Note that an ambassador has read it. Returns False for the team, and who had. Raises PermissionDenied."""
    check_can_read_notice(by, notice)
    if not by.is_ambassador:
        return False
    with transaction.atomic():
        NoticeReader.objects.get_or_create(notice=notice, member=by)
        unread = NoticeReader.objects.filter(notice=notice, member=by, read_at=None)
        return bool(unread.update(read_at=timezone.now()))


def _check_languages(said: Mapping[str, str]) -> None:
    """One language says all of it; the other one all or nothing."""
    written = {lang: [bool(said[f"{name}_{lang}"]) for name in ("title", "facts", "say")] for lang in ("fr", "en")}
    if not any(all(each) for each in written.values()):
        raise ValidationError(_("Write the title, the facts and what may be said, in one language at least."))
    for lang, each in written.items():
        if any(each) and not all(each):
            missing = ("title", "facts", "say")[each.index(False)]
            raise ValidationError(_("Say it in this language too, or leave this language empty."), f"{missing}_{lang}")


def _check_lengths_and_links(said: Mapping[str, str]) -> None:
    for name, text in said.items():
        longest = LONGEST[name.partition("_")[0]]
        if len(text) > longest:
            raise ValidationError(_("At most %(count)d characters.") % {"count": longest}, name)
    links = [line for line in said["links"].splitlines() if line.strip()]
    if len(links) > MOST_LINKS:
        raise ValidationError(_("At most %(count)d links.") % {"count": MOST_LINKS}, "links")
    for link in links:
        try:
            check_url(link.strip())
        except ValidationError:
            said_so = _("“%(link)s” is no address: write one a line, with https://.") % {"link": link[:100]}
            raise ValidationError(said_so, "links") from None
