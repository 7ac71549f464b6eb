"""What changed is marked in the same transaction, indexed in batches, and waits as long as an engine is down."""

import threading
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from community.core.tasks.worker import Worker
from community.topics.actions.answer import post_answer
from community.topics.models import Post, Topic
from deploy.housekeeping import catch_up
from search import tasks
from search.engines import Document, EngineFault
from search.engines.breaker import FAULTS
from search.engines.database import DatabaseEngine
from search.indexing import BATCH, LATE, bring_up_to_date, mark_outdated
from search.models import OutdatedDocument
from search.readiness import search_state
from tests.factories.transactions import Undone, roll_back

pytestmark = pytest.mark.django_db
STORED = {"default": {"BACKEND": "community.core.tasks.backend.DatabaseBackend"}}


class Down(DatabaseEngine):
    """An engine that does not answer, or does something while it indexes."""

    meanwhile: Callable[[], object] | None = None

    def index(self, documents: Collection[Document], read_at: datetime) -> None:
        if self.meanwhile is None:
            raise EngineFault("connection refused")
        super().index(documents, read_at)
        act, self.meanwhile = self.meanwhile, lambda: None
        act()


@pytest.fixture(autouse=True)
def _no_fault_yet() -> None:
    """What another test saw of an engine is forgotten."""
    tasks.writing.clear()


def marks() -> list[str]:
    return sorted(OutdatedDocument.objects.values_list("object_id", flat=True))


@override_settings(TASKS=STORED)
def test_many_changes_of_one_topic_are_one_mark_and_one_indexing(topic: Topic, answer: Post) -> None:
    Worker().drain()
    assert marks() == []
    for _ in range(3):
        mark_outdated("database", "topic", [topic.pk, topic.pk])
    assert marks() == [str(topic.pk)]
    assert bring_up_to_date(DatabaseEngine()) == 1
    assert marks() == []


def test_workers_leave_an_engine_alone_that_fails_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(engine: Down) -> None:
        asked.append(engine.name)
        raise EngineFault("connection refused")

    monkeypatch.setattr(tasks, "engine_called", lambda name: Down())
    monkeypatch.setattr(tasks, "bring_up_to_date", refuse)
    for _ in range(2 * FAULTS):
        tasks.bring_up_to_date_task.call("database")
    assert len(asked) == FAULTS


@override_settings(TASKS=STORED)
def test_a_change_that_is_rolled_back_leaves_no_mark(topic: Topic) -> None:
    Worker().drain()
    with pytest.raises(Undone):
        roll_back(lambda: post_answer(topic, by=topic.author, body="Words that nobody reads."))
    assert marks() == []


def test_while_the_engine_is_down_marks_wait_and_are_told_of(topic: Topic, monkeypatch: pytest.MonkeyPatch) -> None:
    mark_outdated("database", "topic", [topic.pk])
    monkeypatch.setattr(tasks, "engine_called", lambda name: Down())
    tasks.bring_up_to_date_task.call("database")
    assert marks() == [str(topic.pk)]
    assert search_state() == "ok"
    OutdatedDocument.objects.update(marked_at=timezone.now() - LATE - timedelta(seconds=1))
    assert search_state() == "1 documents wait to be indexed in database"
    monkeypatch.undo()
    assert catch_up() == 1
    assert marks() == []
    assert search_state() == "ok"


def test_what_changes_while_it_is_indexed_stays_marked(topic: Topic) -> None:
    mark_outdated("database", "topic", [topic.pk])
    engine = Down()
    engine.meanwhile = lambda: mark_outdated("database", "topic", [topic.pk])
    assert bring_up_to_date(engine) == 1
    assert marks() == [str(topic.pk)]


def test_more_than_a_batch_is_done_batch_by_batch() -> None:
    mark_outdated("database", "topic", range(1, 2 * BATCH + 2))
    assert bring_up_to_date(DatabaseEngine()) == 2 * BATCH + 1
    assert marks() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_mark_that_another_transaction_renews_is_neither_waited_for_nor_lost() -> None:
    mark_outdated("database", "topic", [1])
    renewed, indexed = threading.Event(), threading.Event()

    def renew() -> None:
        with transaction.atomic():
            mark_outdated("database", "topic", [1])
            renewed.set()
            indexed.wait(20)
        connection.close()

    other = threading.Thread(target=renew)
    other.start()
    assert renewed.wait(20)
    assert bring_up_to_date(DatabaseEngine()) == 1
    indexed.set()
    other.join()
    assert marks() == ["1"]
