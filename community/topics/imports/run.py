"""Run an import from where it stands: batches that are stored whole, with the place that they reach, or not at all."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.events import publish
from community.topics.actions.recount import recount_section, recount_tags
from community.topics.events import BulkImported
from community.topics.imports.batches import read_batches, read_batches_elsewhere
from community.topics.imports.context import Context
from community.topics.imports.converting import Converted, converted, workers
from community.topics.imports.dump import DumpError, Position, find_file
from community.topics.imports.phases import PHASES, Phase
from community.topics.imports.shadows import refresh_topics
from community.topics.models import ImportSource

# Below this, starting a process takes longer than reading or converting.
LARGE_FILE_BYTES = 3_000_000


class ImportInterrupted(Exception):
    """The import cannot go on from where it stood; nothing that was stored is lost."""


@dataclass(slots=True)
class _Batch:
    rows: list[Any]
    last: Position
    known: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One call of the importer. `progress` hears the phase and how many bytes of its file are stored."""

    folder: Path
    context: Context
    batch_size: int
    worker_count: int
    progress: Callable[[Phase, int], None]

    def go(self) -> None:
        """Import what is not here yet.

        Raises DumpError, or ImportInterrupted; what was stored before is kept, and counted right.
        """
        if find_file(self.folder, "Posts.xml") is None:
            raise DumpError(_("there is no Posts.xml in this folder."), file=str(self.folder))
        resume = self._start_or_resume()
        names = [phase.name for phase in PHASES]
        try:
            with workers(self.worker_count) as pool:
                for phase in PHASES[names.index(resume[0]) if resume else 0 :]:
                    self._run_phase(phase, resume[1] if resume and resume[0] == phase.name else None, pool)
        finally:
            self._recount()
        ImportSource.objects.filter(pk=self.context.source.pk).update(finished_at=timezone.now(), phase="")

    def _start_or_resume(self) -> tuple[str, Position | None] | None:
        """The phase and place at which an earlier run of the same files stopped; None to begin at the beginning."""
        source, now = self.context.source, fingerprint(self.folder)
        if source.finished_at is None and source.phase and source.fingerprint == now:
            return source.phase, Position(source.line, source.byte) if source.byte else None
        source.fingerprint, source.finished_at, source.started_at = now, None, timezone.now()
        source.phase, source.line, source.byte = PHASES[0].name, 0, 0
        source.save()
        return None

    def _run_phase(self, phase: Phase, start: Position | None, pool: Sequence[Any]) -> None:
        batches = self._batches(phase, start)
        if phase.text is None:
            for batch in batches:
                self._store(phase, batch, [])
            return
        text = phase.text
        for batch, texts in converted(
            batches,
            texts=lambda batch: [text(row) for row in batch.rows],
            convert=phase.convert,
            pool=list(pool),
        ):
            self._store(phase, batch, texts)

    def _batches(self, phase: Phase, start: Position | None) -> Iterator[_Batch]:
        """Batches of the rows that did not come in before."""
        path = find_file(self.folder, phase.file)
        is_large = path is not None and path.stat().st_size >= LARGE_FILE_BYTES
        read = read_batches_elsewhere if self.worker_count and is_large else read_batches
        for rows in read(phase.read, self.folder, start, self.batch_size):
            yield self._without_known(phase, _Batch(rows, rows[-1].at))

    def _without_known(self, phase: Phase, batch: _Batch) -> _Batch:
        if phase.kind is not None:
            known = self.context.known(phase.kind, (row.id for row in batch.rows))
            fresh = {row.id: row for row in reversed(batch.rows) if row.id not in known}
            batch.known = len(batch.rows) - len(fresh)
            batch.rows = list(reversed(fresh.values()))
        return batch

    def _store(self, phase: Phase, batch: _Batch, texts: list[Converted]) -> None:
        """Store a batch and the place it reaches, in one transaction."""
        with transaction.atomic():
            self._claim()
            rows, texts = self._still_new(phase, batch, texts)
            if rows:
                changed = phase.store(self.context, rows, texts)
                if changed:
                    refresh_topics(changed)
                    publish(BulkImported(topic_ids=tuple(sorted(changed))))
            self._stand_at(phase, batch.last)
        self.context.report.known[phase.name] += batch.known
        self.progress(phase, batch.last.byte)

    def _still_new(self, phase: Phase, batch: _Batch, texts: list[Converted]) -> tuple[list[Any], list[Converted]]:
        """The rows that no batch stored since they were read: a dump may hold a number twice."""
        if phase.kind is None:
            return batch.rows, texts
        known = self.context.known(phase.kind, (row.id for row in batch.rows))
        if not known:
            return batch.rows, texts
        batch.known += len(known)
        kept = [index for index, row in enumerate(batch.rows) if row.id not in known]
        return [batch.rows[index] for index in kept], [texts[index] for index in kept] if texts else []

    def _claim(self) -> None:
        """Lock the import's own row, and make sure that nobody else moved it meanwhile."""
        mine = self.context.source
        now = ImportSource.objects.select_for_update().get(pk=mine.pk)
        if (now.phase, now.line, now.byte, now.started_at) != (mine.phase, mine.line, mine.byte, mine.started_at):
            raise ImportInterrupted(_("Another import of “%s” is running.") % mine.name)

    def _stand_at(self, phase: Phase, at: Position) -> None:
        source = self.context.source
        source.phase, source.line, source.byte = phase.name, at.line, at.byte
        source.save(update_fields=["phase", "line", "byte"])

    def _recount(self) -> None:
        with transaction.atomic():
            recount_section(self.context.source.section)
            recount_tags()


def fingerprint(folder: Path) -> str:
    """What tells whether a dump's files are the same as before: their names, sizes and times."""
    found = hashlib.sha256()
    for name in sorted({phase.file for phase in PHASES}):
        path = find_file(folder, name)
        if path is not None:
            status = path.stat()
            found.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return found.hexdigest()
