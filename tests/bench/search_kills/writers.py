"""People who ask, answer, accept, edit and delete by the API, and try again when a node does not answer."""

import http.client
import json
import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

WORDS = (
    "tap hinge drawer oven sink hob shelf tile lamp fridge filter hose valve seal worktop socket door handle".split()
)
LONGEST_SECONDS = 120.0
OK, CREATED, GONE, NOT_FOUND, CONFLICT, TOO_FAST = 200, 201, 204, 404, 409, 429


class Budget:
    """How many writes are left, for all writers together."""

    def __init__(self, count: int) -> None:
        self._left, self._lock = count, threading.Lock()

    @property
    def left(self) -> int:
        """The writes that are still to be made."""
        return self._left

    def take(self) -> bool:
        """Whether there was one left."""
        with self._lock:
            self._left -= 1
            return self._left >= 0


@dataclass
class Writer(threading.Thread):
    """Two people: one asks, accepts and deletes, the other one answers and edits."""

    ports: list[int]
    asker: str
    answerer: str
    budget: Budget
    dice: random.Random
    pause: float
    topics: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    retries: int = 0
    searches: int = 0
    by_spare: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Write, and search between writes, until the budget is spent."""
        while self.budget.take():
            self.write()
            self.search()
            time.sleep(self.dice.uniform(0, 2 * self.pause))

    def write(self) -> None:
        """One write, of the kind that the dice say."""
        kind = self.dice.random()
        open_topics = [topic for topic in self.topics if not topic.get("gone")]
        open_answers = [answer for answer in self.answers if not answer.get("gone")]
        if kind < 0.3 or not open_topics:
            self.ask()
        elif kind < 0.6 or not open_answers:
            self.answer(self.dice.choice(open_topics))
        elif kind < 0.75:
            self.send("POST", f"posts/{self.dice.choice(open_answers)['id']}/accept", self.asker)
        elif kind < 0.9:
            self.edit(self.dice.choice(open_answers))
        else:
            self.delete(self.dice.choice(open_answers))

    def ask(self) -> None:
        """A question with words of its own."""
        title = f"{' '.join(self.dice.sample(WORDS, 4)).capitalize()} {uuid.uuid4().hex[:12]}"
        made = self.send("POST", "topics", self.asker, {"section": "kitchen", "title": title, "body": self.words()})
        self.titles.append(title)
        self.topics.append(made)

    def answer(self, topic: dict[str, Any]) -> None:
        """An answer."""
        self.answers.append(self.send("POST", f"topics/{topic['id']}/posts", self.answerer, {"body": self.words()}))

    def edit(self, answer: dict[str, Any]) -> None:
        """Other words for an answer. A conflict is an edit that arrived although nobody could say so."""
        changed = {"body": self.words(), "base_revision": answer["revision"]}
        answer["revision"] = self.send("PATCH", f"posts/{answer['id']}", self.answerer, changed).get(
            "revision", answer["revision"] + 1
        )

    def delete(self, answer: dict[str, Any]) -> None:
        """Take an answer back."""
        self.send("DELETE", f"posts/{answer['id']}", self.answerer)
        answer["gone"] = True

    def words(self) -> str:
        """Something to read."""
        return " ".join(self.dice.choices(WORDS, k=20))

    def search(self) -> None:
        """A search, which must be answered whatever is down: by the node that is up, if the other one is not."""
        page = self.send("GET", f"suggest?q={quote_plus(' '.join(self.dice.sample(WORDS, 4)))}", self.asker)
        self.searches += 1
        self.by_spare += page["engine"] == "database"

    def send(self, method: str, path: str, token: str, payload: dict[str, Any] | None = None) -> dict[str, Any]:
        """What the API says, tried at the other node as long as one does not answer."""
        key, until, tried = uuid.uuid4().hex, time.monotonic() + LONGEST_SECONDS, False
        while time.monotonic() < until:
            try:
                status, said = request(self.dice.choice(self.ports), method, path, token, payload, key)
            except (OSError, http.client.HTTPException):
                tried, self.retries = True, self.retries + 1
                time.sleep(0.2)
                continue
            if status in {OK, CREATED, GONE}:
                return said
            if tried and status in {NOT_FOUND, CONFLICT}:
                return {}
            if status != TOO_FAST:
                self.refused.append(f"{method} {path} {status} {said}")
                return {"id": 0, "revision": 1, "gone": True, "engine": ""}
            time.sleep(0.2)
        self.refused.append(f"{method} {path}: no answer within {LONGEST_SECONDS:.0f} s")
        return {"id": 0, "revision": 1, "gone": True, "engine": ""}


def request(
    port: int, method: str, path: str, token: str, payload: dict[str, Any] | None, key: str
) -> tuple[int, dict[str, Any]]:
    """One request to one node: status and content."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": "localhost", "X-Forwarded-Proto": "https", "Authorization": f"Bearer {token}"}
    headers |= {"Content-Type": "application/json", "Idempotency-Key": key}
    try:
        connection.request(method, f"/api/v1/{path}", json.dumps(payload) if payload else None, headers)
        response = connection.getresponse()
        content = response.read()
        return response.status, json.loads(content) if content.startswith(b"{") else {}
    finally:
        connection.close()
