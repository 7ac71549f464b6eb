"""How long it takes until an answer that was accepted is suggested."""

import json
import random
import time
from urllib.parse import quote_plus

from community.accounts.models import User
from community.topics.actions.answer import post_answer
from community.topics.actions.ask import ask_question
from community.topics.actions.resolve import accept_answer
from community.topics.models import Section
from search.engines import EngineFault
from tests.bench.search.asking import Site, Times, times_of
from tests.bench.search.writing import LETTERS

LONGEST_SECONDS, EVERY_SECONDS = 60.0, 0.05


def accepted_to_suggested(site: Site, dice: random.Random, rounds: int) -> Times:
    """Accept answers with words of their own, that the index knows nothing of before, and ask for these words."""
    asker, first, second = User.objects.order_by("pk")[:3]
    took = []
    for _ in range(rounds):
        words = " ".join("".join(dice.choices(LETTERS, k=9)).lower() for _ in range(3))
        topic = ask_question(
            by=asker, section=Section.objects.all()[0], title="Something that nobody knew until now",
            body="What is it?", kind="question", lang="en", tags=[],
        )  # fmt: skip
        post_answer(topic, by=first, body="I do not know, sorry.")
        answer = post_answer(topic, by=second, body=f"It is {words}.")
        time.sleep(dice.uniform(2, 3))
        accept_answer(answer, by=asker)
        started = time.perf_counter()
        while not _is_suggested(site, words) and time.perf_counter() - started < LONGEST_SECONDS:
            time.sleep(EVERY_SECONDS)
        took.append(time.perf_counter() - started)
    return times_of(took)


def _is_suggested(site: Site, words: str) -> bool:
    try:
        found = json.loads(site.get(f"/api/v1/suggest?q={quote_plus(words)}"))
    except EngineFault:
        return False
    return any(words in item["excerpt"] for item in found["items"])
