"""The files of an encoder in a folder.

The folder holds `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`; `config_sentence_transformers.json` may name
what is put before a text, as E5 wants it: {"prompts": {"query": "query: ", "document": "passage: "}}.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ImproperlyConfigured

MODELS, TOKENIZER, PROMPTS = ("model.onnx", "onnx/model.onnx"), "tokenizer.json", "config_sentence_transformers.json"


class Files(NamedTuple):
    """Where the model and its tokenizer are, and what is put before texts, by their kind."""

    model: Path
    tokenizer: Path
    prompts: dict[str, str]


def files_in(folder: Path) -> Files:
    """The files of the encoder in `folder`. Raises ImproperlyConfigured naming what is missing."""
    if not folder.is_dir():
        raise ImproperlyConfigured(f'MEANING is "onnx:{folder}": there is no such folder.')
    return Files(_file(folder, *MODELS), _file(folder, TOKENIZER), _prompts(folder / PROMPTS))


def _file(folder: Path, *names: str) -> Path:
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        raise ImproperlyConfigured(f'MEANING is "onnx:{folder}": the folder has no {" or ".join(names)}.')
    return found


def _prompts(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ImproperlyConfigured(f"{path} is no JSON: {error}.") from error
    prompts: dict[str, str] = said.get("prompts") or {}
    return prompts
