"""What search keeps: the database engine's index, and what people were shown before they asked."""

from search.models.index import Posting, SearchDocument, Word

__all__ = ["Posting", "SearchDocument", "Word"]
