"""Measures of a search over a judged collection: corpus, queries, and which documents answer which query."""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

DRAWS, SEED = 500, 7


class Measures(NamedTuple):
    """How well a ranking serves one query, or the mean of many."""

    recall: float
    reciprocal_rank: float
    success: float


class JudgedQuery(NamedTuple):
    """What was typed, the task it belongs to, and the documents that answer it."""

    id: str
    text: str
    task: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class Collection:
    """A folder in the format of the search benchmark: corpus.jsonl.gz, queries.jsonl, qrels.tsv."""

    folder: Path

    def documents(self) -> Iterator[dict[str, Any]]:
        """The documents, one at a time: id, title, body, lang."""
        with gzip.open(self.folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)

    def queries(self) -> list[JudgedQuery]:
        """The queries that have at least one relevant document."""
        relevant: dict[str, set[str]] = defaultdict(set)
        for line in (self.folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
            query, document, grade = line.split()
            if int(grade) > 0:
                relevant[query].add(document)
        rows = map(json.loads, (self.folder / "queries.jsonl").read_text(encoding="utf-8").splitlines())
        return [
            JudgedQuery(row["id"], row["title"], row["task"], frozenset(relevant[row["id"]]))
            for row in rows
            if relevant[row["id"]]
        ]


def measure(ranked: Sequence[str], relevant: frozenset[str]) -> Measures:
    """recall@5 (of at most five), MRR@10 and success@5 of one ranking."""
    top = sum(document in relevant for document in ranked[:5])
    first = next((rank for rank, document in enumerate(ranked[:10], 1) if document in relevant), None)
    return Measures(top / min(5, len(relevant)), 1 / first if first else 0.0, float(top > 0))


def mean(rows: Sequence[Measures]) -> Measures:
    """The mean of each measure."""
    return Measures(*(sum(values) / len(rows) for values in zip(*rows, strict=True)))


def interval(rows: Sequence[tuple[JudgedQuery, Measures]]) -> tuple[Measures, Measures]:
    """The 95 % interval of the mean by bootstrap over needs.

    Queries that share a relevant document (the first by name) are phrasings of one need, and are drawn together.
    """
    needs: dict[str, list[Measures]] = defaultdict(list)
    for query, row in rows:
        needs[min(query.relevant)].append(row)
    groups, draw = list(needs.values()), random.Random(SEED)  # noqa: S311  not a secret
    means = [mean([row for group in draw.choices(groups, k=len(groups)) for row in group]) for _ in range(DRAWS)]
    ordered = [sorted(values) for values in zip(*means, strict=True)]
    low, high = int(0.025 * (DRAWS - 1)), int(0.975 * (DRAWS - 1))
    return Measures(*(values[low] for values in ordered)), Measures(*(values[high] for values in ordered))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of `values` lie."""
    return sorted(values)[int(share * (len(values) - 1))]
