"""Search goes on when its engine does not: who answers, when the engine is left alone, and when it is asked again."""

import time
from collections.abc import Collection, Iterable
from datetime import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from search.engines import Document, EngineFault, Filters, Found, Hit, Key
from search.engines.breaker import FAULTS, OPEN_SECONDS, Breaker
from search.engines.failover import FailoverEngine
from search.engines.patience import patience, patience_left


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Answering:
    """An engine that answers with its own name, or fails."""

    def __init__(self, name: str) -> None:
        self.name, self.fault, self.asked = name, None, 0  # type: str, EngineFault | None, int

    def suggest(self, text: str, *, lang: str = "", limit: int = 5) -> list[Hit]:
        self.asked += 1
        if self.fault:
            raise self.fault
        return [Hit(kind="topic", object_id=self.name, score=1, text=1)]

    def search(self, text: str, filters: Filters, *, lang: str = "", limit: int = 200) -> Found:
        return Found(hits=self.suggest(text))

    def related(self, document: Document, *, limit: int = 5) -> list[Hit]:
        return self.suggest("")

    def index(self, documents: Collection[Document], read_at: datetime) -> None:
        self.suggest("")

    def delete(self, keys: Collection[Key], read_at: datetime) -> None:
        self.suggest("")

    def keys(self, kind: str) -> Iterable[tuple[str, str]]:
        return [(self.name, "")]

    def faults(self) -> int:
        return 0

    def mend(self) -> None:
        self.suggest("")

    def check(self) -> None:
        self.suggest("")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def quick() -> Answering:
    return Answering("quick")


@pytest.fixture
def both(quick: Answering, clock: Clock) -> FailoverEngine:
    return FailoverEngine(quick, Answering("spare"), Breaker(clock))


def answered(engine: FailoverEngine) -> str:
    return engine.suggest("a leaking tap")[0].object_id


def test_the_preferred_engine_answers_as_long_as_it_does(both: FailoverEngine) -> None:
    assert answered(both) == both.name == "quick"
    assert both.search("x", Filters()).hits[0].object_id == "quick"


def test_the_very_request_that_fails_is_answered_by_the_spare_one(both: FailoverEngine, quick: Answering) -> None:
    quick.fault = EngineFault("time-out")
    assert answered(both) == both.name == "spare"
    quick.fault = None
    assert answered(both) == "quick"


def test_after_a_few_faults_nobody_waits_for_it_until_it_is_tried_again(
    both: FailoverEngine, quick: Answering, clock: Clock
) -> None:
    quick.fault = EngineFault("time-out")
    for _ in range(FAULTS):
        answered(both)
    assert both.breaker.is_open
    asked = quick.asked
    assert [answered(both) for _ in range(20)] == ["spare"] * 20
    assert quick.asked == asked
    clock.now += OPEN_SECONDS + 0.1
    assert answered(both) == "spare"
    assert quick.asked == asked + 1
    assert answered(both) == "spare"
    assert quick.asked == asked + 1
    quick.fault = None
    clock.now += OPEN_SECONDS + 0.1
    assert answered(both) == "quick"
    assert not both.breaker.is_open


def test_a_lasting_fault_opens_the_breaker_at_once(both: FailoverEngine, quick: Answering) -> None:
    quick.fault = EngineFault("the index is of an older release", lasting=True)
    answered(both)
    assert both.breaker.is_open


def test_one_question_that_waited_in_vain_is_enough() -> None:
    assert not Breaker().failed("refused", seconds=0.1)
    breaker = Breaker()
    assert breaker.failed("time-out", seconds=0.8)
    assert breaker.reason == "time-out"
    assert breaker.succeeded()
    assert not breaker.reason


def test_many_requests_for_one_question_share_its_time() -> None:
    assert patience_left(0.6) == 0.6
    with patience(0.4):
        assert patience_left(0.6) <= 0.4
        time.sleep(0.41)
        with pytest.raises(EngineFault, match="too long"):
            patience_left(0.6)
    assert patience_left(0.6) == 0.6


def test_whoever_asks_for_readiness_tries_it_unless_it_is_left_alone(both: FailoverEngine, quick: Answering) -> None:
    quick.fault = EngineFault("gone", lasting=True)
    both.check()
    assert both.breaker.is_open
    asked = quick.asked
    both.check()
    assert quick.asked == asked


def test_faults_far_apart_do_not_open_it(both: FailoverEngine, quick: Answering, clock: Clock) -> None:
    quick.fault = EngineFault("time-out")
    for _ in range(3 * FAULTS):
        answered(both)
        clock.now += 60
    assert not both.breaker.is_open


def test_what_is_written_is_not_diverted(both: FailoverEngine, quick: Answering) -> None:
    quick.fault = EngineFault("read-only")
    with pytest.raises(EngineFault):
        both.index([], timezone.now())
    with pytest.raises(EngineFault):
        both.delete([], timezone.now())


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 30)), max_size=60))
def test_whatever_happens_every_question_is_answered_and_a_dead_engine_is_asked_seldom(
    moments: list[tuple[bool, float]],
) -> None:
    clock, quick = Clock(), Answering("quick")
    engine = FailoverEngine(quick, Answering("spare"), Breaker(clock))
    last_asked_while_open = -100.0
    for is_down, wait in moments:
        clock.now += wait
        quick.fault = EngineFault("down") if is_down else None
        was_open, asked = engine.breaker.is_open, quick.asked
        assert answered(engine) in ({"spare"} if is_down else {"quick", "spare"})
        if was_open and quick.asked > asked:
            assert clock.now - last_asked_while_open >= OPEN_SECONDS - 0.001 or not is_down
            last_asked_while_open = clock.now
