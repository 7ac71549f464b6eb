"""Which encoder the site searches by meaning with, if any. Nothing of an encoder is imported until it is chosen."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from search.meaning import Meaning

UNIVERSAL = "universal"


def chosen() -> Meaning | None:
    """The encoder that the setting MEANING names, loaded once a process; None when it is empty."""
    return load(settings.SEARCH_MEANING) if settings.SEARCH_MEANING else None


@lru_cache(maxsize=1)
def load(name: str) -> Meaning:
    """The encoder called `name`: "universal", or a folder with an ONNX model and its tokenizer."""
    if name == UNIVERSAL:
        module, extra = "search.meaning.universal.meaning", "meaning"
    elif Path(name).is_dir():
        module, extra = "search.meaning.onnx.meaning", "meaning-onnx"
    else:
        raise ImproperlyConfigured(f'MEANING is "{name}": it must be empty, "{UNIVERSAL}" or a folder.')
    try:
        made: Meaning = import_string(module)(name)
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(f"MEANING needs {error.name}: run uv sync --extra {extra}.") from error
    return made
