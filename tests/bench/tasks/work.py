"""Tasks whose effects can be counted afterwards."""

import random
import time

from django_tasks import task

from community.core.models import LoggedEvent

WRITTEN, NOTED = "BenchWritten", "BenchNoted"


@task(in_transaction=True)
def write(number: int) -> None:
    """Write a row that nothing keeps from being written twice, slowly enough to be killed in the middle."""
    LoggedEvent.objects.create(kind=WRITTEN, data={"number": number})
    time.sleep(random.uniform(0.002, 0.03))


@task()
def note(number: int) -> None:
    """Bear being run twice, as a task without a transaction must."""
    time.sleep(random.uniform(0.002, 0.03))
    LoggedEvent.objects.get_or_create(kind=NOTED, data={"number": number})
