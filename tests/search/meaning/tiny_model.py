"""A model small enough to write by hand: each word is a row of a table, and that row is its vector."""

from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

WORDS = ("[PAD]", "[UNK]", "tap", "drips", "robinet", "goutte", "red", "rouge", "query", "passage")
FLOAT, INT64 = 1, 7


def write_model(folder: Path, dimensions: int = 8) -> None:
    """Write `model.onnx` and `tokenizer.json` into `folder`; French words have the vectors of the English ones."""
    table = np.random.default_rng(7).normal(size=(len(WORDS), dimensions)).astype(np.float32)
    for french, english in (("robinet", "tap"), ("goutte", "drips"), ("rouge", "red")):
        table[WORDS.index(french)] = table[WORDS.index(english)]
    (folder / "model.onnx").write_bytes(_model(table))
    tokenizer = Tokenizer(WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))


def _model(table: np.ndarray) -> bytes:
    """The ONNX file (its format: onnx.proto, numbers are those of the fields) that gathers rows of `table`."""
    weights = _number(1, table.shape[0]) + _number(1, table.shape[1]) + _number(2, FLOAT)
    weights += _bytes(8, b"table") + _bytes(9, table.tobytes())
    node = _bytes(1, b"table") + _bytes(1, b"input_ids") + _bytes(2, b"tokens") + _bytes(4, b"Gather")
    graph = _bytes(1, node) + _bytes(2, b"tiny") + _bytes(5, weights)
    graph += _bytes(11, _value("input_ids", INT64, 2)) + _bytes(11, _value("attention_mask", INT64, 2))
    graph += _bytes(12, _value("tokens", FLOAT, 3))
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _bytes(1, b"") + _number(2, 13))


def _value(name: str, kind: int, axes: int) -> bytes:
    shape = b"".join(_bytes(1, _bytes(2, f"{name}{axis}".encode())) for axis in range(axes))
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    """`value` seven bits at a time, all but the last with the eighth bit set."""
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])
