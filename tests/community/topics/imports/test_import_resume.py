"""An import that was interrupted anywhere goes on from there and ends as if nothing had happened."""

from itertools import count
from pathlib import Path

import pytest

from community.accounts.models import User
from community.topics.imports.context import Context
from community.topics.imports.phases import Phase
from community.topics.imports.run import ImportInterrupted, Run
from community.topics.models import ImportSource, Post, RecordKind, Resolution, Section, Tag, Topic
from rewards.models import Entry
from tests.community.topics.imports.conftest import DATE, row
from tests.community.topics.imports.picture import everything

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.bulk]


class Killed(BaseException):
    """Stands for the end of the process."""


def run(folder: Path, *, batches: int | None = None, batch_size: int = 2) -> bool:
    """Import, and end after that many batches. Returns whether it came to the end."""
    section, _ = Section.objects.get_or_create(slug="tiny-dump")
    source, _ = ImportSource.objects.get_or_create(name="tiny-dump", defaults={"section": section})
    stored = count(1)

    def progress(_phase: Phase, _byte: int) -> None:
        if next(stored) == batches:
            raise Killed

    try:
        Run(folder, Context(source, "en"), batch_size, 0, progress).go()
    except Killed:
        return False
    return True


def clear() -> None:
    """Take everything away again."""
    for model in (Entry, ImportSource, Resolution, Post, Topic, Section, Tag, User):
        model._default_manager.all().delete()


@pytest.mark.parametrize("batches", [1, 2, 3, 5, 8])
def test_going_on_after_every_so_many_batches_gives_the_same(tiny: Path, batches: int) -> None:
    assert run(tiny)
    whole = everything()
    clear()
    interruptions = 0
    while not run(tiny, batches=batches):
        interruptions += 1
    assert interruptions >= 1
    assert everything() == whole


def test_a_resumed_import_stands_where_it_was_left(tiny: Path) -> None:
    assert not run(tiny, batches=4, batch_size=1)
    source = ImportSource.objects.get()
    assert (source.phase, source.line, source.finished_at) == ("members", 6, None)
    assert run(tiny, batch_size=1)
    source.refresh_from_db()
    assert source.phase == ""
    assert source.finished_at is not None


def test_files_that_changed_meanwhile_are_read_from_the_beginning(tiny: Path) -> None:
    assert not run(tiny, batches=6)
    newcomer = row(Id=9, DisplayName="Newcomer", CreationDate=DATE % 1)
    users = (tiny / "Users.xml").read_text()
    (tiny / "Users.xml").write_text(users.replace("</users>", f"{newcomer}</users>"))
    assert run(tiny)
    assert User.objects.filter(username="Newcomer").exists()
    assert ImportSource.objects.get().records.filter(kind=RecordKind.POST).count() == 8


def test_two_imports_of_the_same_source_do_not_mix(tiny: Path) -> None:
    assert not run(tiny, batches=2)
    mine = ImportSource.objects.get()

    def overtake(_phase: Phase, _byte: int) -> None:
        ImportSource.objects.filter(pk=mine.pk).update(line=1)

    with pytest.raises(ImportInterrupted, match="Another import"):
        Run(tiny, Context(mine, "en"), 1, 0, overtake).go()
    assert ImportSource.objects.get().records.filter(kind=RecordKind.MEMBER).count() == 5
