"""Which encoder the site searches by meaning with, if any. Nothing of an encoder is imported until it is chosen."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from search.meaning import Meaning

ONNX = "onnx:"
# By name: what makes the encoder, and the extra that installs it.
ENCODERS = {
    "e5": ("search.meaning.e5.meaning", "meaning-e5"),
    "universal": ("search.meaning.universal.meaning", "meaning"),
}


def chosen() -> Meaning | None:
    """The encoder that the setting MEANING names, loaded once a process; None when it is empty."""
    return load(settings.SEARCH_MEANING) if settings.SEARCH_MEANING else None


@lru_cache(maxsize=1)
def load(name: str) -> Meaning:
    """The encoder called `name`: one of ENCODERS, or "onnx:" and the folder of a model and its tokenizer."""
    folder = name.removeprefix(ONNX)
    if folder != name:
        module, extra = "search.meaning.onnx.meaning", "meaning-onnx"
    elif name in ENCODERS:
        module, extra = ENCODERS[name]
    else:
        known = ", ".join(f'"{one}"' for one in ENCODERS)
        raise ImproperlyConfigured(f'MEANING is "{name}": it must be empty, {known} or "{ONNX}" and a folder.')
    try:
        made: Meaning = import_string(module)(folder)
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(f"MEANING needs {error.name}: run uv sync --extra {extra}.") from error
    return made
