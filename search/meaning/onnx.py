"""Any sentence encoder in a folder: an ONNX model and its tokenizer, as models are commonly published."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from community.core.batching import in_batches
from search.meaning.folders import files_in
from search.meaning.texts import EncodedMeaning, Vectors

# Texts of a batch are as long as its longest one; tokens beyond the limit are left out, as in training.
BATCH, MOST_TOKENS = 16, 256
# A tensor is named after what it holds of a tokenized text.
INPUTS = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}


class OnnxEncoder:
    """The encoder in `folder`: the mean of the vectors of a text's tokens."""

    def __init__(self, folder: Path) -> None:
        files = files_in(folder)
        self._before_question = files.prompts.get("query", "")
        self._before_passage = files.prompts.get("document", files.prompts.get("passage", ""))
        self._tokenizer = Tokenizer.from_file(str(files.tokenizer))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.enable_padding()
        self._session = onnxruntime.InferenceSession(
            str(files.model), _one_thread(), providers=["CPUExecutionProvider"]
        )
        self._inputs = [each.name for each in self._session.get_inputs() if each.name in INPUTS]
        self.name = f"onnx {folder.resolve().name}"
        self.dimensions = self.questions(["?"]).shape[1]

    def questions(self, texts: Sequence[str]) -> Vectors:
        """One row for each text that asks."""
        return self._rows([f"{self._before_question}{text}" for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each text that may answer."""
        return self._rows([f"{self._before_passage}{text}" for text in texts])

    def _rows(self, texts: Sequence[str]) -> Vectors:
        batches = [self._batch(batch) for batch in in_batches(texts, BATCH)]
        return np.concatenate(batches)

    def _batch(self, texts: list[str]) -> Vectors:
        read: list[Encoding] = self._tokenizer.encode_batch(texts)
        given = {name: np.array([getattr(one, INPUTS[name]) for one in read], dtype=np.int64) for name in self._inputs}
        tokens = self._session.run(None, given)[0]
        if tokens.ndim == 2:
            # The model has put its tokens together itself.
            return np.asarray(tokens, dtype=np.float32)
        weights = np.array([one.attention_mask for one in read], dtype=np.float32)[:, :, None]
        found: Vectors = (tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0)
        return found.astype(np.float32)


def meaning(folder: str) -> EncodedMeaning:
    """Meaning as the encoder in `folder` sees it."""
    return EncodedMeaning(OnnxEncoder(Path(folder)))


def _one_thread() -> onnxruntime.SessionOptions:
    """A sentence is too little work to share."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return options
