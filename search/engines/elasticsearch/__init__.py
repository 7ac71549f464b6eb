"""The engine for large communities: Elasticsearch proposes by words, and by meaning if there is an encoder."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import copy_context
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search
from elasticsearch.helpers import BulkIndexError, streaming_bulk

from search.beside import Beside
from search.engines import Document, EngineFault, Facets, Filters, Found, Hit, Key
from search.engines.elasticsearch import queries, ranking, reading
from search.engines.elasticsearch.entries import actions, entries, id_of, id_of_row
from search.engines.elasticsearch.faults import fault_of, told_as_faults
from search.engines.elasticsearch.live import LiveIndex
from search.engines.elasticsearch.mapping import LANGUAGES
from search.engines.elasticsearch.ranking import Candidate, Titles
from search.engines.elasticsearch.reading import Reading, Vocabulary
from search.engines.patience import patience_left
from search.meaning import Meaning

# Unless so much speaks for an answer (`ranking.Ranking`), by words alone or with meaning, or something is so alike,
# what was found has a word of the question and no more: nothing is suggested. Nor is what fits too little. Chosen on
# the benchmark: tests/bench/search.
LEAST_EVIDENCE, LEAST_EVIDENCE_WITH_MEANING, LEAST_ALIKE = 0.63, 1.0, 0.38
LEAST_FIT = 0.06
MOST_FOUND = 200
WORDS_OF_A_DOCUMENT = 25
# A page does not wait longer for one request, nor for them all (`search.engines.patience`); the index takes its time.
ASK_SECONDS, WRITE_SECONDS = 0.6, 30.0
# Half an answer is none: a shard that is gone would hide its documents without a word.
WHOLE = {"allow_partial_search_results": False}
NOT_UNDERSTOOD = "what it answers is not understood"
# An older update that comes late is as it should be. (A deletion of what is not there is no error to begin with.)
CAME_LATE = 409
# Where the index is asked while an encoder works, which lets go of the interpreter.
_aside = Beside("asking")

Answer = Mapping[str, Any]


class _Words(NamedTuple):
    """What was typed, how much of its telling words one document holds, and the titles compared with it."""

    asked: Reading
    held: float
    titles: Titles


class ElasticsearchEngine:
    """Documents behind the alias `alias`; the index is made by `mapping.index`.

    `live` tells, for the site's own index, whether it can be searched, and which indexes take what is written.
    """

    name = "elasticsearch"

    def __init__(
        self,
        client: Elasticsearch,
        alias: str,
        meaning: Meaning | None = None,
        live: LiveIndex | None = None,
    ) -> None:
        self._writing = client.options(request_timeout=WRITE_SECONDS)
        self._client, self._index, self._meaning, self.live = client, alias, meaning, live

    def index(self, documents: Collection[Document], read_at: datetime) -> None:
        """Add or replace `documents`."""
        rows = list(entries(documents, self._meaning))
        for name in self._written():
            self._write(actions(rows, [], read_at, name))

    def delete(self, keys: Collection[Key], read_at: datetime) -> None:
        """Forget documents."""
        for name in self._written():
            self._write(actions([], keys, read_at, name))

    def suggest(self, text: str, *, lang: str = "", limit: int = 5) -> list[Hit]:
        """The documents that fit best what is being typed, none below the floor."""
        return self._best(text, lang, unfinished=True)[:limit]

    def search(self, text: str, filters: Filters, *, lang: str = "", limit: int = 200) -> Found:
        """Whatever holds most of the words, first what fits best."""
        asked = self._read(text)
        if not asked.says_something:
            return Found(hits=[], did_you_mean=asked.corrected)
        for least in ("2<60%", 1):
            found, counted = self._ask_at_once(
                queries.search(asked, filters, least=least, size=MOST_FOUND),
                queries.facets(asked, filters, least=least),
            )
            if found["hits"]["hits"]:
                break
        hits = ranking.ranked(asked, _candidates(found), lang=lang, now=timezone.now()).hits
        return Found(
            hits=hits[:limit],
            facets=_facets(counted),
            did_you_mean=asked.corrected,
            is_cut=_total(counted) > MOST_FOUND,
        )

    def related(self, document: Document, *, limit: int = 5) -> list[Hit]:
        """The documents that hold the most telling words of `document`, its title's above all."""
        text = f"{document.title} {' '.join(document.body.split()[:WORDS_OF_A_DOCUMENT])}"
        hits = self._best(text, document.lang)
        return [hit for hit in hits if id_of(hit) != id_of(document)][:limit]

    def keys(self, kind: str) -> Iterator[tuple[str, str]]:
        """Id and fingerprint of every document of `kind`."""
        search = queries.of_kind(kind).using(self._writing).index(self._index)
        with told_as_faults():
            self._writing.indices.refresh(index=self._index)
            yield from ((str(hit.object_id), str(hit.fingerprint)) for hit in search.scan())

    def faults(self) -> int:
        """The documents that were indexed without the encoder's vector."""
        if not self._meaning:
            return 0
        with told_as_faults():
            return int(queries.without_vector().using(self._writing).index(self._index).count())

    def mend(self) -> None:
        """Let everything indexed be found at once. A missing vector takes a rebuild."""
        with told_as_faults():
            self._writing.indices.refresh(index=self._index)

    def check(self) -> None:
        """Ask the server whether the index is there, and one that this release can search."""
        if self.live:
            self.live.check()

    def writing_to(self, alias: str) -> "ElasticsearchEngine":
        """The same engine on the index behind `alias` alone."""
        return ElasticsearchEngine(self._client, alias, self._meaning)

    def _written(self) -> list[str]:
        return self.live.written() if self.live else [self._index]

    def _best(self, text: str, lang: str, *, unfinished: bool = False) -> list[Hit]:
        meaning = self._meaning if text.strip() else None
        words, answer = self._also_meant(meaning, text, unfinished) if meaning else self._by_words(text, unfinished)
        if words is None:
            return []
        found = ranking.ranked(
            words.asked,
            _candidates(answer, by_meaning=meaning is not None),
            held=words.held,
            by_meaning=meaning is not None,
            titles=words.titles,
            lang=lang,
            now=timezone.now(),
        )
        least = LEAST_EVIDENCE_WITH_MEANING if meaning else LEAST_EVIDENCE
        if found.evidence < least and found.likeness < LEAST_ALIKE:
            return []
        return [hit for hit in found.hits if hit.text >= LEAST_FIT]

    def _by_words(self, text: str, unfinished: bool, *, also_meant: bool = False) -> tuple[_Words | None, Answer]:
        """What fits the words of `text`; None when they say nothing."""
        asked = self._read(text, unfinished=unfinished)
        if not (asked.says_something or (also_meant and asked.terms)):
            return None, {}
        fitting, most_held = self._ask_at_once(queries.fitting(asked, also_meant=also_meant), queries.most_held(asked))
        held = max((hit["_score"] for hit in most_held["hits"]["hits"]), default=0.0)
        return _Words(asked, held, Titles(asked)), fitting

    def _also_meant(self, meaning: Meaning, text: str, unfinished: bool) -> tuple[_Words | None, Answer]:
        """What fits the words of `text`, with what means the same.

        The encoder takes longest: the index is asked about the words meanwhile. It reads what was typed, slips and
        all: a word that nobody wrote need not be a slip, and to encode twice takes twice as long.
        """
        aside = _aside.submit(copy_context().run, self._prepared, text, unfinished)
        vector = meaning.of_query(text)
        words, prepared = aside.result()
        return words, self._ask(queries.also_alike(prepared, vector)) if words else {}

    def _prepared(self, text: str, unfinished: bool) -> tuple[_Words | None, Answer]:
        """What fits the words of `text`, ready to be weighed beside what means the same, its titles compared."""
        words, answer = self._by_words(text, unfinished, also_meant=True)
        if words is None:
            return None, {}
        rows = [_row(hit) for hit in answer["hits"]["hits"]]
        for row in rows:
            words.titles.close(row["title"])
        return words, queries.weighed(words.asked, [id_of_row(row) for row in rows]).to_dict()

    def _read(self, text: str, *, unfinished: bool = False) -> Reading:
        words = reading.typed_words(text)
        known = Vocabulary()
        if words:
            asked = [queries.vocabulary(words)]
            if unfinished and reading.may_go_on(words[-1]):
                asked.append(queries.begun(words[-1]))
            said, *begun = self._ask_at_once(*asked)
            known = _vocabulary(said, words, begun=sum(map(_total, begun)))
        return reading.read(text, known, unfinished=unfinished)

    def _ask(self, body: dict[str, Any]) -> Answer:
        with self._asking() as client:
            answer: Answer = client.search(
                index=self._index,
                body=body,
                allow_partial_search_results=False,
                include_named_queries_score=True,
            ).body
            if not isinstance(answer, dict) or "hits" not in answer:
                raise EngineFault(NOT_UNDERSTOOD, lasting=True)
            return answer

    def _ask_at_once(self, *searches: Search[Any]) -> list[Answer]:
        """The answers to `searches`, which the server works on side by side."""
        lines = [line for search in searches for line in (WHOLE, search.to_dict())]
        with self._asking() as client:
            said = client.msearch(index=self._index, searches=lines).body
            answers: list[Answer] = said.get("responses", []) if isinstance(said, dict) else []
            for answer in answers:
                if "error" in answer:
                    raise fault_of(answer)
            if len(answers) != len(searches) or not all("hits" in answer for answer in answers):
                raise EngineFault(NOT_UNDERSTOOD, lasting=True)
            return answers

    @contextmanager
    def _asking(self) -> Iterator[Elasticsearch]:
        """A client that does not wait for long. After a fault the index is looked at again before the next question."""
        if self.live:
            self.live.believe()
        patient = self._client.options(request_timeout=patience_left(ASK_SECONDS), max_retries=0)
        try:
            with told_as_faults():
                yield patient
        except EngineFault:
            if self.live:
                self.live.doubt()
            raise

    def _write(self, rows: Iterator[Any]) -> None:
        """Send bulk actions; what fails and did not merely come late is raised together.

        To an alias only: written to a name that is gone meanwhile, the server would make up an index of its own.
        """
        failed = []
        with told_as_faults():
            for _done, item in streaming_bulk(self._writing, rows, raise_on_error=False, require_alias=True):
                result = next(iter(item.values()))
                if "error" in result and result["status"] != CAME_LATE:
                    failed.append(item)
            if failed:
                raise BulkIndexError(f"{len(failed)} documents could not be indexed", failed)


