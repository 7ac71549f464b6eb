"""Cursor pages: a list is read on from the last row seen, so page 500 costs what page 1 does."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import Http404
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)
LONGEST_CURSOR = 300


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows of a list, with the cursors of the pages around them (None where there is none)."""

    items: list[M]
    next: str | None
    previous: str | None


def paginate(queryset: QuerySet[M], order: Sequence[str], cursor: str, size: int) -> Page[M]:
    """One page of `queryset`, at most `size` rows, in `order` (field names, `-` for descending, last one unique).

    `cursor` is empty for the first page, "last" for the last one, else what an earlier page gave as next or previous.
    Raises Http404 for a cursor that no page gave. Costs one query.
    """
    backward = cursor == "last" or cursor.startswith("b.")
    directed = [_reversed(name) for name in order] if backward else list(order)
    rows = queryset.order_by(*directed)
    if cursor and cursor != "last":
        try:
            rows = rows.filter(_beyond(directed, _decode(queryset.model, order, cursor)))
        except (ValueError, TypeError, OverflowError, ValidationError, binascii.Error) as error:
            raise Http404(_("This page of the list does not exist. Start again from the first one.")) from error
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    after = (
        _encode("a", order, found[-1])
        if found and (more or cursor.startswith("b.")) and (not backward or cursor != "last")
        else None
    )
    before = _encode("b", order, found[0]) if found and ((more and backward) or (cursor and not backward)) else None
    return Page(found, after, before)


def _reversed(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after `values` in `order`; the redundant bound on the first field lets an index be walked from there."""
    condition, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        condition |= equal & Q(**{f"{field}__{'lt' if name.startswith('-') else 'gt'}": value})
        equal &= Q(**{field: value})
    first = order[0].lstrip("-")
    return Q(**{f"{first}__{'lte' if order[0].startswith('-') else 'gte'}": values[0]}) & condition


def cursor_after(values: Sequence[Any]) -> str:
    """The cursor of the page that begins after the row with `values` in the fields of its order."""
    return _pack("a", values)


def _encode(direction: str, order: Sequence[str], row: Model) -> str:
    return _pack(direction, [getattr(row, name.lstrip("-")) for name in order])


def _pack(direction: str, values: Sequence[Any]) -> str:
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    packed = base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")
    return f"{direction}.{packed}"


def _decode(model: type[Model], order: Sequence[str], cursor: str) -> list[Any]:
    packed = cursor[2:]
    if len(packed) > LONGEST_CURSOR:
        raise ValueError(cursor[:LONGEST_CURSOR])
    values = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    if not cursor.startswith(("a.", "b.")) or not isinstance(values, list) or len(values) != len(order):
        raise ValueError(cursor)
    found = [_field(model, name).to_python(value) for name, value in zip(order, values, strict=True)]
    for moment in found:
        if isinstance(moment, datetime):
            if is_naive(moment):
                raise ValueError(cursor)
            moment.astimezone(UTC)  # what overflows here would do so in the database's adapter
    return found


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    return cast("Field[Any, Any]", model._meta.get_field(name.lstrip("-")))
