"""The PostgreSQL that the suite starts has what our full text search uses."""

import pytest
from django.db import connection

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def query(sql: str, *values: str) -> object:
    """The one value that `sql` gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return row[0]


def test_french_text_is_found_by_another_form_of_the_word() -> None:
    sql = "SELECT to_tsvector('french', %s) @@ plainto_tsquery('french', %s)"
    assert query(sql, "Les étagères de la cuisine", "étagère cuisines") is True


def test_the_unaccent_extension_can_be_created_and_folds_accents() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    assert query("SELECT unaccent(%s)", "évier") == "evier"
