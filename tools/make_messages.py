"""Collects each app's texts into its French catalogue, and leaves no fuzzy guess in it."""

import os
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("community", "search", "ideas", "rewards", "deploy")
LANGUAGE = "fr"
# Without dates and names, so that a catalogue changes only when its texts do.
METADATA = {
    "Project-Id-Version": "Entraide",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}


def main() -> int:
    """Run makemessages in every app; return the exit code."""
    found = apps()
    for app in found:
        (app / "locale").mkdir(exist_ok=True)
        command = [
            sys.executable,
            str(ROOT / "manage.py"),
            "makemessages",
            "--locale",
            LANGUAGE,
            "--no-obsolete",
        ]
        command += [
            "--add-location",
            "file",
            "--no-wrap",
            "--extension",
            "html,txt,py",
            "--ignore",
            "static/*",
        ]
        for inner in sorted(folder for folder in found if folder.parent == app):
            command += ["--ignore", f"{inner.name}/*"]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "deploy.settings.test",
            "PYTHONPATH": str(ROOT),
        }
        if code := subprocess.run(command, cwd=app, env=environment, check=False).returncode:
            return code
        tidy(app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po")
    return 0


def apps() -> list[Path]:
    """The folder of every app that is there."""
    return sorted(path.parent for name in PACKAGES for path in (ROOT / name).glob("**/apps.py"))


def tidy(path: Path) -> None:
    """Empty what gettext guessed, say only what is true in the header, remove an empty catalogue."""
    if not path.exists():
        return
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.header, catalogue.metadata, catalogue.metadata_is_fuzzy = "", dict(METADATA), False
    for entry in catalogue:
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    if len(catalogue):
        catalogue.save()
    else:
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())
