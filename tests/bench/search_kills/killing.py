"""Kills while people write, waits until all has come right by itself, counts."""

import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass

import psycopg
from redis import Redis

from tests.bench.pages.server import ROOT, environment
from tests.bench.search.limits import forgetting_limits
from tests.bench.search_kills.installation import Installation, installed, kept, people
from tests.bench.search_kills.writers import Budget, Writer
from tests.community.tickets.mail_server import MailServer, running
from tests.services.processes import Program, free_port, scratch_folder

# The mail server keeps a mail, then takes its time to say so: the moment in which a crash hurts is made wide.
MAIL_SECONDS = 0.1
WRITERS = 4
UNDONE = """SELECT (SELECT count(*) FROM search_outdateddocument)
    + (SELECT count(*) FROM core_backgroundtask WHERE state <> 'parked')"""
# Of an answer that was taken back before its turn came nobody is told.
UNSENT = """SELECT n.id FROM notifications_notification n JOIN notifications_emailpreference p
    ON p.user_id = n.user_id AND p.kind = n.kind AND p.wanted
    JOIN topics_post post ON post.id = (n.data->>'post_id')::bigint AND post.deleted_at IS NULL
    WHERE n.emailed_at IS NULL"""
SENT = "SELECT id FROM notifications_notification WHERE emailed_at IS NOT NULL"
# What half a minute and more would do: leases and claims run out, waits end, marks are old enough for housekeeping.
HURRY = (
    "UPDATE core_backgroundtask SET run_after = now() WHERE state = 'ready'",
    "UPDATE notifications_notification SET claimed_at = claimed_at - interval '1 minute' WHERE emailed_at IS NULL",
    "UPDATE search_outdateddocument SET marked_at = marked_at - interval '1 minute'",
)


@dataclass(frozen=True)
class Plan:
    """How much of what; `is_hurried` lets the clock run after the last write, for a test."""

    writes: int
    kills: int
    seed: int
    is_hurried: bool = False
    seconds_between_writes: float = 1.2
    seconds_between_kills: tuple[float, float] = (0.5, 6.0)
    longest_seconds: float = 600.0


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    writes: int
    kills: Counter[str]
    seconds: float
    caught_up_seconds: float
    searches: int
    by_spare: int
    retries: int
    refused: list[str]
    lost: int
    doubled: int
    left: int
    differs: str
    mails: int
    mails_lost: int
    mails_doubled: int
    same_mail_again: int

    @property
    def is_perfect(self) -> bool:
        """Whether every promise was kept."""
        wrong = self.lost or self.doubled or self.left or self.mails_lost or self.mails_doubled
        return not (wrong or self.differs or self.refused)

    @property
    def sentence(self) -> str:
        """The verdict."""
        killed = ", ".join(f"{count} {name}" for name, count in sorted(self.kills.items()))
        return (
            f"{self.writes} writes in {self.seconds:.0f} s, killed: {killed or 'none'}; {self.retries} requests tried "
            f"again, {len(self.refused)} refused {self.refused[:3] or ''}; questions: {self.lost} lost, {self.doubled} "
            f"doubled; searches: {self.searches} answered, {self.by_spare} by the database engine; caught up after "
            f"{self.caught_up_seconds:.0f} s, {self.left} tasks or marks left; index: {self.differs or 'equal'}; "
            f"e-mails: {self.mails}, {self.mails_lost} lost, {self.mails_doubled} doubled, {self.same_mail_again} sent "
            "again with the same Message-ID"
        )


