"""Writing steps down. Measuring never stands in the way of help: a failure is logged, counted, and forgotten."""

import logging
import re
from collections.abc import Iterable
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils import timezone

from community.core import metrics
from search.deflection.visits import pseudonym_of
from search.models import DeflectionEvent, Place, Step

logger = logging.getLogger(__name__)

# Half an hour of silence ends a visit, as web analytics have it.
VISIT_ENDS_AFTER = timedelta(minutes=30)
RETURN_WITHIN = timedelta(days=30)
LONGEST_WORDS = 120
# Telephones, as people write them. Product codes have fewer figures than numbers of orders, cards and customers.
TELEPHONE = re.compile(r"\+?(?:\d[ .-]?){8,}")
MOST_FIGURES = 5


def record(
    request: HttpRequest,
    step: Step,
    *,
    place: str = Place.OTHER,
    documents: Iterable[str] = (),
    words: str = "",
    found: int | None = None,
) -> str:
    """Write one step of the visitor of `request` down. Returns their pseudonym, empty when they are not counted."""
    pseudonym = pseudonym_of(request)
    if pseudonym:
        note(pseudonym, step, place=known_place(place), documents=documents, words=words, found=found)
    return pseudonym


def note(
    pseudonym: str,
    step: Step,
    *,
    place: str = Place.OTHER,
    documents: Iterable[str] = (),
    words: str = "",
    found: int | None = None,
    target: str = "",
) -> None:
    """Write one step of the visitor called `pseudonym` down, and before it that they came back, if they did."""
    now, kept = timezone.now(), without_persons(words)[:LONGEST_WORDS]
    event = DeflectionEvent(
        visitor=pseudonym,
        step=step,
        at=now,
        place=place,
        documents=list(documents),
        words=kept,
        found=found,
        target=target,
    )
    try:
        with transaction.atomic():
            last = (
                DeflectionEvent.objects.filter(visitor=pseudonym).order_by("-at").values_list("at", flat=True).first()
            )
            if last and VISIT_ENDS_AFTER < now - last < RETURN_WITHIN:
                DeflectionEvent.objects.create(visitor=pseudonym, step=Step.RETURNED, at=now, place=place)
            event.save(force_insert=True)
    except DatabaseError as error:
        logger.warning("A step towards help was not recorded: %s", type(error).__name__)
        metrics.degraded.labels(service="deflection").inc()


def known_place(name: str) -> str:
    """`name` if it is one of Place, else OTHER: it comes from an address that anyone can change."""
    return name if name in Place.values else Place.OTHER


def without_persons(words: str) -> str:
    """`words` on one line, with addresses, numbers of orders and telephones taken out."""
    tokens = TELEPHONE.sub("… ", words).split()
    return " ".join("…" if "@" in token or _figures(token) > MOST_FIGURES else token for token in tokens)


def _figures(token: str) -> int:
    return sum(character.isdigit() for character in token)
