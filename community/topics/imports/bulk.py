"""Write many rows at once: COPY and arrays where PostgreSQL offers them, else the ORM's bulk operations.

Rows are dictionaries by column attribute (`topic_id`, not `topic`); what they leave out has the model's default.
No signal is sent. All of it belongs in a transaction.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model

SQLITE_BATCH = 500
Row = Mapping[str, Any]


def insert(model: type[Model], rows: Sequence[Row]) -> list[int]:
    """Insert new rows. Returns their keys, in order."""
    if not rows:
        return []
    if connection.vendor != "postgresql":
        return [one.pk for one in _insert_objects(model, rows)]
    key = str(model._meta.pk.attname)
    keys = [row[key] for row in rows] if key in rows[0] else _new_keys(model, len(rows))
    _copy(model, rows, keys)
    return keys


def insert_unseen(model: type[Model], rows: Sequence[Row]) -> None:
    """Insert new rows whose keys nobody asks for."""
    if rows and connection.vendor != "postgresql":
        _insert_objects(model, rows)
    elif rows:
        _copy(model, rows, None)


def update(model: type[Model], columns: Sequence[str], values: Mapping[int, Sequence[Any]]) -> None:
    """Give the rows with these keys new values in `columns` (attributes, as in rows to insert)."""
    if not values:
        return
    if connection.vendor != "postgresql":
        objects = [model(pk=key, **dict(zip(columns, new, strict=True))) for key, new in values.items()]
        model._default_manager.bulk_update(objects, columns, batch_size=SQLITE_BATCH)
        return
    table, quote = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name
    fields = [next(field for field in model._meta.local_concrete_fields if field.attname == name) for name in columns]
    names = [quote(str(field.column)) for field in fields]
    assignments = ", ".join(f"{name} = new.{name}" for name in names)
    arrays = "".join(f", %s::{field.db_type(connection)}[]" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {assignments} FROM unnest(%s::bigint[]{arrays}) AS new (key, {', '.join(names)}) "  # noqa: S608
            f"WHERE {table}.id = new.key",
            [list(values), *(list(column) for column in zip(*values.values(), strict=True))],
        )


def among(numbers: Collection[int]) -> tuple[str, list[Any]]:
    """SQL that follows a column to say that it is one of `numbers`, and its parameters."""
    if connection.vendor == "postgresql":
        # Behind a subquery PostgreSQL's planner does not weigh each number, and then read the whole table.
        return "= ANY (ARRAY(SELECT unnest(%s::bigint[])))", [list(numbers)]
    return f"IN ({', '.join(['%s'] * len(numbers))})", list(numbers)


def pairs_in(table: str, columns: tuple[str, str], fixed: Row, numbers: Collection[int]) -> dict[int, int]:
    """Two columns of `table` as a dictionary, where the first is among `numbers` and others are as `fixed`."""
    if not numbers:
        return {}
    where = "".join(f"{column} = %s AND " for column in fixed)
    are_these, parameters = among(numbers)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns[0]}, {columns[1]} FROM {table} WHERE {where}{columns[0]} {are_these}",  # noqa: S608
            [*fixed.values(), *parameters],
        )
        return dict(cursor.fetchall())


def _insert_objects(model: type[Model], rows: Sequence[Row]) -> list[Model]:
    return model._default_manager.bulk_create([model(**row) for row in rows], batch_size=SQLITE_BATCH)


def _new_keys(model: type[Model], count: int) -> list[int]:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, model._meta.pk.column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _copy(model: type[Model], rows: Sequence[Row], keys: Sequence[int] | None) -> None:
    """Send rows by COPY; without keys the database gives them."""
    key = str(model._meta.pk.attname)
    has_keys = keys is not None or key in rows[0]
    fields = [field for field in model._meta.local_concrete_fields if has_keys or field.attname != key]
    names = [field.attname for field in fields]
    defaults = {
        field.attname: field.get_db_prep_save(field.get_default(), connection)
        if isinstance(field, JSONField)
        else field.get_default()
        for field in fields
        if field.attname not in rows[0] and field.attname != key
    }
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as copy,
    ):
        for place, row in enumerate(rows):
            complete = {**defaults, **row}
            if keys is not None:
                complete[key] = keys[place]
            copy.write_row([complete[name] for name in names])
