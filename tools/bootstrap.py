"""Makes .venv from uv.lock with nothing but a Python at hand; does nothing when it is already so.

Runs on any Python 3.8 or later so that an older one gets a sentence instead of a syntax error.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
NEEDED = (3, 11)
NEWER_PYTHONS = ["python3.%d" % minor for minor in range(15, 10, -1)]  # noqa: UP031


def main() -> int:
    """Make or refresh the environment; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-dev", action="store_true", help="leave out what only tests and linters need")
    arguments = parser.parse_args()
    if is_fresh(arguments.no_dev):
        return 0
    python, uv = suitable_python(), working_uv()
    if python is None and uv is None:
        version = "{}.{}".format(*sys.version_info[:2])
        return complain(
            f"Entraide needs Python 3.11 or newer and this one is {version}: install python3.11 or newer, "
            "or name one with PYTHON=/path/to/python3."
        )
    # Without a Python of ours, a uv that is here may know one.
    uv = uv or installed_uv(python or sys.executable)
    if uv is None:
        return complain(
            "Entraide could not install uv: install uv, or Python's venv module (on Debian: apt install "
            "python3-venv), check that the package registry answers, and run this again."
        )
    return sync(uv, python, arguments.no_dev)


def complain(sentence: str) -> int:
    """Print why it stops; return the exit code of a failure."""
    print(sentence, file=sys.stderr)
    return 1


def lock_hash() -> str:
    """What the environment is made from, as one short text."""
    lock = (ROOT / "uv.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(lock).hexdigest()


def stamp(kind: str) -> Path:
    """The file that tells which lock the environment was last made from, with or without dev tools."""
    return VENV / (".made-with-dev-from" if kind == "dev" else ".made-from")


def is_fresh(no_dev: bool) -> bool:
    """Whether the environment already is what the lock says."""
    if not (VENV / "bin" / "python").exists():
        return False
    kinds = ["dev", "bare"] if no_dev else ["dev"]
    return any(stamp(kind).exists() and stamp(kind).read_text() == lock_hash() for kind in kinds)


def suitable_python() -> str | None:
    """This interpreter when it is new enough, else a newer one on the PATH."""
    if sys.version_info >= NEEDED:
        return sys.executable
    return next((found for name in NEWER_PYTHONS if (found := shutil.which(name)) and answers(found)), None)


def answers(program: str) -> bool:
    """Whether `program --version` runs: a version manager may leave names on the PATH that do not."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def working_uv() -> str | None:
    """The uv to use, if one is already here."""
    candidates = [
        shutil.which("uv"),
        str(TOOLS / "venv" / "bin" / "uv"),
        str(TOOLS / "packages" / "bin" / "uv"),
    ]
    return next((found for found in candidates if found and answers(found)), None)


def installed_uv(python: str) -> str | None:
    """Install uv into .tools: in an environment of its own, or plainly where Python comes without venv."""
    print("Installing uv into .tools …", flush=True)
    TOOLS.mkdir(exist_ok=True)
    folder = TOOLS / "venv"
    if succeeds([python, "-m", "venv", str(folder)]):
        succeeds([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"])
    else:
        shutil.rmtree(folder, ignore_errors=True)
        target = str(TOOLS / "packages")
        succeeds([python, "-m", "pip", "install", "--quiet", "--upgrade", "--target", target, "uv"])
    return working_uv()


def succeeds(command: list[str]) -> bool:
    """Run `command`, showing what it says only when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        print(*said[-1:], file=sys.stderr)
    return done.returncode == 0


def sync(uv: str, python: str | None, no_dev: bool) -> int:
    """Bring .venv to what uv.lock says, and write down that it is; return uv's exit code."""
    # Without dev tools nothing is removed: a developer's environment stays whole after `make demo`.
    options = ["--compile-bytecode", *(["--no-dev", "--inexact"] if no_dev else ["--all-extras"])]
    environment = {"UV_PYTHON_DOWNLOADS": "never", **os.environ, "UV_PROJECT_ENVIRONMENT": str(VENV)}
    environment.pop("VIRTUAL_ENV", None)
    print("Installing what uv.lock lists into .venv …", flush=True)
    command = [uv, "sync", "--frozen", "--quiet", *(["--python", python] if python else []), *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode == 0:
        for kind in ("dev", "bare"):
            stamp(kind).unlink(missing_ok=True)
        stamp("bare" if no_dev else "dev").write_text(lock_hash())
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
