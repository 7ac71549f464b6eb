"""Work that notifications leave for later."""

import logging

from django.utils import timezone
from django_tasks import task

from community.core.mail import ATTEMPTS, UNREACHABLE, wait_after
from community.notifications.emails import send_notification_email
from community.notifications.models import Notification

logger = logging.getLogger(__name__)


@task()
def send_notification_email_task(*, notification_id: int, attempt: int = 1) -> bool:
    """Send the e-mail of one notification; a row that is gone is a normal end. Safe to run twice."""
    notification = Notification.objects.select_related("user", "actor").filter(pk=notification_id).first()
    if notification is None:
        return False
    try:
        return send_notification_email(notification)
    except UNREACHABLE as error:
        logger.warning("Notification %d, attempt %d: %s", notification_id, attempt, type(error).__name__)
        if attempt >= ATTEMPTS or not send_notification_email_task.get_backend().supports_defer:
            raise
        later = send_notification_email_task.using(run_after=timezone.now() + wait_after(attempt))
        later.enqueue(notification_id=notification_id, attempt=attempt + 1)
        return False
