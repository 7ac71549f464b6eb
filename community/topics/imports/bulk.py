"""Write many new rows at once: COPY where PostgreSQL offers it, else the ORM's bulk insert."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection
from django.db.models import JSONField, Model

M = TypeVar("M", bound=Model)
SQLITE_BATCH = 500


def insert(model: type[M], objects: Sequence[M]) -> None:
    """Insert new rows and give each object its key. Belongs in a transaction; no signal is sent."""
    if not objects:
        return
    if connection.vendor == "postgresql":
        _give_keys(model, objects)
        _copy(model, objects)
    else:
        model._default_manager.bulk_create(objects, batch_size=SQLITE_BATCH)


def _give_keys(model: type[M], objects: Sequence[M]) -> None:
    missing = [one for one in objects if one.pk is None]
    if not missing:
        return
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [f'"{table}"', column, len(missing)],
        )
        for one, (key,) in zip(missing, cursor.fetchall(), strict=True):
            one.pk = key


def _copy(model: type[M], objects: Sequence[M]) -> None:
    fields = list(model._meta.local_concrete_fields)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    names = [field.attname for field in fields]
    as_json = [(place, field) for place, field in enumerate(fields) if isinstance(field, JSONField)]
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as copy,
    ):
        for one in objects:
            values: list[Any] = [getattr(one, name) for name in names]
            for place, field in as_json:
                values[place] = field.get_db_prep_save(values[place], connection)
            copy.write_row(values)
