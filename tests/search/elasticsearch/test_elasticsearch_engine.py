"""The Elasticsearch engine on a real server: what it finds, in which order, and what it counts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from search.engines import Document, Filters, Key
from search.engines.elasticsearch import ElasticsearchEngine

pytestmark = pytest.mark.elasticsearch
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
Put = Callable[..., None]


@pytest.fixture
def put(scratch: ElasticsearchEngine) -> Put:
    def add(number: int, title: str, body: str = "", at: datetime = NOW, **fields: object) -> None:
        document = Document(
            kind=str(fields.pop("kind", "topic")),
            object_id=str(number),
            title=title,
            body=body,
            activity_at=NOW,
            **fields,  # type: ignore[arg-type]
        )
        scratch.index([document], at)
        scratch.mend()

    return add


@pytest.fixture
def shop(put: Put) -> None:
    put(1, "Robinet de cuisine qui goutte", "Un mitigeur de dix ans.", lang="fr", tags=("fuite",), section_id=1)
    put(2, "Chasse d'eau qui coule sans arrêt", "La cuvette se remplit.", lang="fr", tags=("fuite", "wc"), section_id=1)
    put(3, "Toilet keeps running after the flush", "The flapper does not close.", lang="en", section_id=1)
    put(4, "Perceuse GSR 12V-15 en panne", "La batterie est chargée.", lang="fr", section_id=2, is_solved=True)
    put(5, "Couper l'eau en moins d'une minute", "Où sont les robinets d'arrêt.", lang="fr", kind="article")


def found(engine: ElasticsearchEngine, words: str) -> list[str]:
    return [hit.object_id for hit in engine.suggest(words)]


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mon robinet goutte", "1"),
        ("mes ROBINETS gouttent !", "1"),
        ("robinnet qui gouttte", "1"),
        ("chasse deau qui coule", "2"),
        ("the toilet is running", "3"),
        ("toilet keeps runn", "3"),
        ("gsr 12v-15", "4"),
        ("perceuse gsr12v15 ne marche plus", "4"),
        ("comment couper l’eau", "5"),
        (
            "Bonjour à tous, depuis ce matin la chasse d'eau de nos toilettes coule sans arrêt et je ne sais pas quoi "
            "faire, merci d'avance pour votre aide, c'est assez urgent car nous avons un compteur.",
            "2",
        ),
    ],
)
def test_the_question_is_found_however_it_is_typed(scratch: ElasticsearchEngine, typed: str, first: str) -> None:
    assert found(scratch, typed)[:1] == [first]


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    "typed",
    [
        "horaires du train pour Lyon",
        "the best pizza in town",
        "quel robinet pour un tonneau de bière belge",
        "de la le",
        "",
        "…",
    ],
)
def test_nothing_rather_than_noise(scratch: ElasticsearchEngine, typed: str) -> None:
    assert found(scratch, typed) == []


def test_solved_helpful_and_recent_come_first_among_equals(scratch: ElasticsearchEngine, put: Put) -> None:
    put(1, "Boiler makes a loud noise")
    put(2, "Boiler makes a loud noise", is_solved=True)
    put(3, "Boiler makes a loud noise", is_solved=True, helpful_count=9, vote_count=9)
    hits = scratch.suggest("boiler makes a loud noise")
    assert [hit.object_id for hit in hits] == ["3", "2", "1"]
    assert set(hits[0].parts) >= {"words", "title", "solved", "helpful", "fresh"}


@pytest.mark.usefixtures("shop")
def test_a_search_counts_each_facet_as_if_it_were_not_chosen(scratch: ElasticsearchEngine) -> None:
    page = scratch.search("eau", Filters(kind="topic"))
    assert {hit.object_id for hit in page.hits} == {"2"}
    assert page.facets.kinds == {"topic": 1, "article": 1}
    narrowed = scratch.search("robinet chasse perceuse", Filters(tag="fuite"))
    assert {hit.object_id for hit in narrowed.hits} == {"1", "2"}
    assert narrowed.facets.tags == {"fuite": 2, "wc": 1}
    assert narrowed.facets.sections == {1: 2}


@pytest.mark.usefixtures("shop")
def test_a_slip_is_put_right_and_said(scratch: ElasticsearchEngine) -> None:
    assert scratch.search("robinnet", Filters()).did_you_mean == "robinet"
    assert scratch.search("robinet", Filters()).did_you_mean == ""


@pytest.mark.usefixtures("shop")
def test_what_resembles_a_document_is_not_itself(scratch: ElasticsearchEngine) -> None:
    document = Document(kind="topic", object_id="1", title="Robinet de cuisine qui goutte", lang="fr")
    assert "1" not in [hit.object_id for hit in scratch.related(document)]


def test_an_older_reading_never_wins(scratch: ElasticsearchEngine, put: Put) -> None:
    put(1, "The new title about boilers", at=NOW)
    put(1, "The old title about kettles", at=NOW - timedelta(seconds=1))
    assert found(scratch, "the title about boilers") == ["1"]
    scratch.delete([Key(kind="topic", object_id="1")], NOW - timedelta(seconds=1))
    scratch.mend()
    assert found(scratch, "the title about boilers") == ["1"]
    scratch.delete([Key(kind="topic", object_id="1"), Key(kind="topic", object_id="unknown")], NOW)
    scratch.mend()
    assert found(scratch, "the title about boilers") == []
    put(1, "The old title about boilers", at=NOW - timedelta(seconds=1))
    assert found(scratch, "the title about boilers") == []


@pytest.mark.usefixtures("shop")
def test_it_tells_what_it_holds(scratch: ElasticsearchEngine) -> None:
    assert {pk for pk, _print in scratch.keys("topic")} == {"1", "2", "3", "4"}
    assert {pk for pk, _print in scratch.keys("article")} == {"5"}
    assert scratch.faults() == 0
