"""What follows when the demo community is there."""

from community.accounts.models import User
from community.core.events import receives
from community.notifications.actions.mark_read import mark_read
from deploy.demo.events import DemoLoaded


@receives(DemoLoaded, later=True)
def spare_them_the_story(event: DemoLoaded) -> None:
    """What happened in the story is no news to those who lived it; runs after the tasks that told them."""
    for person in User.objects.filter(unread_notifications__gt=0, pk__in=event.people):
        mark_read(by=person)
