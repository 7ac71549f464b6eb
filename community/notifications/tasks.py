"""Work that notifications leave for later."""

from django_tasks import task

from community.notifications.emails import send_notification_email
from community.notifications.models import Notification


@task()
def send_notification_email_task(*, notification_id: int) -> bool:
    """Send the e-mail of one notification; a row that is gone is a normal end. Safe to run twice.

    Raises SMTPException or OSError when the mail server refuses, AtWork: the task is tried again.
    """
    notification = Notification.objects.select_related("user", "actor").filter(pk=notification_id).first()
    return notification is not None and send_notification_email(notification)
