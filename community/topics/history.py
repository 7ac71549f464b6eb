"""The versions of a post, and what changed between them."""

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from community.accounts.models import User
from community.topics.models import Post

MAX_WORDS = 6_000


@dataclass(frozen=True)
class Change:
    """A run of text: "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Version:
    """One version of a post, and how it differs from the one before."""

    number: int
    editor: User
    created_at: datetime
    title_changes: list[Change]
    changes: list[Change]


def changes_between(old: str, new: str) -> list[Change]:
    """The words of `old` and `new` as runs that are the same, removed or added; very long texts change as a whole."""
    before, after = _words(old), _words(new)
    if len(before) + len(after) > MAX_WORDS:
        return [Change("same", new)] if old == new else [Change("removed", old), Change("added", new)]
    found: list[Change] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", "".join(before[start:end])))
            continue
        if removed := "".join(before[start:end]):
            found.append(Change("removed", removed))
        if added := "".join(after[other_start:other_end]):
            found.append(Change("added", added))
    return found


def _words(text: str) -> list[str]:
    """The words of `text`, each with the white space after it."""
    words: list[str] = []
    for line in text.splitlines(keepends=True):
        words.extend(part + " " for part in line.split(" ")[:-1])
        words.append(line.split(" ")[-1])
    return words


def versions_of(post: Post) -> list[Version]:
    """Every version of `post`, the newest first; the first one is all added. Costs one query."""
    revisions = list(post.revisions.select_related("editor").order_by("number"))
    texts = [(revision.title, revision.body) for revision in revisions]
    title = post.topic.title if post.kind == "opening" else ""
    texts.append((title, post.body))
    editors = [post.author, *(revision.editor for revision in revisions)]
    moments = [post.created_at, *(revision.created_at for revision in revisions)]
    found = []
    for number, (new_title, body) in enumerate(texts, start=1):
        old_title, old_body = texts[number - 2] if number > 1 else ("", "")
        found.append(
            Version(
                number=number,
                editor=editors[number - 1],
                created_at=moments[number - 1],
                title_changes=changes_between(old_title, new_title),
                changes=changes_between(old_body, body),
            )
        )
    return found[::-1]
