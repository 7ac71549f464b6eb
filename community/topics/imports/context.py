"""What every step of an import shares: where it writes to, and what it counts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings

from community.core.languages import language_of
from community.topics.imports.bulk import insert_unseen, pairs_in
from community.topics.models import ImportedRecord, ImportSource, RecordKind
from community.topics.writing import UNWANTED

LANGUAGE_SAMPLE = 250
LINE_ENDINGS = re.compile(r"\r\n?")


@dataclass(slots=True)
class Report:
    """How many rows of each kind were new, known from before, or left out and why."""

    new: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Context:
    """One run of an import. `lang` is None when each topic's language is to be guessed."""

    source: ImportSource
    lang: str | None
    report: Report = field(default_factory=Report)
    tag_ids: dict[str, int] = field(default_factory=dict)

    def known(self, kind: RecordKind, origin_ids: Iterable[int]) -> dict[int, int]:
        """Which of these numbers of the other community came in before, and what they became here."""
        fixed = {"source_id": self.source.pk, "kind": int(kind)}
        return pairs_in(ImportedRecord._meta.db_table, ("origin_id", "target_id"), fixed, set(origin_ids))

    def remember(self, kind: RecordKind, targets: dict[int, int]) -> None:
        """Note what numbers of the other community became here."""
        insert_unseen(
            ImportedRecord,
            [
                {"source_id": self.source.pk, "kind": int(kind), "origin_id": origin, "target_id": target}
                for origin, target in targets.items()
            ],
        )

    def language(self, text: str) -> str:
        """The language of a topic that reads `text`."""
        return self.lang or language_of(text[:LANGUAGE_SAMPLE], settings.LANGUAGE_CODE[:2])


def clean(text: str) -> str:
    """`text` as members' own words are stored: composed, without invisible characters."""
    return UNWANTED.sub("", unicodedata.normalize("NFC", LINE_ENDINGS.sub("\n", text)))


def clean_line(text: str, longest: int) -> str:
    """`text` on one line of at most `longest` characters, cut with an ellipsis."""
    line = " ".join(clean(text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
