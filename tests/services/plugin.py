"""What every test run gets: no way out to other machines, marked tests only where their service answers."""

import gc
import os
import socket
import sys
import uuid
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.services import chromium

SERVICES = {
    "postgres": "DATABASE_URL",
    "redis": "REDIS_URL",
    "elasticsearch": "ELASTICSEARCH_URL",
    "browser": "CHROMIUM",
}


class OutsideNetworkError(RuntimeError):
    """A test tried to reach another machine."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --database-only, which leaves out what would run the same on any database."""
    parser.addoption("--database-only", action="store_true", help="only tests that use the database")


def pytest_configure(config: pytest.Config) -> None:
    """Close the network from here on, for library code as well as for ours."""
    named_hosts()
    sys.addaudithook(refuse_outside_network)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --database-only keep the tests that use the database or are marked for PostgreSQL."""
    if not config.getoption("--database-only"):
        return
    left_out = [item for item in items if not uses_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if uses_database(item)]


def pytest_collection_finish() -> None:
    """Leave what all tests share to itself, and look through the rest less often: it was a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def uses_database(item: pytest.Item) -> bool:
    """Whether `item` asks for the database, by a mark or by a fixture."""
    fixtures = {"db", "transactional_db", "django_db_setup"}
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgres")
    return bool(marked) or not fixtures.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose service does not answer; with REQUIRE_SERVICES=1 fail it."""
    for name, variable in SERVICES.items():
        if item.get_closest_marker(name) and not available(name):
            sentence = f"needs {name}: set {variable}, or run `python -m tests.run {name}`"
            if os.environ.get("REQUIRE_SERVICES") == "1":
                pytest.fail(sentence, pytrace=False)
            pytest.skip(sentence)


def available(name: str) -> bool:
    """Whether this run was given the service called `name`."""
    if name == "postgres":
        return bool(settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql")
    return bool(os.environ.get(SERVICES[name]) or (name == "browser" and chromium.find()))


@cache
def named_hosts() -> frozenset[str]:
    """The hosts of the services that the environment names, and their addresses: they may be reached."""
    hosts = {urlsplit(os.environ.get(variable, "")).hostname for variable in SERVICES.values()} - {None, ""}
    addresses = {str(found[4][0]) for host in hosts for found in socket.getaddrinfo(host, None)}
    return frozenset({str(host) for host in hosts} | addresses)


def refuse_outside_network(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: raise OutsideNetworkError before a socket reaches, or a name is asked for, elsewhere."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto", "socket.sendmsg"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if not is_near(name):
        raise OutsideNetworkError(f"This test tried to reach {name}; tests only talk to this machine.")


def is_near(host: object) -> bool:
    """Whether `host` is this machine, or one that the environment names."""
    if host in {None, "", "localhost", socket.gethostname()} or host in named_hosts():
        return True
    try:
        return ip_address(str(host)).is_loopback or ip_address(str(host)).is_unspecified
    except ValueError:
        return False


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's program, for Playwright's `executable_path`."""
    return os.environ.get("CHROMIUM") or chromium.find() or ""


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The Redis of this run."""
    return os.environ["REDIS_URL"]


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """The Elasticsearch of this run."""
    return os.environ["ELASTICSEARCH_URL"]


@pytest.fixture(scope="session")
def index_prefix() -> str:
    """What the names of this worker's indices begin with, so that workers never meet."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    return f"test-{worker}-{uuid.uuid4().hex[:8]}"
