"""The API against its own description: made-up requests of every kind find no fault and no undocumented answer."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig

from community.accounts.models import User
from community.api.tokens import make_token
from community.topics.models import Post, Topic
from tests.factories.tickets import make_ticket

# A hundred requests an operation: minutes of processor time.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES = 4
CONFIG = {
    "generation": {"mode": "all", "deterministic": True, "max-examples": EXAMPLES},
    "checks": {
        # What people type is judged by rules that no schema can hold (links, invisible characters, who they are).
        "positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "409", "422"]},
        "negative_data_rejection": {"expected-statuses": ["400", "401", "403", "404", "405", "422"]},
    },
}


schema = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", get_wsgi_application(), config=SchemathesisConfig.from_dict(CONFIG)
)


@pytest.fixture(autouse=True)
def _one_transaction(db: None) -> Iterator[None]:
    """Keep the connection that holds the test's transaction open from one request to the next."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(question: Topic, answer: Post, comment: Post, asker: User) -> dict[str, str]:
    """What there is, by the name of the parameter that asks for it."""
    ticket = make_ticket(asker)
    return {
        "topic_id": str(question.pk),
        "post_id": str(answer.pk),
        "username": asker.username,
        "key": ticket.key,
    }


@pytest.fixture
def token(asker: User) -> str:
    return make_token(asker)


@schema.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Case, known: dict[str, str], token: str) -> None:
    if case.meta is None or case.meta.generation.mode == GenerationMode.POSITIVE:
        case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}
    cache.clear()
    with transaction.atomic():
        case.call_and_validate(headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})
        transaction.set_rollback(True)