def _vocabulary(said: Answer, words: list[str], begun: int) -> Vocabulary:
    """What an answer to `queries.vocabulary` says, and how many hold a word that is `begun`."""
    held = said["aggregations"]["held"]["buckets"]
    near = {
        word: {option["text"]: option["freq"] for token in tokens for option in token["options"]}
        for word in words
        if (tokens := said.get("suggest", {}).get(f"near {word}"))
    }
    return Vocabulary(
        total=said["hits"]["total"]["value"],
        counts={word: max(held[queries.counted(word, lang)]["doc_count"] for lang in LANGUAGES) for word in words},
        begun=begun,
        near=near,
    )


def _total(answer: Answer) -> int:
    return int(answer["hits"]["total"]["value"])


def _candidates(answer: Answer, *, by_meaning: bool = False) -> list[Candidate]:
    return [_candidate(hit, by_meaning) for hit in answer["hits"]["hits"]]


def _candidate(hit: Mapping[str, Any], by_meaning: bool) -> Candidate:
    if not by_meaning:
        return Candidate(_row(hit), hit["_score"])
    named = hit.get("matched_queries", {})
    return Candidate(_row(hit), named.get("body", 0.0) + named.get("answer", 0.0), max(hit["_score"] - 1.0, 0.0))


def _row(hit: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a hit; each of ours has one value."""
    return {name: values[0] for name, values in hit["fields"].items()}


def _facets(answer: Answer) -> Facets:
    counts = {
        name: {bucket["key"]: bucket["doc_count"] for bucket in facet["values"]["buckets"]}
        for name, facet in answer["aggregations"].items()
    }
    counts["solved"] = {bool(value): count for value, count in counts["solved"].items()}
    return Facets(**counts)
