"""Refusals: always problem JSON, in the reader's language, with what is needed to do better."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection, transaction

from community.accounts.models import User
from community.core import ratelimits
from community.topics.models import Post, Section, Topic
from tests.community.api.program import Program


def is_problem(response, status: int) -> bool:
    told = response.json()
    assert (response.status_code, told["status"]) == (status, status)
    assert response["Content-Type"] == "application/problem+json"
    assert {"type", "title", "detail"} <= set(told)
    assert told["detail"]
    return True


@pytest.mark.parametrize("path", ["", "nothing", "topics/", "topics/1/2/3/4", "members/", "ideas", "badges", "docs"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_address_is_a_problem_not_a_page(anonymous: Program, path: str, method: str) -> None:
    assert is_problem(anonymous(method, path, Accept_Language="fr"), 404)


@pytest.mark.parametrize(("method", "path"), [("PUT", "topics"), ("DELETE", "topics"), ("POST", "sections")])
def test_a_wrong_method_is_told_the_right_ones(anonymous: Program, method: str, path: str) -> None:
    refused = anonymous(method, path)
    assert is_problem(refused, 405)
    assert "GET" in refused["Allow"]


def test_only_the_head_of_an_answer_can_be_asked_for(anonymous: Program, section: Section) -> None:
    given = anonymous("HEAD", "sections")
    assert (given.status_code, given.content) == (200, b"")
    assert anonymous("HEAD", "nothing").status_code == 404


@pytest.mark.parametrize(
    "body", [b"{", b"", b"\xff\xfe", b'{"title": NaN}', b'{"title": "\\ud800"}', b"[" * 100_000, b"null", b"[]", b'"x"']
)
def test_a_body_that_is_no_object_is_refused(asker: User, section: Section, body: bytes) -> None:
    refused = Program(asker)("POST", "topics", body)
    assert refused.status_code in {400, 422}
    assert is_problem(refused, refused.status_code)


def test_a_body_heavier_than_any_post_is_refused(asker: User, section: Section) -> None:
    assert is_problem(Program(asker)("POST", "topics", b" " * (12 * 1024 * 1024 + 1)), 413)


def test_each_wrong_field_is_named_in_french(asker: User, section: Section) -> None:
    sent = {"section": "garden", "title": "Non", "body": "x" * 32_001, "lang": "de", "colour": 1}
    refused = Program(asker)("POST", "topics", sent, Accept_Language="fr-FR,fr;q=0.9")
    assert is_problem(refused, 422)
    errors = refused.json()["errors"]
    assert set(errors) == {"title", "body", "lang", "colour"}
    assert errors["colour"] == ["Ce champ n’existe pas ici."]
    assert errors["title"] == ["C’est trop court\u00a0: au moins 8 caractères."]
    assert refused["Content-Language"] == "fr"


def test_what_an_action_refuses_is_told_by_field(asker: User, question: Topic) -> None:
    words = {"section": "garden", "title": "\u200b" * 20, "body": ""}
    assert list(Program(asker)("POST", "topics", words).json()["errors"]) == ["title"]
    many = " ".join(f"https://example.org/{number}" for number in range(4))
    assert list(Program(asker)("POST", f"topics/{question.pk}/posts", {"body": many}).json()["errors"]) == ["body"]
    words = {"section": "nowhere", "title": "A title long enough", "body": ""}
    assert list(Program(asker)("POST", "topics", words).json()["errors"]) == ["section"]


@pytest.mark.parametrize(
    ("method", "path", "status", "detail"),
    [
        ("GET", "topics/999999", 404, "Cette question n’existe pas"),
        ("GET", "nothing", 404, "L’API n’a rien à cette adresse"),
        ("PUT", "topics", 405, "Cette adresse accepte"),
        ("POST", "topics", 401, "Il faut un jeton"),
        ("GET", "members/nobody", 404, "Personne ici"),
    ],
)
def test_problems_speak_french(anonymous: Program, method: str, path: str, status: int, detail: str) -> None:
    refused = anonymous(method, path, Accept_Language="fr")
    assert is_problem(refused, status)
    if not path.startswith("topics/9"):
        assert refused.json()["detail"].startswith(detail)


@time_machine.travel(datetime(2026, 6, 10, 12, tzinfo=UTC), tick=False)  # no window ends meanwhile
def test_writing_too_fast_is_refused_for_a_while(question: Topic, answerer: User) -> None:
    program, limit = Program(answerer), ratelimits.POST[0]
    path = f"topics/{question.pk}/posts"
    made = [program("POST", path, {"body": f"Answer {number}"}).status_code for number in range(limit.count + 1)]
    assert made == [201] * limit.count + [429]
    refused = program("POST", path, {"body": "One more"})
    assert is_problem(refused, 429)
    assert 0 < int(refused["Retry-After"]) <= limit.seconds
    assert Post.objects.count() == limit.count + 1


@time_machine.travel(datetime(2026, 6, 10, 12, tzinfo=UTC), tick=False)  # no window ends meanwhile
def test_guessing_tokens_is_slowed_down(anonymous: Program, asker: User) -> None:
    statuses = [Program(token="ent_x")("GET", "sections").status_code for _ in range(ratelimits.API_WRITE[0].count + 1)]
    assert (statuses[0], statuses[-1]) == (401, 429)
    assert anonymous("GET", "sections").status_code == 200
    assert Program(asker)("GET", "sections").status_code == 200


def test_a_fault_of_ours_is_a_problem_without_details(anonymous: Program, section: Section, settings) -> None:
    settings.DEBUG = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE topics_section RENAME TO away")
    before = transaction.savepoint()
    try:
        refused = anonymous("GET", "sections")
        assert is_problem(refused, 500)
        assert "topics_section" not in refused.content.decode()
    finally:
        transaction.savepoint_rollback(before)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO topics_section")


def test_the_description_is_openapi_3_1_and_knows_the_refusals(anonymous: Program) -> None:
    found = anonymous("GET", "openapi.json")
    document = found.json()
    assert document["openapi"].startswith("3.1")
    write = document["paths"]["/api/v1/topics"]["post"]
    assert {"201", "401", "403", "409", "422", "429"} <= set(write["responses"])
    assert write["responses"]["422"]["content"].keys() == {"application/problem+json"}
    assert document["paths"]["/api/v1/topics"]["get"]["security"] == [{}, {"Bearer": []}]
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("additionalProperties") is False, name
