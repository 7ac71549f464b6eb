"""Runs a program and measures its time, its memory and its processor time, and that of the database behind it."""

import os
import resource
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Measure:
    """What a run took: seconds by the clock, seconds of processor time, and bytes of memory at its peak."""

    output: str = ""
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    backends: dict[int, float] = field(default_factory=dict)

    @property
    def database_cpu(self) -> float:
        """Processor time of the database's processes that worked for somebody during the run."""
        return sum(self.backends.values())


def measured(command: list[str], environment: dict[str, str], folder: Path) -> Measure:
    """Run `command` to its end. Raises SystemExit when it fails."""
    found = Measure()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True)
    watcher = threading.Thread(target=_watch, args=(process, found), daemon=True)
    watcher.start()
    found.output, _ = process.communicate()
    found.seconds = time.monotonic() - began
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode:
        raise SystemExit(f"The command failed: {found.output}")
    return found


def _watch(process: "subprocess.Popen[str]", found: Measure) -> None:
    """Note the most memory the process and its children hold at once (shared pages count once), and the database."""
    started = _backends()
    while process.poll() is None:
        found.memory = max(found.memory, sum(_memory(pid) for pid in _family(process.pid)))
        for pid, seconds in _backends().items():
            found.backends[pid] = seconds - started.get(pid, 0.0)
        time.sleep(0.3)


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in found:
        try:
            children = Path(f"/proc/{task}/task/{task}/children").read_text()
        except OSError:
            continue
        found += [int(child) for child in children.split()]
    return found


def _memory(pid: int) -> int:
    """Proportional set size in bytes, 0 when the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _backends() -> dict[int, float]:
    """Processor time by process of the databases named entraide on this machine that serve a client."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode(errors="replace")
            if command.startswith("postgres: entraide entraide "):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                found[int(folder.name)] = (int(fields[11]) + int(fields[12])) / TICKS
        except OSError:
            continue
    return found
