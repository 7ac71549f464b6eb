"""A lookup for the beginning of a word that both databases answer from an index."""

from typing import Any

from django.db.models import CharField, Lookup


@CharField.register_lookup
class BeginsWith(Lookup[str]):
    """`column__begins="prefix"`, for prefixes of letters and digits only.

    Django's startswith cannot use an index on SQLite, whose LIKE ignores case; GLOB can.
    """

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """PostgreSQL: LIKE, served by the index that Django adds for patterns."""
        return self._pattern(compiler, connection, "LIKE", "%")

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """SQLite: GLOB, served by any index."""
        return self._pattern(compiler, connection, "GLOB", "*")

    def _pattern(self, compiler: Any, connection: Any, operator: str, wildcard: str) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} {operator} %s", (*parameters, f"{self.rhs}{wildcard}")
