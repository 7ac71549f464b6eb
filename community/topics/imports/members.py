"""People of another community: pseudonyms that are free here, and nothing that could reach or sign in as them."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError

from community.accounts.events import MembersImported
from community.accounts.models import Profile, User
from community.accounts.names import check_username, skeleton
from community.core.events import publish
from community.topics.imports.bulk import Row, insert, insert_unseen
from community.topics.imports.context import Context, clean, clean_line
from community.topics.imports.html_to_markdown import html_to_markdown
from community.topics.imports.rows import UserRow
from community.topics.models import RecordKind

LONGEST = 30
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


class Authored(Protocol):
    """A row that someone wrote: a member, someone known by name only, or nobody knows who."""

    @property
    def owner_id(self) -> int | None: ...
    @property
    def owner_name(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...


def import_members(context: Context, rows: Sequence[UserRow]) -> None:
    """Make members of `rows`, none of which came in before."""
    names = free_usernames([(_shaped(row.name) or _fallback(context, row.id), row.id) for row in rows])
    keys = insert(User, [_member(context, name, row.created_at) for row, name in zip(rows, names, strict=True)])
    insert_unseen(
        Profile,
        [
            {
                "user_id": key,
                "bio": _short(html_to_markdown(row.about_html)),
                "place": clean_line(row.location, 80),
            }
            for row, key in zip(rows, keys, strict=True)
        ],
    )
    context.remember(RecordKind.MEMBER, {row.id: key for row, key in zip(rows, keys, strict=True)})
    earned = tuple((key, row.reputation) for row, key in zip(rows, keys, strict=True) if row.reputation > 1)
    publish(MembersImported(reputations=earned))
    context.report.new["members"] += len(rows)


def authors_of(context: Context, rows: Sequence[Authored]) -> list[int]:
    """The key of the member who wrote each of `rows`; pseudonyms are made for those without a row of their own."""
    numbers = [_number(row) for row in rows]
    found: dict[tuple[RecordKind, int], int] = {}
    for kind in (RecordKind.MEMBER, RecordKind.NAMED_AUTHOR):
        wanted = {number for row_kind, number in numbers if row_kind == kind}
        if wanted:
            found |= {(kind, origin): key for origin, key in context.known(kind, wanted).items()}
    missing: dict[tuple[RecordKind, int], Authored] = {}
    for number, row in zip(numbers, rows, strict=True):
        if number not in found:
            missing.setdefault(number, row)
    if missing:
        found |= _make_pseudonyms(context, missing)
    return [found[number] for number in numbers]


def free_usernames(wanted: Sequence[tuple[str, int]]) -> list[str]:
    """A pseudonym for each (name, number) that nobody has, here or in the list: the name, or the name and number."""
    chosen: dict[int, str] = {}
    given: set[str] = set()
    attempt = 0
    while len(chosen) < len(wanted):
        candidates = {
            place: _candidate(name, abs(number), attempt)
            for place, (name, number) in enumerate(wanted)
            if place not in chosen
        }
        keys = {place: skeleton(candidate) for place, candidate in candidates.items()}
        taken = set(User.objects.filter(username_key__in=keys.values()).values_list("username_key", flat=True))
        for place, candidate in candidates.items():
            if keys[place] not in taken and keys[place] not in given:
                given.add(keys[place])
                chosen[place] = candidate
        attempt += 1
    return [chosen[place] for place in range(len(wanted))]


def _candidate(name: str, number: int, attempt: int) -> str:
    if attempt == 0:
        return name
    numbered = _with_suffix(name, str(number))
    return numbered if attempt == 1 else _with_suffix(numbered, str(attempt))


def _with_suffix(name: str, suffix: str) -> str:
    return f"{name[: LONGEST - len(suffix) - 1].rstrip('-._')}-{suffix}"


def _shaped(name: str) -> str:
    """What remains of a display name as a pseudonym, empty when that is not one."""
    shaped = _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFKC", name).strip()).strip("-._")[:LONGEST].strip("-._")
    try:
        check_username(shaped)
    except ValidationError:
        return ""
    return shaped if len(skeleton(shaped)) <= 2 * LONGEST else ""


def _fallback(context: Context, number: int) -> str:
    return _with_suffix(context.source.name, str(abs(number)))


def _number(row: Authored) -> tuple[RecordKind, int]:
    if row.owner_id is not None:
        return RecordKind.MEMBER, row.owner_id
    digest = hashlib.blake2b(row.owner_name.encode(), digest_size=8).digest()
    return RecordKind.NAMED_AUTHOR, int.from_bytes(digest) >> 1


def _make_pseudonyms(
    context: Context, missing: dict[tuple[RecordKind, int], Authored]
) -> dict[tuple[RecordKind, int], int]:
    wanted = []
    for (kind, number), row in missing.items():
        short = number if kind == RecordKind.MEMBER else number % 10_000
        wanted.append((_shaped(row.owner_name) or _fallback(context, short), short))
    keys = insert(
        User,
        [
            _member(context, name, row.created_at)
            for name, row in zip(free_usernames(wanted), missing.values(), strict=True)
        ],
    )
    insert_unseen(Profile, [{"user_id": key} for key in keys])
    made = dict(zip(missing, keys, strict=True))
    for kind in (RecordKind.MEMBER, RecordKind.NAMED_AUTHOR):
        context.remember(kind, {origin: key for (own, origin), key in made.items() if own == kind})
    context.report.new["pseudonyms"] += len(keys)
    return made


def _member(context: Context, username: str, joined: datetime) -> Row:
    return {
        "username": username,
        "username_key": skeleton(username),
        "email": None,
        # An unusable password, as Django makes them: nobody can sign in with it.
        "password": UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30),
        "language": context.lang or settings.LANGUAGE_CODE[:2],
        "date_joined": joined,
    }


def _short(bio: str) -> str:
    text = clean(bio).strip()
    return text if len(text) <= 1000 else text[:999].rsplit(maxsplit=1)[0] + "…"
