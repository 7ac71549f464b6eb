"""`manage.py import_stackexchange DIR`: brings a public Stack Exchange dump in."""

import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from community.core.events import publish
from community.core.slugs import readable_slug
from community.topics.events import SectionChanged
from community.topics.imports.context import Context, Report
from community.topics.imports.dump import DumpError, find_file
from community.topics.imports.phases import PHASES, Phase
from community.topics.imports.run import LARGE_FILE_BYTES, ImportInterrupted, Run
from community.topics.models import ImportSource, Section


class Command(BaseCommand):
    """Brings in what is not here yet; started again after any interruption it goes on from there."""

    help = (
        "Imports a Stack Exchange dump: Posts.xml, and Users, Comments, PostLinks and Votes.xml when present. "
        "Run it again after an interruption, or for a newer dump: nothing comes in twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """DIR, and where its questions go."""
        parser.add_argument("folder", metavar="DIR", type=Path, help="folder that holds Posts.xml")
        parser.add_argument("--section", metavar="SLUG", help="existing section (default: one named after DIR)")
        parser.add_argument(
            "--lang", choices=[code for code, _name in settings.LANGUAGES], help="language (default: guessed by topic)"
        )
        parser.add_argument("--source", metavar="NAME", help="what the rows are remembered by (default: name of DIR)")
        parser.add_argument("--batch", metavar="N", type=int, default=2000, help="rows per transaction (2000)")
        parser.add_argument("--workers", metavar="N", type=int, help="processes that convert texts (default: by size)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and print what happened. Raises CommandError with file and line for a damaged dump."""
        folder: Path = options["folder"]
        if not 1 <= options["batch"] <= 10_000:
            raise CommandError(_("--batch must be between 1 and 10000."))
        name = readable_slug(options["source"] or folder.resolve().name.replace(".", "-"), 60)
        began = time.monotonic()
        try:
            if find_file(folder, "Posts.xml") is None:
                raise CommandError(_("There is no Posts.xml in %s.") % folder)
            context = Context(source_named(name, options["section"]), options["lang"])
            workers = options["workers"] if options["workers"] is not None else workers_for(folder)
            with Progress(folder) as progress:
                Run(folder, context, options["batch"], workers, progress.reached).go()
        except DumpError as error:
            raise CommandError(
                _("%(error)s\nWhat came before is imported. Run the command again when the file is repaired.")
                % {"error": error}
            ) from error
        except ImportInterrupted as error:
            raise CommandError(str(error)) from error
        self.stdout.write(summary(context.report, time.monotonic() - began))


class Progress:
    """A bar on standard error, where someone watches."""

    def __init__(self, folder: Path) -> None:
        self.sizes = {
            phase.name: path.stat().st_size for phase in PHASES if (path := find_file(folder, phase.file)) is not None
        }
        self.bar = tqdm(total=sum(self.sizes.values()), unit="B", unit_scale=True, disable=None)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.bar.close()

    def reached(self, phase: Phase, byte: int) -> None:
        """Show that a phase has come this far in its file."""
        before = 0
        for name, size in self.sizes.items():
            if name == phase.name:
                break
            before += size
        self.bar.set_description(phase.name, refresh=False)
        self.bar.update(before + byte - self.bar.n)


def source_named(name: str, section_slug: str | None) -> ImportSource:
    """The import called `name`, into the section named, or else its own. Raises CommandError without that section."""
    source = ImportSource.objects.select_related("section").filter(name=name).first()
    if section_slug is None and source is not None:
        return source
    with transaction.atomic():
        section = Section.objects.filter(slug=section_slug or name).first()
        if section is None:
            if section_slug is not None:
                known = ", ".join(Section.objects.values_list("slug", flat=True)) or "-"
                raise CommandError(
                    _("There is no section “%(slug)s”. Sections: %(known)s") % {"slug": section_slug, "known": known}
                )
            title = name.replace("-", " ").capitalize()
            section = Section.objects.create(slug=name, title_fr=title, title_en=title)
            publish(SectionChanged(section_id=section.pk))
        if source is None:
            return ImportSource.objects.create(name=name, section=section)
        source.section = section
        source.save(update_fields=["section"])
    return source


def workers_for(folder: Path) -> int:
    """How many processes are worth starting for this dump."""
    posts = find_file(folder, "Posts.xml")
    if posts is None or posts.stat().st_size < LARGE_FILE_BYTES:
        return 0
    return min(2, os.cpu_count() or 1)


def summary(report: Report, seconds: float) -> str:
    """What came in, what was here before, and what was left out and why."""
    counts = [(count, name) for name, count in report.new.items() if count]
    lines = [_("New:"), *(f"{count:>10,}  {name}" for count, name in counts)] if counts else [_("Nothing new.")]
    known = [(count, name) for name, count in report.known.items() if count]
    if known:
        lines += [_("Here before:"), *(f"{count:>10,}  {name}" for count, name in known)]
    left_out = [(count, name) for name, count in report.left_out.items() if count]
    if left_out:
        lines += [_("Left out:"), *(f"{count:>10,}  {name}" for count, name in left_out)]
    posts = sum(report.new[name] for name in ("questions", "answers", "comments"))
    lines.append(
        _("%(seconds).1f seconds, %(rate)s posts and comments a second.")
        % {"seconds": seconds, "rate": f"{posts / max(seconds, 0.001):,.0f}"}
    )
    return "\n".join(lines)
