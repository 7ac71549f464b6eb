"""The Elasticsearch that the suite starts analyses French the way our search needs it."""

from collections.abc import Iterator

import pytest
from elasticsearch_dsl import Document, Index, Text, analyzer, connections, token_filter

pytestmark = pytest.mark.elasticsearch

french = analyzer(
    "french_for_tests",
    tokenizer="standard",
    filter=[
        token_filter("french_elision_for_tests", type="elision", articles_case=True, articles=["l", "d", "qu"]),
        "lowercase",
        token_filter("french_stemmer_for_tests", type="stemmer", language="light_french"),
        "asciifolding",
    ],
)


class Note(Document):
    """A document with one French text."""

    title = Text(analyzer=french)


@pytest.fixture
def notes(elasticsearch_url: str, index_prefix: str) -> Iterator[Index]:
    """An index of our own, gone after the test."""
    connections.create_connection(alias="tests", hosts=[elasticsearch_url])
    index = Index(f"{index_prefix}-notes", using="tests")
    index.document(Note)
    index.create()
    yield index
    index.delete()
    connections.remove_connection("tests")


@pytest.mark.parametrize(
    ("text", "token"), [("l'évier", "evi"), ("L’évier", "evi"), ("éviers", "evi"), ("d'étagères", "etager")]
)
def test_french_words_lose_their_article_their_ending_and_their_accents(notes: Index, text: str, token: str) -> None:
    answer = notes.analyze(field="title", text=text)
    assert [found["token"] for found in answer["tokens"]] == [token]


def test_a_question_is_found_by_the_plural_without_accents(notes: Index, index_prefix: str) -> None:
    name = f"{index_prefix}-notes"
    Note(title="Comment déboucher l’évier de la cuisine").save(using="tests", index=name, refresh=True)
    found = Note.search(using="tests", index=name).query("match", title="eviers bouches").execute()
    assert [hit.title for hit in found] == ["Comment déboucher l’évier de la cuisine"]
