"""Mails of the programme: each step to the member, each notice to ambassadors. Sent by tasks, safe to run twice."""

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from community.accounts.actions.emails import confirmed_email
from community.accounts.models import User
from community.core.mail import message_id, send_email
from community.pages.brand import brand_of
from rewards.ambassadors.lifecycle import UNHEARD, State
from rewards.ambassadors.models import NoticeReader, Step
from rewards.ambassadors.wording import words_for


def is_heard(before: str, after: str) -> bool:
    """Whether the member hears of a step: not of being found, nor of being passed over before they were asked."""
    return after not in UNHEARD and not (before in UNHEARD and after == State.DECLINED)


@task()
def mail_step_task(*, step_id: int) -> bool:
    """Mail one step to its member, unless that was done, or they have no address or open account.

    Raises SMTPException or OSError when the mail server refuses: the task is tried again.
    """
    unsent = Step.objects.filter(pk=step_id, mailed_at=None)
    step = unsent.select_related("ambassadorship__member", "by", "charter").first()
    if step is None:
        return False
    member = step.ambassadorship.member
    with override(member.language):
        words = words_for(step, brand_of("").name)
        own = step.by_id == member.pk
        context = {
            "step": step,
            "words": words,
            "reason": "" if own and step.after != State.APPLIED else step.reason,
            "who": step.by.username if step.by and not own else "",
            "back_on": step.ambassadorship.back_on if step.after == State.ON_LEAVE else None,
            "review_on": step.ambassadorship.review_on if step.after == State.ACTIVE else None,
        }
        url = reverse("ambassadors:standing")
        sent = _send(member, words.sentence, "step", context, url, f"ambassador.step.{step.pk}")
    unsent.update(mailed_at=timezone.now())
    return sent


@task()
def mail_notice_task(*, reader_id: int) -> bool:
    """Mail one notice to one ambassador: its title and where it is; the facts stay behind signing in.

    Raises SMTPException or OSError when the mail server refuses: the task is tried again.
    """
    unsent = NoticeReader.objects.filter(pk=reader_id, mailed_at=None)
    reader = unsent.select_related("notice", "member").first()
    if reader is None or not reader.member.is_ambassador:
        return False
    notice = reader.notice
    with override(reader.member.language):
        subject, context = _("Before it is public: %(title)s") % {"title": notice.title}, {"notice": notice}
        name = f"ambassador.notice.{reader.pk}"
        sent = _send(reader.member, subject, "notice", context, notice.get_absolute_url(), name)
    unsent.update(mailed_at=timezone.now())
    return sent


def _send(member: User, subject: str, template: str, context: Mapping[str, object], url: str, name: str) -> bool:
    """Send one mail in the active language; a crash sends it again under the same Message-ID."""
    to = confirmed_email(member) if member.is_active else ""
    if not to:
        return False
    whole = {
        **context,
        "subject": subject,
        "name": member.username,
        "brand": brand_of("").name,
        "url": f"{settings.SITE_URL}{url}",
        "language": member.language,
    }
    text = render_to_string(f"ambassadors/email/{template}.txt", whole).strip() + "\n"
    html = render_to_string(f"ambassadors/email/{template}.html", whole)
    headers = {"Message-ID": message_id(name), "Auto-Submitted": "auto-generated"}
    send_email(to, " ".join(subject.split())[:150], text, html, headers)
    return True
