"""Compiles the message catalogues that changed, in pure Python: a bare machine has no GNU gettext."""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
APPS = ("community", "search", "ideas", "rewards", "deploy")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|{\w*}")


def main() -> int:
    """Compile, or with --check only judge, every catalogue; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail on what is missing, fuzzy or wrong")
    check = parser.parse_args().check
    faults = [fault for path in catalogues() for fault in (faults_of(path) if check else compile_one(path))]
    if check and not faults:
        faults = said_in_two_ways(catalogues())
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def catalogues() -> Iterator[Path]:
    """Every .po file of the product."""
    for app in APPS:
        yield from sorted((ROOT / app).glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_one(path: Path) -> list[str]:
    """Write the .mo beside `path` when it is missing or older; return the fault that stopped it, if any."""
    compiled = path.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
        return []
    try:
        polib.pofile(str(path)).save_as_mofile(str(compiled))
    except (OSError, ValueError) as error:
        return [f"{path.relative_to(ROOT)}: {error}"]
    return []


def faults_of(path: Path) -> list[str]:
    """What keeps `path` from being released: fuzzy or missing translations, lost placeholders."""
    name = path.relative_to(ROOT)
    try:
        catalogue = polib.pofile(str(path), check_for_duplicates=True)
    except (OSError, ValueError) as error:
        return [f"{name}: {error}"]
    faults = []
    for entry in catalogue:
        if entry.obsolete:
            continue
        where = f"{name}:{entry.linenum}"
        if entry.fuzzy:
            faults.append(f"{where}: fuzzy translation of “{entry.msgid}”")
        elif not entry.translated():
            faults.append(f"{where}: no translation of “{entry.msgid}”")
        elif lost := lost_placeholders(entry):
            faults.append(f"{where}: the translation of “{entry.msgid}” lost or gained {', '.join(sorted(lost))}")
    return faults


def said_in_two_ways(paths: Iterable[Path]) -> list[str]:
    """Texts that two catalogues of a language translate differently: whatever is written, one of them wins everywhere.

    Texts that mean different things in different places need a context, or other words.
    """
    said: dict[tuple[str, str | None, str], dict[str, str]] = {}
    for path in paths:
        for entry in polib.pofile(str(path)):
            ways = said.setdefault((path.parts[-3], entry.msgctxt, entry.msgid), {})
            ways.setdefault(entry.msgstr or str(entry.msgstr_plural), str(path.relative_to(ROOT)))
    return [
        f"“{msgid}” is translated in two ways: {', '.join(f'“{way}” in {where}' for way, where in ways.items())}"
        for (_, _, msgid), ways in said.items()
        if len(ways) > 1
    ]


def is_format(entry: polib.POEntry) -> bool:
    """Whether values are put into the text of `entry`."""
    return not {"python-format", "python-brace-format"}.isdisjoint(entry.flags)


def lost_placeholders(entry: polib.POEntry) -> set[str]:
    """The placeholders that a translation misses or invents; a plural form may leave out the number."""
    known = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)) if is_format(entry) else set()
    if not known:
        return set()
    if not entry.msgid_plural:
        return known ^ set(PLACEHOLDER.findall(entry.msgstr))
    return {found for text in entry.msgstr_plural.values() for found in PLACEHOLDER.findall(text)} - known


if __name__ == "__main__":
    sys.exit(main())
