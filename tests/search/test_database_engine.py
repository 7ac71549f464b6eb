"""The database engine: what it finds, in what order, and what it keeps to itself. The same on both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.engines import Document, Filters, Key
from search.engines.database import DatabaseEngine
from search.models import Posting, SearchDocument, Word

pytestmark = pytest.mark.django_db
NOW = datetime.now().astimezone()
TITLES = {
    "1": "How do I stop a dripping tap?",
    "2": "Comment réparer un robinet qui goutte ?",
    "3": "Which drill for concrete walls: GSR 12V-15?",
    "4": "Remboursement d'une commande annulée",
    "5": "Painting a damp bathroom ceiling",
    "6": "Delivery of a washing machine upstairs",
}

Index = Callable[..., None]


@pytest.fixture
def engine() -> DatabaseEngine:
    found = DatabaseEngine()
    filler = [document(f"9{number}", f"Filler number {number} about gardens", lang="en") for number in range(30)]
    found.index([*(document(pk, title) for pk, title in TITLES.items()), *filler], NOW)
    return found


def document(object_id: str, title: str, **fields: Any) -> Document:
    return Document(**{"kind": "topic", "object_id": object_id, "title": title, "activity_at": NOW, **fields})


def found_by(engine: DatabaseEngine, words: str, **options: Any) -> list[str]:
    return [hit.object_id for hit in engine.suggest(words, **options)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("my tap drips all night", "1"),
        ("REPARER ROBINETS", "2"),
        ("l'annulation de ma commande", "4"),
        ("stop a driping tap", "1"),
        ("remboursmeent commande", "4"),
        ("concrete gsr 12v-15", "3"),
        ("gsr 12V 15", "3"),
        ("plafond, painting the bathroom ceil", "5"),
        ("a question that is very long and speaks of much before it comes to the washing machine at last", "6"),
    ],
)
def test_an_answer_is_found_in_other_words(engine: DatabaseEngine, words: str, first: str) -> None:
    assert found_by(engine, words)[:1] == [first]


@pytest.mark.parametrize("words", ["", "   ", "zzzzqqqq xyxyxy", "the of and", "😀 \x00 \u202e", "' OR zz=zz -- %_*"])
def test_nothing_rather_than_noise(engine: DatabaseEngine, words: str) -> None:
    assert found_by(engine, words) == []


def test_a_missing_word_does_not_empty_the_results(engine: DatabaseEngine) -> None:
    assert found_by(engine, "dripping tap in the xylophone") == ["1"]


def test_of_equal_words_the_solved_praised_and_recent_comes_first(engine: DatabaseEngine) -> None:
    old = NOW - timedelta(days=3000)
    engine.index(
        [
            document("20", "Squeaking parquet floor", activity_at=old),
            document("21", "Squeaking parquet floor", is_solved=True, helpful_count=9, vote_count=9),
            document("22", "Squeaking parquet floor"),
            document("23", "Squeaking parquet floor", is_solved=True),
        ],
        NOW,
    )
    assert found_by(engine, "squeaking parquet floor") == ["21", "23", "22", "20"]


def test_the_readers_language_comes_first_and_the_other_still_comes(engine: DatabaseEngine) -> None:
    engine.index(
        [document("30", "Installation radiateur", lang="fr"), document("31", "Installation radiateur", lang="en")], NOW
    )
    assert found_by(engine, "installation radiateur", lang="en") == ["31", "30"]
    assert found_by(engine, "installation radiateur", lang="fr") == ["30", "31"]


def test_a_search_counts_kinds_and_narrows(engine: DatabaseEngine) -> None:
    engine.index(
        [
            document("40", "Chimney sweeping", section_id=7, is_solved=True, lang="en"),
            document("41", "Chimney sweeping", section_id=8, lang="fr"),
            document("42", "Chimney sweeping", kind="article", lang="en"),
        ],
        NOW,
    )

    def ids(**filters: Any) -> set[str]:
        return {hit.object_id for hit in engine.search("chimney", Filters(**filters)).hits}

    assert engine.search("chimney", Filters(kind="article")).counts == {"topic": 2, "article": 1}
    assert ids() == {"40", "41", "42"}
    assert ids(kind="article") == {"42"}
    assert ids(section_id=7) == {"40"}
    assert ids(solved=True) == {"40"}
    assert ids(lang="fr") == {"41"}


def test_what_resembles_a_document_leaves_the_document_out(engine: DatabaseEngine) -> None:
    own = document("50", "Tap drips after new washer")
    engine.index([own], NOW)
    assert [hit.object_id for hit in engine.related(own)] == ["1"]


def test_another_text_replaces_the_first(engine: DatabaseEngine) -> None:
    engine.index([document("1", "Sharpening kitchen knives")], NOW + timedelta(seconds=1))
    assert found_by(engine, "dripping tap") == []
    assert found_by(engine, "sharpen my knife") == ["1"]


def test_an_older_reading_never_replaces_a_newer_one(engine: DatabaseEngine) -> None:
    engine.index([document("1", "Sharpening kitchen knives")], NOW - timedelta(seconds=1))
    assert found_by(engine, "dripping tap") == ["1"]


def test_indexing_twice_changes_nothing(engine: DatabaseEngine) -> None:
    before = sorted(Posting.objects.values_list("document", "word", "impact"))
    engine.index([document(pk, title) for pk, title in TITLES.items()], NOW + timedelta(seconds=1))
    assert sorted(Posting.objects.values_list("document", "word", "impact")) == before
    assert engine.faults() == 0


def test_the_forgotten_is_not_found_and_not_counted(engine: DatabaseEngine) -> None:
    engine.delete([Key(kind="topic", object_id="1"), Key(kind="topic", object_id="unknown")], NOW)
    assert found_by(engine, "dripping tap") == []
    assert engine.faults() == 0
    assert Word.objects.get(text="").document_count == SearchDocument.objects.count()


def test_wrong_counts_are_seen_and_mended(engine: DatabaseEngine) -> None:
    Word.objects.filter(text__in=["tap", "", "gardens"]).update(document_count=1000)
    assert engine.faults() == 3
    engine.mend()
    assert engine.faults() == 0


def test_a_suggestion_costs_four_queries_however_much_is_found(engine: DatabaseEngine) -> None:
    with CaptureQueriesContext(connection) as few:
        engine.suggest("stop the dripping tap")
    engine.index([document(f"7{number}", f"Dripping tap number {number}") for number in range(40)], timezone.now())
    with CaptureQueriesContext(connection) as many:
        engine.suggest("stop the dripping tap")
    assert len(few) == len(many) <= 4
