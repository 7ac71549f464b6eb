"""A server that speaks TLS with a certificate of the brand's own."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from community.accounts.models import User
from community.topics.models import Section
from search.engines import chosen
from tests.factories.topics import make_topic
from tests.search.elasticsearch.conftest import forget_faults, site_index_at
from tests.services.certificates import write_certificate
from tests.services.proxy import Proxy, proxy_to

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]
ANSWERED_SECONDS = 1.5


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return write_certificate(tmp_path)


@pytest.fixture
def behind_tls(elasticsearch_url: str, certificate: Path) -> Iterator[Proxy]:
    with proxy_to(elasticsearch_url, certificate) as proxy:
        yield proxy
    forget_faults()


def test_a_server_is_believed_whose_authority_is_named(
    behind_tls: Proxy, certificate: Path, index_prefix: str, client: Client, asker: User, section: Section
) -> None:
    with override_settings(ELASTICSEARCH_CA=str(certificate)), site_index_at(behind_tls.url, index_prefix):
        written = make_topic(asker, section, title="How do I bleed a radiator valve?", body="It gurgles.")
        engine = chosen.elasticsearch_engine()
        assert engine
        engine.mend()
        found = client.get("/api/v1/suggest", {"q": "how to bleed a radiator valve"}).json()
        assert (found["engine"], [item["title"] for item in found["items"]]) == ("elasticsearch", [written.title])
        assert client.get("/readyz").json()["dependencies"]["search"] == "ok"


def test_a_server_is_not_asked_whose_authority_is_unknown(
    behind_tls: Proxy, index_prefix: str, client: Client, asker: User, section: Section
) -> None:
    written = make_topic(asker, section, title="How do I bleed a radiator valve?", body="It gurgles.")
    forget_faults()
    with override_settings(ELASTICSEARCH_URL=behind_tls.url, SEARCH_INDEX=index_prefix):
        started = time.monotonic()
        found = client.get("/api/v1/suggest", {"q": "how to bleed a radiator valve"}).json()
        assert time.monotonic() - started < ANSWERED_SECONDS
        assert (found["engine"], [item["title"] for item in found["items"]]) == ("database", [written.title])
        assert "ELASTICSEARCH_CA" in client.get("/readyz").json()["dependencies"]["search"]
        with pytest.raises(CommandError, match="ELASTICSEARCH_CA"):
            call_command("search_rebuild", "--engine", "elasticsearch", verbosity=0)
    assert behind_tls.asked == 0
