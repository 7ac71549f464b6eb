"""The steps of an import, in the order in which one needs what another brought."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from community.topics.imports import rows
from community.topics.imports.batches import Read
from community.topics.imports.comments import import_comments
from community.topics.imports.context import Context
from community.topics.imports.converting import Convert, Converted, convert_comment, convert_post
from community.topics.imports.links import date_acceptances, import_duplicates
from community.topics.imports.members import import_members
from community.topics.imports.topics import import_answers, import_questions
from community.topics.models import RecordKind

Store = Callable[[Context, Sequence[Any], Sequence[Converted]], Collection[int]]


@dataclass(frozen=True, slots=True)
class Phase:
    """One pass over one file: what it reads, how texts are converted, and what stores a batch.

    `kind` is how its rows are remembered, None when storing them twice changes nothing. `store` returns the keys
    of the topics that it changed.
    """

    name: str
    file: str
    read: Read
    store: Store
    kind: RecordKind | None = None
    text: Callable[[Any], str] | None = None
    convert: Convert = convert_post


def _store_members(context: Context, batch: Sequence[rows.UserRow], _texts: Sequence[Converted]) -> Collection[int]:
    import_members(context, batch)
    return ()


def _store_duplicates(
    context: Context, batch: Sequence[rows.PostLinkRow], _texts: Sequence[Converted]
) -> Collection[int]:
    return import_duplicates(context, batch)


def _store_dates(context: Context, batch: Sequence[rows.VoteRow], _texts: Sequence[Converted]) -> Collection[int]:
    return date_acceptances(context, batch)


def _body(row: rows.PostRow) -> str:
    return row.body_html


def _words(row: rows.CommentRow) -> str:
    return row.text


# Answers can have lower numbers than their question (after a merge), so questions come first, in a pass of their own.
PHASES = (
    Phase("members", "Users.xml", rows.read_users, _store_members, RecordKind.MEMBER),
    Phase("questions", "Posts.xml", rows.read_questions_and_others, import_questions, RecordKind.POST, _body),
    Phase("answers", "Posts.xml", rows.read_answers, import_answers, RecordKind.POST, _body),
    Phase("comments", "Comments.xml", rows.read_comments, import_comments, RecordKind.COMMENT, _words, convert_comment),
    Phase("duplicates", "PostLinks.xml", rows.read_post_links, _store_duplicates, RecordKind.DUPLICATE),
    Phase("acceptances", "Votes.xml", rows.read_votes, _store_dates),
)
