"""What follows in the programme: people are told, those who answered are done answering, helped readers are counted."""

from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone

from community.accounts.models import User
from community.core.events import receives
from community.core.models import LoggedEvent
from community.notifications.actions.notify import notify, notify_all
from community.topics.events import AnswerConfirmed, AnswerPosted
from community.topics.models import Post
from rewards.ambassadors import events
from rewards.ambassadors.mailing import is_heard, mail_notice_task, mail_step_task
from rewards.ambassadors.models import Ambassadorship, Answering, HelpedDay, NoticeReader

# How far back a count is made again when it could not be made at once: tasks are tried for more than a day.
RECOUNTED_DAYS = 4


@receives(events.AmbassadorStepTaken)
def mail_the_step(event: events.AmbassadorStepTaken) -> None:
    """The member hears of each step by mail, whatever else they chose to be mailed about."""
    if is_heard(event.before, event.after):
        mail_step_task.enqueue(step_id=event.step_id)


@receives(events.AmbassadorStepTaken, later=True)
def tell_of_the_step(event: events.AmbassadorStepTaken) -> None:
    """And on the site, unless they took it themselves."""
    if is_heard(event.before, event.after):
        member, actor = User.objects.get(pk=event.member_id), User.objects.filter(pk=event.by_id or 0).first()
        data = {"step_id": event.step_id}
        notify(member, "ambassador_step", actor=actor, data=data, key=f"step:{event.step_id}")


@receives(events.CharterPublished, later=True)
def ask_to_agree_anew(event: events.CharterPublished) -> None:
    """Those who serve are asked; who is on leave reads it when they are back."""
    serving = list(Ambassadorship.objects.serving().values_list("member", flat=True))
    data = {"charter_id": event.charter_id}
    notify_all(serving, "ambassador_charter", data=data, key=f"charter:{event.charter_id}")


@receives(events.CrisisNoticeWritten)
def warn_ambassadors(event: events.CrisisNoticeWritten) -> None:
    """Each active ambassador once: a mail now, and a word on the site."""
    for member_id in Ambassadorship.objects.active().values_list("member", flat=True):
        reader, is_new = NoticeReader.objects.get_or_create(notice_id=event.notice_id, member_id=member_id)
        if is_new:
            mail_notice_task.enqueue(reader_id=reader.pk)


@receives(events.CrisisNoticeWritten, later=True)
def tell_ambassadors(event: events.CrisisNoticeWritten) -> None:
    """The word on the site."""
    told = list(NoticeReader.objects.filter(notice=event.notice_id).values_list("member", flat=True))
    data = {"notice_id": event.notice_id}
    notify_all(told, "ambassador_notice", data=data, key=f"notice:{event.notice_id}")


@receives(AnswerPosted)
def done_answering(event: AnswerPosted) -> None:
    """Whoever said that they were answering has answered."""
    Answering.objects.filter(topic=event.topic_id, member=event.by_id).delete()


def recount_helped_readers(event: AnswerConfirmed) -> None:
    """Count the last days of an answer anew, from the log of events."""
    today = timezone.localdate()
    for day in (today - timedelta(days=ago) for ago in range(RECOUNTED_DAYS)):
        count = _confirmed(event.post_id, day)
        if count:
            HelpedDay.objects.update_or_create(post_id=event.post_id, day=day, defaults={"count": count})


@receives(AnswerConfirmed, again=recount_helped_readers)
def count_a_helped_reader(event: AnswerConfirmed) -> None:
    """A reader said that an answer is theirs; not its author."""
    if not Post.objects.filter(pk=event.post_id).exclude(author=event.by_id).exists():
        return
    day = timezone.localdate()
    HelpedDay.objects.get_or_create(post_id=event.post_id, day=day)
    HelpedDay.objects.filter(post=event.post_id, day=day).update(count=F("count") + 1)


def _confirmed(post_id: int, day: date) -> int:
    """How often a post was confirmed on a day, by others than its author."""
    said = LoggedEvent.objects.filter(kind=AnswerConfirmed.__name__, created_at__date=day, data__post_id=post_id)
    author = Post.objects.filter(pk=post_id).values_list("author", flat=True).first()
    return sum(by != author for by in said.values_list("data__by_id", flat=True))
