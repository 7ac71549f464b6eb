"""With an encoder, what shares no word with a question is found; what means something else is not."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from search.engines import Document
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.scratch import scratch_engine
from search.meaning.chosen import ENCODERS, load

pytestmark = pytest.mark.elasticsearch

TITLES = ("Écran noir", "How do I get a refund?", "Quand semer les carottes ?", "Le robinet de la cuisine goutte")


@pytest.fixture(params=sorted(ENCODERS))
def meant(request: pytest.FixtureRequest, elasticsearch_url: str) -> Iterator[ElasticsearchEngine]:
    """An engine with each encoder, and a few questions."""
    pytest.importorskip(ENCODERS[request.param].libraries[0])
    with scratch_engine(elasticsearch_url, load(request.param)) as engine:
        documents = [Document(kind="topic", object_id=title, title=title) for title in TITLES]
        engine.index(documents, timezone.now())
        engine.mend()
        yield engine


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("how can I be refunded", "How do I get a refund?"),
        ("how do I get my money back", "How do I get a refund?"),
        ("le robbinet goute", "Le robinet de la cuisine goutte"),
    ],
)
def test_what_means_the_same_comes_first(meant: ElasticsearchEngine, typed: str, first: str) -> None:
    assert meant.suggest(typed)[0].object_id == first


@pytest.mark.parametrize("typed", ["quelle est la capitale de l'Australie", "who painted the starry night"])
def test_what_means_something_else_is_not_suggested(meant: ElasticsearchEngine, typed: str) -> None:
    assert meant.suggest(typed) == []


def test_a_score_tells_what_meaning_added(meant: ElasticsearchEngine) -> None:
    [hit, *_] = meant.suggest("how do I get a refund")
    assert hit.parts["meaning"] > 0.5


@pytest.mark.parametrize("typed", ["", "…", "\0"])
def test_nothing_typed_finds_nothing(meant: ElasticsearchEngine, typed: str) -> None:
    assert meant.suggest(typed) == []


def test_every_document_has_its_vector(meant: ElasticsearchEngine) -> None:
    assert meant.faults() == 0
