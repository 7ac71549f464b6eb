"""Work that tickets leave for later."""

from django_tasks import task

from community.tickets.delivering import deliver


@task()
def deliver_task(*, delivery_id: int) -> bool:
    """Hand one delivery over; a row that is gone is a normal end. Safe to run twice.

    Raises DeskError while the other side is away: the task is tried again.
    """
    return deliver(delivery_id)