def run(plan: Plan, database: str, cache: str, server: Program, url: str) -> Outcome:
    """Write and kill beside an Elasticsearch that runs at `url`, in an empty database."""
    dice, mail, port = random.Random(plan.seed), MailServer(), free_port()
    mail.seconds = MAIL_SECONDS
    with scratch_folder("kills", None) as folder:
        settings = environment(database, cache, folder)
        settings |= {"ELASTICSEARCH_URL": url, "EMAIL_URL": f"smtp://127.0.0.1:{port}", "SEARCH_INDEX": "kills"}
        tokens = people(settings, WRITERS)
        differences(settings, "search_rebuild")
        with (
            running(mail, port),
            installed(settings, server) as installation,
            forgetting_limits(Redis.from_url(cache)),
            psycopg.connect(database, autocommit=True) as connection,
        ):
            budget, started = Budget(plan.writes), time.monotonic()
            writers = [
                Writer(
                    list(installation.nodes), *pair, budget, random.Random(dice.random()), plan.seconds_between_writes
                )
                for pair in tokens
            ]
            with kept(installation, 5.0 if plan.is_hurried else 20.0):
                for writer in writers:
                    writer.start()
                kills = kill(plan, installation, writers, dice)
                written = time.monotonic()
                left = catch_up(plan, installation, connection)
                caught_up = time.monotonic()
            wrong = differences(settings, "search_rebuild", "--check")
            return judged(plan, writers, kills, mail, connection, (written - started, caught_up - written), left, wrong)


def kill(plan: Plan, installation: Installation, writers: list[Writer], dice: random.Random) -> Counter[str]:
    """Kill, and start again at once, until the writers are done. Returns how often each sort was killed."""
    killed: Counter[str] = Counter()
    programs = installation.programs
    while any(writer.is_alive() for writer in writers):
        time.sleep(dice.uniform(*plan.seconds_between_kills))
        name = dice.choice(list(programs))
        if killed.total() < plan.kills and programs[name].answers() and writers[0].budget.left > 0:
            programs[name].kill()
            killed[name.split()[0]] += 1
            programs[name].start(wait=False)
    return killed


def catch_up(plan: Plan, installation: Installation, connection: psycopg.Connection) -> int:
    """Wait until nothing is left to be done. Returns what is left when that takes too long."""
    for program in installation.programs.values():
        program.wait()
    until, left = time.monotonic() + plan.longest_seconds, 1
    while left and time.monotonic() < until:
        if plan.is_hurried:
            for statement in HURRY:
                connection.execute(statement)
        time.sleep(1)
        left = counted(connection, UNDONE)
    return left


def counted(connection: psycopg.Connection, statement: str) -> int:
    """The figure that `statement` asks for."""
    row = connection.execute(statement).fetchone()
    return int(row[0]) if row else 0


def differences(settings: dict[str, str], *command: str) -> str:
    """Run manage.py; what it complains of."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=settings, capture_output=True, text=True, check=False
    )
    return f"{done.stdout[-600:]}{done.stderr[-300:]}" if done.returncode else ""


def judged(
    plan: Plan,
    writers: list[Writer],
    kills: Counter[str],
    mail: MailServer,
    connection: psycopg.Connection,
    seconds: tuple[float, float],
    left: int,
    wrong: str,
) -> Outcome:
    """Compare what people were told with the database, and the database with the mailboxes."""
    titles = Counter(str(title) for (title,) in connection.execute("SELECT title FROM topics_topic").fetchall())
    acknowledged = [title for writer in writers for title in writer.titles]
    ids = Counter(str(message["Message-ID"]) for message in mail.inbox)
    # Two mails about one notification must be one and the same.
    about = Counter(".".join(name.strip("<>").split(".")[:2]) for name in ids)
    sent = [f"notification.{pk}" for (pk,) in connection.execute(SENT).fetchall()]
    return Outcome(
        writes=plan.writes,
        kills=kills,
        seconds=seconds[0],
        caught_up_seconds=seconds[1],
        searches=sum(writer.searches for writer in writers),
        by_spare=sum(writer.by_spare for writer in writers),
        retries=sum(writer.retries for writer in writers),
        refused=[said for writer in writers for said in writer.refused],
        lost=sum(title not in titles for title in acknowledged),
        doubled=sum(count - 1 for count in titles.values()),
        left=left,
        differs=wrong,
        mails=len(ids),
        mails_lost=sum(name not in about for name in sent) + len(connection.execute(UNSENT).fetchall()),
        mails_doubled=sum(count - 1 for count in about.values()),
        same_mail_again=sum(count - 1 for count in ids.values()),
    )
