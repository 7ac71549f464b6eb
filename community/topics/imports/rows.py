"""The rows of a Stack Exchange dump, typed; columns that are not listed here are ignored."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple, TypeVar

from django.utils.translation import gettext as _

from community.topics.imports.dump import DumpError, Position, RawRow, find_file, read_rows

INTEGER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
TAG = re.compile(r"[^<>|\s]+")
FIRST_YEAR, LAST_YEAR = 1970, 2200


class PostType(IntEnum):
    QUESTION = 1
    ANSWER = 2


class LinkType(IntEnum):
    LINKED = 1
    DUPLICATE = 3


class VoteType(IntEnum):
    ACCEPTED = 1
    UP = 2
    DOWN = 3


class UserRow(NamedTuple):
    at: Position
    id: int
    name: str
    created_at: datetime
    about_html: str
    location: str
    reputation: int


class PostRow(NamedTuple):
    at: Position
    id: int
    type: int
    parent_id: int | None
    accepted_answer_id: int | None
    created_at: datetime
    edited_at: datetime | None
    active_at: datetime | None
    closed_at: datetime | None
    score: int
    view_count: int
    title: str
    body_html: str
    tags: tuple[str, ...]
    owner_id: int | None
    owner_name: str


class CommentRow(NamedTuple):
    at: Position
    id: int
    post_id: int
    created_at: datetime
    score: int
    text: str
    owner_id: int | None
    owner_name: str


class VoteRow(NamedTuple):
    at: Position
    id: int
    post_id: int
    type: int
    created_at: datetime


class TagRow(NamedTuple):
    at: Position
    id: int
    name: str
    excerpt_post_id: int | None


class PostLinkRow(NamedTuple):
    at: Position
    id: int
    post_id: int
    related_post_id: int
    type: int
    created_at: datetime


class BadgeRow(NamedTuple):
    at: Position
    id: int
    user_id: int
    name: str
    awarded_at: datetime


Row = TypeVar("Row", UserRow, PostRow, CommentRow, VoteRow, TagRow, PostLinkRow, BadgeRow)


class _Columns:
    """The columns of one raw row, converted on demand; a wrong one raises DumpError with its line."""

    __slots__ = ("attributes", "file", "line")

    def __init__(self, row: RawRow, file: str) -> None:
        self.attributes, self.file, self.line = row.attributes, file, row.at.line

    def text(self, name: str) -> str:
        return self.attributes.get(name, "")

    def whole(self, name: str) -> int:
        value = self.attributes.get(name)
        if value is None:
            raise self._error(_("the column “%s” is missing.") % name)
        return self._whole(name, value)

    def whole_or_none(self, name: str) -> int | None:
        value = self.attributes.get(name)
        return self._whole(name, value) if value else None

    def whole_or_zero(self, name: str) -> int:
        value = self.attributes.get(name)
        return self._whole(name, value) if value else 0

    def moment(self, name: str) -> datetime:
        found = self.moment_or_none(name)
        if found is None:
            raise self._error(_("the column “%s” is missing.") % name)
        return found

    def moment_or_none(self, name: str) -> datetime | None:
        value = self.attributes.get(name)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise self._wrong_date(name, value) from error
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise self._wrong_date(name, value)
        return moment

    def _whole(self, name: str, value: str) -> int:
        if not INTEGER.fullmatch(value):
            raise self._error(
                _("“%(value)s” is not a whole number in the column “%(name)s”.") % {"value": value[:40], "name": name}
            )
        return int(value)

    def _wrong_date(self, name: str, value: str) -> DumpError:
        return self._error(
            _("“%(value)s” is not a date in the column “%(name)s”.") % {"value": value[:40], "name": name}
        )

    def _error(self, reason: str) -> DumpError:
        return DumpError(reason, file=self.file, line=self.line)


def read_users(folder: Path, start: Position | None = None) -> Iterator[UserRow]:
    """The members of the dump; nothing when it has no Users.xml. Raises DumpError."""
    return _read(folder, "Users.xml", _user, start)


def read_posts(
    folder: Path, start: Position | None = None, *, wanted: Callable[[str], bool] = lambda _post_type: True
) -> Iterator[PostRow]:
    """The questions, answers and other posts of the dump whose PostTypeId is `wanted`.

    Raises DumpError, also when there is no Posts.xml.
    """
    if find_file(folder, "Posts.xml") is None:
        raise DumpError(_("there is no Posts.xml in this folder."), file=str(folder))
    return _read(folder, "Posts.xml", _post, start, lambda row: wanted(row.attributes.get("PostTypeId", "")))


def read_questions_and_others(folder: Path, start: Position | None = None) -> Iterator[PostRow]:
    """Everything in Posts.xml but the answers. Raises DumpError."""
    return read_posts(folder, start, wanted=lambda post_type: post_type != "2")


def read_answers(folder: Path, start: Position | None = None) -> Iterator[PostRow]:
    """The answers in Posts.xml. Raises DumpError."""
    return read_posts(folder, start, wanted=lambda post_type: post_type == "2")


def read_comments(folder: Path, start: Position | None = None) -> Iterator[CommentRow]:
    """The comments of the dump, in its own small Markdown; nothing when it has none. Raises DumpError."""
    return _read(folder, "Comments.xml", _comment, start)


def read_votes(folder: Path, start: Position | None = None) -> Iterator[VoteRow]:
    """The votes of the dump, which tell no voter; nothing when it has no Votes.xml. Raises DumpError."""
    return _read(folder, "Votes.xml", _vote, start)


def read_tags(folder: Path, start: Position | None = None) -> Iterator[TagRow]:
    """The tags of the dump; nothing when it has no Tags.xml. Raises DumpError."""
    return _read(folder, "Tags.xml", _tag, start)


def read_post_links(folder: Path, start: Position | None = None) -> Iterator[PostLinkRow]:
    """Which posts are linked or duplicates; nothing when there is no PostLinks.xml. Raises DumpError."""
    return _read(folder, "PostLinks.xml", _post_link, start)


def read_badges(folder: Path, start: Position | None = None) -> Iterator[BadgeRow]:
    """The badges that were awarded; nothing when there is no Badges.xml. Raises DumpError."""
    return _read(folder, "Badges.xml", _badge, start)


def _read(
    folder: Path,
    name: str,
    convert: Callable[[Position, _Columns], Row],
    start: Position | None,
    wanted: Callable[[RawRow], bool] = lambda _row: True,
) -> Iterator[Row]:
    path = find_file(folder, name)
    if path is None:
        return
    for raw in read_rows(path, root=name.removesuffix(".xml").lower(), start=start):
        if wanted(raw):
            yield convert(raw.at, _Columns(raw, path.name))


def _user(at: Position, columns: _Columns) -> UserRow:
    return UserRow(
        at=at,
        id=columns.whole("Id"),
        name=columns.text("DisplayName"),
        created_at=columns.moment("CreationDate"),
        about_html=columns.text("AboutMe"),
        location=columns.text("Location"),
        reputation=columns.whole_or_zero("Reputation"),
    )


def _post(at: Position, columns: _Columns) -> PostRow:
    return PostRow(
        at=at,
        id=columns.whole("Id"),
        type=columns.whole("PostTypeId"),
        parent_id=columns.whole_or_none("ParentId"),
        accepted_answer_id=columns.whole_or_none("AcceptedAnswerId"),
        created_at=columns.moment("CreationDate"),
        edited_at=columns.moment_or_none("LastEditDate"),
        active_at=columns.moment_or_none("LastActivityDate"),
        closed_at=columns.moment_or_none("ClosedDate"),
        score=columns.whole_or_zero("Score"),
        view_count=columns.whole_or_zero("ViewCount"),
        title=columns.text("Title"),
        body_html=columns.text("Body"),
        tags=tuple(TAG.findall(columns.text("Tags"))),
        owner_id=columns.whole_or_none("OwnerUserId"),
        owner_name=columns.text("OwnerDisplayName"),
    )


def _comment(at: Position, columns: _Columns) -> CommentRow:
    return CommentRow(
        at=at,
        id=columns.whole("Id"),
        post_id=columns.whole("PostId"),
        created_at=columns.moment("CreationDate"),
        score=columns.whole_or_zero("Score"),
        text=columns.text("Text"),
        owner_id=columns.whole_or_none("UserId"),
        owner_name=columns.text("UserDisplayName"),
    )


def _vote(at: Position, columns: _Columns) -> VoteRow:
    return VoteRow(
        at=at,
        id=columns.whole("Id"),
        post_id=columns.whole("PostId"),
        type=columns.whole("VoteTypeId"),
        created_at=columns.moment("CreationDate"),
    )


def _tag(at: Position, columns: _Columns) -> TagRow:
    return TagRow(
        at=at,
        id=columns.whole("Id"),
        name=columns.text("TagName"),
        excerpt_post_id=columns.whole_or_none("ExcerptPostId"),
    )


def _post_link(at: Position, columns: _Columns) -> PostLinkRow:
    return PostLinkRow(
        at=at,
        id=columns.whole("Id"),
        post_id=columns.whole("PostId"),
        related_post_id=columns.whole("RelatedPostId"),
        type=columns.whole("LinkTypeId"),
        created_at=columns.moment("CreationDate"),
    )


def _badge(at: Position, columns: _Columns) -> BadgeRow:
    return BadgeRow(
        at=at,
        id=columns.whole("Id"),
        user_id=columns.whole("UserId"),
        name=columns.text("Name"),
        awarded_at=columns.moment("Date"),
    )
