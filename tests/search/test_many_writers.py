"""Several task workers index the same documents at the same time."""

from random import Random
from threading import Thread

import pytest
from django.db import connections
from django.utils import timezone

from search.engines import Document, Key
from search.engines.database import DatabaseEngine
from search.models import SearchDocument, Word

WORDS = [f"word{number:02d}" for number in range(60)]


def write(seed: int, failures: list[str]) -> None:
    """Forty writes, of one to three documents each, in an order of its own."""
    draw, engine = Random(seed), DatabaseEngine()
    try:
        for number in range(40):
            ids = draw.sample([str(pk) for pk in range(30)], draw.choice((1, 1, 3)))
            if draw.random() < 0.2:
                engine.delete([Key(kind="topic", object_id=pk) for pk in ids], timezone.now())
                continue
            words = [" ".join([*draw.sample(WORDS, 20), f"only{seed}x{number}"]) for _ in ids]
            documents = [
                Document(kind="topic", object_id=pk, title=title) for pk, title in zip(ids, words, strict=True)
            ]
            engine.index(documents, timezone.now())
    except Exception as failure:  # noqa: BLE001 - whatever failed is what the test looks at
        failures.append(repr(failure))
    finally:
        connections.close_all()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_writers_never_wait_in_a_circle_and_every_word_is_counted_right() -> None:
    failures: list[str] = []
    writers = [Thread(target=write, args=(seed, failures)) for seed in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert failures == []
    assert DatabaseEngine().faults() == 0
    assert Word.objects.get(text="").document_count == SearchDocument.objects.count() > 0
