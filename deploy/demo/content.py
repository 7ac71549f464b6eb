"""The demo community as it is written down: TOML files in content/, read into plain dictionaries."""

import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

FOLDER = Path(__file__).parent / "content"
Entry = dict[str, Any]


@cache
def read(name: str) -> Entry:
    """One file of the content, without its ending."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def topics() -> list[Entry]:
    """Every topic, the oldest first."""
    names = sorted(path.stem for path in FOLDER.glob("topics_*.toml"))
    found = [topic for name in names for topic in read(name)["topic"]]
    return sorted(found, key=lambda topic: -topic["days_ago"])


def articles() -> list[Entry]:
    """Every help article, the oldest first."""
    found = [article for lang in ("fr", "en") for article in read(f"articles_{lang}")["article"]]
    return sorted(found, key=lambda article: -article["days_ago"])


def tickets() -> list[Entry]:
    """Every request to support, the oldest first."""
    found: list[Entry] = read("support")["ticket"]
    return sorted(found, key=lambda ticket: -ticket["hours_ago"])


def alternative_text(drawing: str, lang: str) -> str:
    """What stands for a drawing where it cannot be seen."""
    return next(entry[f"alt_{lang}"] for entry in read("drawings")["drawing"] if entry["name"] == drawing)


class Clock:
    """Turns "so many days ago" into moments, at hours when people write, and never into the future."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)

    def ago(self, days: float, key: str) -> datetime:
        """The day that long ago, at an hour that depends on `key`."""
        day = (self.now - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
        return min(day + timedelta(minutes=7 * 60 + crc32(key.encode()) % (14 * 60)), self.now - timedelta(hours=2))

    def after(self, start: datetime, days: float) -> datetime:
        """`days` after `start`, or a moment ago where that is yet to come."""
        return min(start + timedelta(days=days), self.now - timedelta(minutes=10))
