"""Work that waits for no one: keeping the index in step."""

from django_tasks import task

from search.engines.chosen import engine
from search.indexing import refresh


@task()
def refresh_documents_task(kind: str, ids: list[str]) -> None:
    """Index again what the database says of `ids`; a missing row is forgotten."""
    refresh(kind, ids, engine())
