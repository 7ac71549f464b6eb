"""Elasticsearch for tests: ELASTICSEARCH_URL, else what `make elasticsearch` fetched, else a container."""

import os
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.containers import container
from tests.services.processes import (
    Program,
    Provided,
    Unavailable,
    free_port,
    hand_over,
    other_user,
    scratch_folder,
)
from tools.fetch_elasticsearch import ELASTICSEARCH, elasticsearch_home

VARIABLE = "ELASTICSEARCH_URL"
IMAGE = f"elasticsearch:{ELASTICSEARCH}"
# Elasticsearch 8.16 needs Java 17 and relies on the security manager, which Java 24 took away.
JAVA_VERSIONS = range(17, 24)
SETTINGS = {
    "discovery.type": "single-node",
    "xpack.security.enabled": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "network.host": "127.0.0.1",
}
HEAP = "-Xms512m -Xmx512m"


@contextmanager
def provide() -> Iterator[Provided]:
    """An Elasticsearch that answers; raises Unavailable."""
    if named := os.environ.get(VARIABLE):
        yield Provided(VARIABLE, named, "named by ELASTICSEARCH_URL")
        return
    with started(elasticsearch_home()) if elasticsearch_home().exists() else contained() as provided:
        yield provided


@contextmanager
def started(home: Path) -> Iterator[Provided]:
    """A server of our own on free ports."""
    with prepared(home) as (server, url):
        server.start()
        yield Provided(VARIABLE, url, f"started {home}")


@contextmanager
def prepared(home: Path, heap: str = HEAP) -> Iterator[tuple[Program, str]]:
    """A server on free ports, from a copy that its user may read, to be started, and its address; gone afterwards."""
    java = find_java()
    if java is None:
        raise Unavailable("Elasticsearch: no Java 17 to 23; apt install openjdk-17-jre-headless, or set ES_JAVA_HOME")
    user, port, inner_port = other_user(), free_port(), free_port()
    with scratch_folder("elasticsearch", user) as folder:
        copy, temporary = folder / "home", folder / "tmp"
        shutil.copytree(home, copy, copy_function=link_or_copy)
        temporary.mkdir()
        (copy / "logs").mkdir(exist_ok=True)
        # The settings are ours to write; the files above are links, and stay as they are.
        (copy / "config" / "elasticsearch.yml").unlink(missing_ok=True)
        lines = {**SETTINGS, "http.port": port, "transport.port": inner_port, "path.data": folder / "data"}
        (copy / "config" / "elasticsearch.yml").write_text("".join(f"{key}: {value}\n" for key, value in lines.items()))
        own_folders(folder, user)
        environment = {
            "PATH": os.environ.get("PATH", ""), "ES_JAVA_HOME": str(java), "ES_JAVA_OPTS": heap,
            "ES_TMPDIR": str(temporary), "HOME": str(folder),
        }  # fmt: skip
        server = Program([copy / "bin" / "elasticsearch"], folder, lambda: answers(port), 180, user, environment)
        try:
            yield server, f"http://127.0.0.1:{port}"
        finally:
            server.stop()


@contextmanager
def contained() -> Iterator[Provided]:
    """A server in a container."""
    environment = {**SETTINGS, "network.host": "0.0.0.0", "ES_JAVA_OPTS": HEAP}  # noqa: S104
    try:
        with container(IMAGE, 9200, environment=environment, answers=answers, seconds=180) as port:
            yield Provided(VARIABLE, f"http://127.0.0.1:{port}", f"container {IMAGE}")
    except Unavailable as error:
        raise Unavailable(f"Elasticsearch: {error}; make elasticsearch, or set ELASTICSEARCH_URL") from error


def find_java() -> Path | None:
    """The home of a Java that this Elasticsearch runs on."""
    named = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    on_path = [Path(found).resolve().parents[1] for found in [shutil.which("java")] if found]
    installed = sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").exists() else []
    return next((home for home in [*named, *on_path, *installed] if java_version(home) in JAVA_VERSIONS), None)


def java_version(home: Path) -> int:
    """The main version of the Java in `home`, as its release file tells; 0 when there is none."""
    release = home / "release"
    if not release.exists() or not (home / "bin" / "java").exists():
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


def link_or_copy(source: str, target: str) -> None:
    """Make `target` the same file as `source`, at no cost where the file system allows."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def own_folders(folder: Path, user: str | None) -> None:
    """Let `user` write where the server writes; the linked files keep their owner."""
    for path in [folder, *(found for found in folder.rglob("*") if found.is_dir())]:
        if user is not None:
            shutil.chown(path, user)
    hand_over(folder / "tmp", user)


def answers(port: int) -> bool:
    """Whether the server at `port` says that it is ready to store."""
    url = f"http://127.0.0.1:{port}/_cluster/health?wait_for_status=yellow&timeout=1s"
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
