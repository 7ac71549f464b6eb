"""CPU of a server and its database, read from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def with_children(pid: int) -> list[int]:
    """A process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in with_children(int(child)))]


def seconds(pid: int) -> float:
    """CPU time of one process, in user and system mode, with that of its children that ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(int(fields[place]) for place in (11, 12, 13, 14)) / TICKS


def postmaster(port: int) -> int:
    """The process of the PostgreSQL that listens on `port`; LookupError when it runs elsewhere."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"postgres") and str(port).encode() in words:
            return int(folder.name)
    raise LookupError(f"No PostgreSQL of this machine listens on {port}.")


@dataclass(frozen=True)
class Meter:
    """Measures what requests cost the application and the database."""

    application: int
    database: int

    def read(self) -> tuple[float, float]:
        """CPU seconds so far of both."""
        return total(self.application), total(self.database)


def total(pid: int) -> float:
    """CPU seconds of a process and its living children."""
    return sum(seconds(one) for one in with_children(pid))
