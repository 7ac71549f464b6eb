"""Starts a server in a folder of its own, as a user that may run it, and stops it whatever happens."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Servers that refuse root run as the first of these that exists.
UNPRIVILEGED_USERS = ("postgres", "nobody")


class Unavailable(Exception):
    """A service that cannot be had here; its text says in one line how to get it."""


@dataclass(frozen=True)
class Provided:
    """A service that answers: what to put in the environment, and where it comes from."""

    variable: str
    value: str
    origin: str


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def other_user() -> str | None:
    """Who runs servers that refuse root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in UNPRIVILEGED_USERS if name in known), None)


@contextmanager
def scratch_folder(name: str, user: str | None) -> Iterator[Path]:
    """A temporary folder that belongs to `user` and disappears at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"entraide-{name}-"))
    try:
        hand_over(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def hand_over(folder: Path, user: str | None) -> None:
    """Give `folder` and all it holds to `user`."""
    if user is not None:
        for path in [folder, *folder.rglob("*")]:
            shutil.chown(path, user)


def run_as(user: str | None, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
    """Run `command` to its end as `user`; raise Unavailable with its last line when it fails."""
    done = subprocess.run(
        command, user=user, group=group_of(user), extra_groups=[] if user else None, env=environment,
        cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Unavailable(f"{Path(command[0]).name} failed: {said[-1] if said else done.returncode}")


def group_of(user: str | None) -> int | None:
    """The main group of `user`."""
    return pwd.getpwnam(user).pw_gid if user else None


@dataclass
class Program:
    """A server that can be started, and killed or paused with all that it started; its output is in `folder`."""

    command: Sequence[str | Path]
    folder: Path
    answers: Callable[[], bool]
    seconds: float
    user: str | None = None
    environment: Mapping[str, str] | None = None
    cwd: Path | None = None
    process: subprocess.Popen[bytes] | None = None

    def start(self, *, wait: bool = True) -> None:
        """Run it, and wait until it answers; raise Unavailable unless that is in time."""
        with (self.folder / "output.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, user=self.user, group=group_of(self.user), extra_groups=[] if self.user else None,
                env=self.environment, cwd=self.cwd or self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        if wait:
            self.wait()

    def wait(self) -> None:
        """Wait until it answers; raise Unavailable unless that is in time."""
        if self.process:
            wait_until(self.answers, self.process, self.seconds, self.folder / "output.log")

    def send(self, number: signal.Signals) -> None:
        """Send a signal to it and all that it started; SIGSTOP has it hang, SIGCONT go on."""
        if self.process:
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process:
            stop(self.process, signal.SIGKILL)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it politely."""
        if self.process:
            stop(self.process, how)


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    folder: Path,
    answers: Callable[[], bool],
    seconds: float,
    user: str | None = None,
    environment: Mapping[str, str] | None = None,
    stop_with: signal.Signals = signal.SIGTERM,
) -> Iterator[None]:
    """Run the server `command` until the block ends; raise Unavailable unless it `answers` in time."""
    program = Program(command, folder, answers, seconds, user, environment)
    try:
        program.start()
        yield
    finally:
        program.stop(stop_with)


def wait_until(answers: Callable[[], bool], process: subprocess.Popen[bytes], seconds: float, log: Path) -> None:
    """Return as soon as the server answers; raise Unavailable when it ends or stays silent."""
    deadline = time.monotonic() + seconds
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            why = "ended" if process.poll() is not None else f"did not answer within {seconds:.0f} s"
            raise Unavailable(f"{log.parent.name} {why}: {reason_in(log)}")
        time.sleep(0.1)


def reason_in(log: Path) -> str:
    """The line of `log` that tells most: the first one that speaks of an error, else the last one."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return telling[0] if telling else (lines or ["no output"])[-1]


def stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """End the server and all it started: politely, then for good."""
    for number, seconds in ((how, 15), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, number)
            process.wait(seconds)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def listens(port: int) -> bool:
    """Whether something accepts connections on `port`."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
