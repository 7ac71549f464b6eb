"""Task workers killed at moments that nobody chose, while they mail answers; and what customers got in the end."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from community.accounts.actions.emails import trust_email
from community.core.models import BackgroundTask, TaskState
from community.tickets.actions.reply import reply_to_customer
from community.tickets.delivering import AT_WORK
from community.tickets.models import Delivery
from tests.community.tickets.mail_server import MailServer, running
from tests.factories.tickets import make_agent, make_ticket
from tests.factories.topics import make_user
from tests.services.processes import free_port

ROOT = Path(__file__).resolve().parents[3]
STORED = {"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}
# The server keeps the mail, then takes its time to say so: the moment in which a crash hurts is made wide.
SERVER_SECONDS = 0.15


def run(kills: int, answers: int, dice: random.Random) -> int:
    """Write the answers, kill workers while they send them, let a last one finish, count."""
    call_command("migrate", verbosity=0)
    port, server = free_port(), MailServer()
    server.seconds = SERVER_SECONDS
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    with override_settings(TASKS=STORED):
        write_answers(answers)
    with running(server, port):
        for _kill in range(kills):
            if not BackgroundTask.objects.exists():
                break
            kill_one(dice, server)
            forget_the_dead()
        call_command_in_time(["worker", "--batch"])
        forget_the_dead()
        call_command_in_time(["worker", "--batch"])
    ids = Counter(str(message["Message-ID"]) for message in server.inbox)
    lost, twice = answers - len(ids), sum(count - 1 for count in ids.values())
    unsent = Delivery.objects.filter(sent_at=None).count()
    left = BackgroundTask.objects.count()
    print(f"answers={answers} kills={kills} lost={lost} unsent={unsent} tasks_left={left} same_mail_again={twice}")
    return 1 if lost or unsent or left else 0


def write_answers(count: int) -> None:
    """A request, and as many answers."""
    customer = make_user("customer")
    trust_email(customer)
    ticket, agent = make_ticket(customer), make_agent()
    for number in range(count):
        reply_to_customer(ticket, by=agent, body=f"Answer {number}.")


def kill_one(dice: random.Random, server: MailServer) -> None:
    """Start a worker, let it get to work, kill it at a moment that nobody chose."""
    before = len(server.inbox)
    process = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT)
    deadline = time.monotonic() + 60
    while len(server.inbox) == before and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.005)
    time.sleep(dice.uniform(0, 2 * SERVER_SECONDS))
    process.send_signal(signal.SIGKILL)
    process.wait()


def forget_the_dead() -> None:
    """What thirty seconds would do: leases run out, claims grow old, waits end."""

    past = timezone.now() - timedelta(seconds=1)
    BackgroundTask.objects.filter(state=TaskState.RUNNING).update(leased_until=past)
    BackgroundTask.objects.filter(state=TaskState.READY).update(run_after=past)
    Delivery.objects.filter(sent_at=None).exclude(claimed_at=None).update(claimed_at=past - AT_WORK)


def call_command_in_time(command: list[str]) -> None:
    """A management command in a process of its own."""
    subprocess.run([sys.executable, "manage.py", *command, "--verbosity", "0"], cwd=ROOT, check=True, timeout=600)
