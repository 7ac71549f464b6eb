"""What search keeps: the index of the database engine, looks before asking, and steps towards help."""

from search.models.ask_sessions import AskSession, Outcome
from search.models.curation import PromotedAnswer, StopPhrase, SynonymGroup
from search.models.deflection import DeflectionEvent, MeasurementSettings, Place, Step
from search.models.index import Posting, SearchDocument, Word
from search.models.outdated import OutdatedDocument

__all__ = [
    "AskSession",
    "DeflectionEvent",
    "MeasurementSettings",
    "Outcome",
    "OutdatedDocument",
    "Place",
    "Posting",
    "PromotedAnswer",
    "SearchDocument",
    "Step",
    "StopPhrase",
    "SynonymGroup",
    "Word",
]
