"""What an index of ours looks like: strict, and the same however many languages and encoders there are.

Words come analysed already (`search.analysis`, `search.stems`), so that both engines read alike and what is highlighted
is what was matched: folded, without elided articles, codes kept whole, and each as its French and as its English stem.
"""

from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import (
    Boolean,
    Date,
    DenseVector,
    Document,
    Index,
    Integer,
    Keyword,
    Long,
    Mapping,
    MetaField,
    Text,
)

from search import scoring

LANGUAGES = ("fr", "en")
# Prose weighs by how dense it is in a word, whatever its length (the database engine spares long texts a little): worth
# 2 points of the three measures' sum on the benchmark.
PROSE = (1.0, 4.0, 1.0, 300.0)


def _similarity(constants: tuple[float, float, float, float]) -> dict[str, Any]:
    """Saturated frequency as `scoring.impacts` has it; how rare a word is comes with the query, the same in all fields.

    Elasticsearch's own rarity goes by field: in a community of French articles and short English questions any English
    word of an article's text would look rare.
    """
    _, saturation, slope, usual = constants
    damping = f"{saturation} * (1 - {slope} + {slope} * doc.length / {usual})"
    return {"type": "scripted", "script": {"source": f"return query.boost * doc.freq / (doc.freq + {damping});"}}


SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "similarity": {"title": _similarity(scoring.TITLE), "prose": _similarity(PROSE)},
    # How long a deletion is remembered, so that an older update arriving late does not undo it.
    "gc_deletes": "1h",
}
NOT_KEPT = ["vector", "words", *(f"{of}_{lang}" for of in ("title", "body", "answer") for lang in LANGUAGES)]


def _words(of: str, lang: str) -> Text:
    """The stems of `lang` in the field `of`, copied to those of the whole document.

    They are counted, and never asked for side by side: where they stand is not indexed.
    """
    similarity = "title" if of == "title" else "prose"
    return Text(analyzer="whitespace", similarity=similarity, index_options="freqs", copy_to=f"all_{lang}")


def _all_words() -> Text:
    """Which words a document holds, whatever their number."""
    return Text(analyzer="whitespace", norms=False, index_options="docs")


class Entry(Document):
    """One topic or help article."""

    kind = Keyword()
    object_id = Keyword(index=False)
    lang = Keyword()
    section_id = Long()
    tags = Keyword()
    is_solved = Boolean()
    # For ranking again in the client; not searched. Read column by column: the source of a document lies beside all
    # that was sent of it, for hours, and takes long to unpack.
    helpful_count = Integer(index=False)
    vote_count = Integer(index=False)
    activity_at = Date(index=False)
    title = Keyword(index=False)
    # Read from the source, for comparing.
    fingerprint = Keyword(index=False, doc_values=False)
    title_fr, title_en = _words("title", "fr"), _words("title", "en")
    body_fr, body_en = _words("body", "fr"), _words("body", "en")
    answer_fr, answer_en = _words("answer", "fr"), _words("answer", "en")
    # All stems, for counting documents and for finding the promising ones. The server puts them together: sent and
    # indexed as keywords they cost as much as all else.
    all_fr, all_en = _all_words(), _all_words()
    # All words folded, for completing and for putting slips right.
    words = _all_words()

    class Meta:
        dynamic = MetaField("strict")
        # The database has the texts: what is searched need not be kept a second time.
        source = MetaField(excludes=NOT_KEPT)


def index(name: str, client: Elasticsearch, dimensions: int = 0) -> Index:
    """The index called `name`, not yet made; with room for vectors of `dimensions`, if any."""
    found = Index(name, using=client)
    found.settings(**SETTINGS)
    found.document(Entry)
    if dimensions:
        vectors = Mapping()
        vectors.field(
            "vector", DenseVector(dims=dimensions, similarity="dot_product", index_options={"type": "int8_hnsw"})
        )
        found.mapping(vectors)
    return found
