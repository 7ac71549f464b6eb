"""What search keeps: the database engine's index, and what people were shown before they asked."""

from search.models.ask_sessions import AskSession, Outcome
from search.models.index import Posting, SearchDocument, Word

__all__ = ["AskSession", "Outcome", "Posting", "SearchDocument", "Word"]
