"""Documents as the index holds them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from search.analysis import words_of
from search.engines import Document, Key, fingerprint
from search.meaning import Meaning
from search.stems import stems_of

KEPT = (
    *("kind", "object_id", "lang", "section_id", "is_solved", "helpful_count", "vote_count", "activity_at"),
    *("title",),
)


def id_of(key: Key) -> str:
    """The id of a document in the index."""
    return _id(key.kind, key.object_id)


def id_of_row(row: Mapping[str, Any]) -> str:
    """The same of a row of the index."""
    return _id(row["kind"], row["object_id"])


def _id(kind: str, object_id: str) -> str:
    return f"{kind}:{object_id}"


def version_of(read_at: datetime) -> int:
    """The external version of what was read at `read_at`: its microseconds, so that the later reading wins."""
    return int(read_at.timestamp() * 1_000_000)


def entries(documents: Collection[Document], meaning: Meaning | None) -> Iterator[dict[str, Any]]:
    """`documents` as rows of the index; with their vectors, if there is an encoder."""
    texts = [(document.title, document.body or document.answer) for document in documents]
    vectors = meaning.of_documents(texts) if meaning else [None for _ in texts]
    for document, vector in zip(documents, vectors, strict=True):
        yield entry(document) | ({"vector": vector} if vector else {})


def entry(document: Document) -> dict[str, Any]:
    """One document as a row of the index, less its vector."""
    row: dict[str, Any] = {name: getattr(document, name) for name in KEPT}
    row |= {"tags": list(document.tags), "fingerprint": fingerprint(document)}
    all_words: dict[str, None] = {}
    for name in ("title", "body", "answer"):
        words = words_of(getattr(document, name))
        french, english = zip(*map(stems_of, words), strict=True) if words else ((), ())
        row[f"{name}_fr"], row[f"{name}_en"] = " ".join(french), " ".join(english)
        all_words |= dict.fromkeys(words)
    return row | {"words": " ".join(all_words)}


def actions(rows: Collection[dict[str, Any]], keys: Collection[Key], read_at: datetime, index: str) -> Iterator[Any]:
    """The bulk actions that index `rows` and forget `keys`, unless either is known from a later reading."""
    common = {"_index": index, "version": version_of(read_at), "version_type": "external_gte"}
    for row in rows:
        yield {**common, "_op_type": "index", "_id": id_of_row(row), "_source": row}
    for key in keys:
        yield {**common, "_op_type": "delete", "_id": id_of(key)}
