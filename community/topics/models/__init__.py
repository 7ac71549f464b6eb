"""The forum's tables, one module per aggregate."""

from community.topics.models.drafts import Draft, IdempotencyKey
from community.topics.models.following import Follow, ReadMark, SameProblem
from community.topics.models.imports import ImportedRecord, ImportSource, RecordKind
from community.topics.models.posts import Post, PostKind, PostRevision, PostVote
from community.topics.models.resolutions import Resolution, ResolutionKind
from community.topics.models.sections import Section
from community.topics.models.suggestions import EditSuggestion, SuggestionState
from community.topics.models.tags import Tag
from community.topics.models.topics import Topic, TopicKind
from community.topics.models.uploads import Upload

__all__ = [
    "Draft",
    "EditSuggestion",
    "Follow",
    "IdempotencyKey",
    "ImportSource",
    "ImportedRecord",
    "Post",
    "PostKind",
    "PostRevision",
    "PostVote",
    "ReadMark",
    "RecordKind",
    "Resolution",
    "ResolutionKind",
    "SameProblem",
    "Section",
    "SuggestionState",
    "Tag",
    "Topic",
    "TopicKind",
    "Upload",
]
