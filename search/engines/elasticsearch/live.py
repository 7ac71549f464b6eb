"""The site's index behind its alias: which one answers, which ones are written, and how a new one takes its place.

`{alias}` answers. While a new index is built, `{alias}-building` names it, and every writer writes both; at the end the
alias moves from one to the other in one step.
"""

import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from typing import Any

from elasticsearch import Elasticsearch

from search.engines import EngineFault
from search.engines.elasticsearch.faults import NO_INDEX, NOT_FOUND, told_as_faults
from search.engines.elasticsearch.mapping import index
from search.engines.patience import patience_left
from search.meaning import Meaning

# How long a process believes that the index is of its own release.
BELIEVED_SECONDS = 30.0
# What says which indexes there are answers at once, or not at all.
LOOK_SECONDS = 2.0
# All that a rebuild wrote is made searchable in one go.
SWITCH_SECONDS = 900.0
# Each segment of an index is asked for each word and each vector: of so many documents there is one.
DOCUMENTS_A_SEGMENT = 250_000
# Nobody searches an index that is being built: what is written need not be found within a second, and a copy on another
# node is made of the whole. At the switch the usual settings come back.
WHILE_BUILDING = {"refresh_interval": "-1", "number_of_replicas": 0}


class LiveIndex:
    """The index or indexes behind `alias` on a server."""

    def __init__(self, client: Elasticsearch, alias: str, meaning: Meaning | None) -> None:
        self.client, self.alias, self.building = client, alias, f"{alias}-building"
        self._dimensions = meaning.dimensions if meaning else 0
        self._encoder = meaning.name if meaning else ""
        self._believed_until = 0.0

    @property
    def version(self) -> str:
        """What the mapping, its settings and the encoder are: an index of another version cannot be searched."""
        wanted = index("", self.client, self._dimensions).to_dict()
        said = json.dumps([wanted, self._encoder], sort_keys=True, default=str)
        return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()

    def believe(self) -> None:
        """`check`, asked twice a minute at most."""
        if time.monotonic() >= self._believed_until:
            self.check()

    def doubt(self) -> None:
        """Look again before the next question: the last one was answered with a fault."""
        self._believed_until = 0.0

    def check(self) -> None:
        """Raise EngineFault unless the alias leads to an index that this release can search."""
        self.doubt()
        with told_as_faults():
            versions = [about["version"] for _name, about in self._about(self.alias)]
        if not versions:
            raise EngineFault(NO_INDEX, lasting=True)
        if versions != [self.version]:
            raise EngineFault("its index was made by another release: run manage.py search_rebuild", lasting=True)
        self._believed_until = time.monotonic() + BELIEVED_SECONDS

    def written(self) -> list[str]:
        """The aliases under which every change is written: that of the index that answers, of the one being built."""
        with told_as_faults():
            found = [of for of in (self.alias, self.building) if any(self._about(of))]
        if not found:
            raise EngineFault(NO_INDEX, lasting=True)
        return found

    def begin(self) -> tuple[str, dict[str, str]]:
        """Make the next index, or take up the one that an interrupted rebuild left. Returns its name and progress."""
        with told_as_faults():
            for name, about in self._about(self.building):
                if about["version"] == self.version:
                    return name, about.get("done", {})
                self.client.indices.delete(index=name)
            stamp = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{secrets.token_hex(2)}"
            made = index(f"{self.alias}-{stamp}", self.client, self._dimensions)
            body = made.to_dict()
            body.setdefault("mappings", {})["_meta"] = {"version": self.version}
            body.setdefault("settings", {}).update(WHILE_BUILDING)
            body["aliases"] = {self.building: {}}
            self.client.indices.create(index=made._name, **body)
            return made._name, {}

    def note(self, name: str, done: dict[str, str]) -> None:
        """Write down how far the index `name` is: the last id of each kind."""
        with told_as_faults():
            self.client.indices.put_mapping(index=name, meta={"version": self.version, "done": done})

    def switch(self, name: str) -> None:
        """Let the index `name` answer from now on, and drop the one that did."""
        with told_as_faults():
            slow = self.client.options(request_timeout=SWITCH_SECONDS)
            slow.indices.put_settings(index=name, settings=dict.fromkeys(WHILE_BUILDING))
            pack(self.client, name)
            old = [other for other, _about in self._about(self.alias) if other != name]
            moves: list[dict[str, Any]] = [{"add": {"index": name, "alias": self.alias}}]
            moves += [{"remove": {"index": name, "alias": self.building}}]
            moves += [{"remove": {"index": other, "alias": self.alias}} for other in old]
            self.client.indices.update_aliases(actions=moves)
            for other in old:
                self.client.indices.delete(index=other)
        self.doubt()

    def _about(self, alias: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The indexes behind `alias`, with what we wrote on them."""
        looking = self.client.options(request_timeout=patience_left(LOOK_SECONDS), ignore_status=404)
        answer = looking.indices.get_mapping(index=alias)
        if not isinstance(answer.body, dict):
            raise EngineFault("what it answers is not understood", lasting=True)
        if answer.meta.status != NOT_FOUND:
            for name, found in answer.body.items():
                yield name, {"version": "", **found["mappings"].get("_meta", {})}


def pack(client: Elasticsearch, name: str) -> None:
    """Put what the index `name` holds into few segments, and let it be found; takes seconds, with vectors more."""
    slow = client.options(request_timeout=SWITCH_SECONDS)
    slow.indices.refresh(index=name)
    count = slow.count(index=name)["count"]
    slow.indices.forcemerge(index=name, max_num_segments=1 + count // DOCUMENTS_A_SEGMENT)
    slow.indices.refresh(index=name)
