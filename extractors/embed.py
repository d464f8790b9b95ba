"""The default embedder and tokenizer: wordllama's static word vectors, read from the installed package; no network, no model call."""

import asyncio
import importlib.util
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import ModelUnavailable

NAME = "wordllama-l2-supercat-256"
DIMENSION = 256
WEIGHTS = Path("weights/l2_supercat_256.safetensors")
TOKENIZER = Path("tokenizers/l2_supercat_tokenizer_config.json")
COUNTED = 32_768
"""Lines, and words, whose counts are remembered: about 15 MB."""
AT_ONCE = 300
"""Bytes of one text that is embedded in about the time that a thread takes to begin: a question."""
SHORT = 8
"""Tokens of a text up to which it is added up together with others."""
KEPT = 30_000
"""Words whose vectors are kept: 30 MB."""
HINT = "Install it again: pip install wordllama==0.4.0.post1"

MARKS = ("<s>", "</s>", "<unk>")
"""Tokens that are found before a text is taken apart: what follows one begins anew."""
_WORD_BEGINS = re.compile(r"(?<=[^ \u2581]) (?!\Z)")
Matrix = NDArray[np.float32]


class WordLlama:
    """The files of the wordllama package, loaded when first needed; safe to share between threads.

    The package's own loader is not used: it imports a download client, sets up logging for the whole process and returns
    NaN for a text without tokens.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = Lock()
        self._count_word = lru_cache(maxsize=COUNTED)(self._count_now)
        self._count = lru_cache(maxsize=COUNTED)(self._count_line)

    @cached_property
    def folder(self) -> Path:
        """Where the package lies. Raises ModelUnavailable where it is not installed."""
        if self._folder is not None:
            return self._folder
        spec = importlib.util.find_spec("wordllama")
        if spec is None or spec.origin is None:
            raise ModelUnavailable("the package 'wordllama' is not installed", hint=HINT)
        return Path(spec.origin).parent

    @cached_property
    def tokenizer(self) -> Any:
        from tokenizers import Tokenizer  # noqa: PLC0415 - the heavy import waits until a text comes

        return Tokenizer.from_file(str(self._file(TOKENIZER)))

    @cached_property
    def vectors(self) -> NDArray[np.float16]:
        """One row a token."""
        from safetensors import safe_open  # noqa: PLC0415 - the heavy import waits until a text comes

        with safe_open(self._file(WEIGHTS), framework="np") as file:
            table: NDArray[np.float16] = file.get_tensor("embedding.weight")
        return table

    @property
    def is_loaded(self) -> bool:
        """Whether nothing has to be read from a file any more."""
        return {"tokenizer", "vectors"} <= vars(self).keys()

    def count(self, text: str) -> int:
        """How many tokens `text` is. Lines recur from one context to the next, so each is counted once."""
        if "<" in text and any(mark in text for mark in MARKS):
            return self._count_now(text)
        first, *others = text.split("\n")
        # A text begins with a token of its own, the mark of a beginning word: a line that begins with a line end is that and no word.
        begun = self._count(first) if first or not others else 1
        return begun + sum(self._count(f"\n{line}") - 1 for line in others)

    def _count_line(self, line: str) -> int:
        """Word by word: none of the tokens goes on into the next word, and new lines are made of words that were met before."""
        return sum(map(self._count_word, _WORD_BEGINS.split(line)))

    def _count_now(self, text: str) -> int:
        with self._lock:
            tokenizer = self.tokenizer
        (encoding,) = tokenizer.encode_batch_fast([text], add_special_tokens=False)
        return len(encoding.ids)

    def embed(self, texts: Sequence[str]) -> Matrix:
        with self._lock:
            tokenizer, vectors = self.tokenizer, self.vectors
        return _directions(vectors, [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)])

    def _file(self, name: Path) -> Path:
        path = self.folder / name
        if not path.is_file():
            raise ModelUnavailable(f"the package 'wordllama' at {str(self.folder)!r} has no file {str(name)!r}", hint=HINT)
        return path


def _directions(vectors: NDArray[np.float16], texts: Sequence[Sequence[int]]) -> Matrix:
    """For each text the mean of its tokens' vectors at unit length; one without tokens points in the first direction."""
    rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
    _add_short(rows, vectors, texts)
    for row, ids in zip(rows, texts, strict=True):
        if len(ids) > SHORT:
            row[:] = vectors[_known(ids, vectors)].astype(np.float32).sum(axis=0)
    lengths: Matrix = np.sqrt(np.array([row.dot(row) for row in rows], dtype=np.float32))
    nowhere = lengths == 0.0
    rows[nowhere, 0] = lengths[nowhere] = 1.0
    directions: Matrix = rows / lengths[:, None]
    return directions


def _add_short(rows: Matrix, vectors: NDArray[np.float16], texts: Sequence[Sequence[int]]) -> None:
    """Texts of few tokens are mostly single words, hundreds at once: first the first tokens of all are added, then the second."""
    short = [(place, ids) for place, ids in enumerate(texts) if len(ids) <= SHORT]
    for depth in range(max((len(ids) for _, ids in short), default=0)):
        deep = [(place, ids[depth]) for place, ids in short if len(ids) > depth]
        rows[[place for place, _ in deep]] += vectors[_known([id_ for _, id_ in deep], vectors)]


def _known(ids: Sequence[int], vectors: NDArray[np.float16]) -> NDArray[np.int64]:
    return np.clip(np.asarray(ids, dtype=np.int64), 0, len(vectors) - 1)


class WordLlamaEmbedder:
    """Embeds in a thread, so that the event loop does not wait for it; a question is embedded before a thread would have begun."""

    name = NAME
    dimension = DIMENSION
    remote = False

    def __init__(self, model: WordLlama) -> None:
        self._model = model

    async def embed(self, texts: Sequence[str]) -> Matrix:
        """One row of unit length a text. Raises ModelUnavailable where the package or its files are missing."""
        if len(texts) == 1 and len(texts[0].encode()) <= AT_ONCE and self._model.is_loaded:
            return self._model.embed(texts)
        return await asyncio.to_thread(self._model.embed, list(texts))

    async def close(self) -> None:
        """Nothing of it is open."""


class WordLlamaTokenizer:
    """Counts tokens as a Llama model would."""

    def __init__(self, model: WordLlama) -> None:
        self._model = model

    def count(self, text: str) -> int:
        return self._model.count(text)


class WordLlamaWords:
    """Implements `graph.language.WordVectors`. Rows are kept: most messages are made of the same few thousand words."""

    def __init__(self, model: WordLlama, most: int = KEPT) -> None:
        self._model = model
        self._most = most
        self._places: dict[str, int] = {}
        self._rows = np.zeros((0, DIMENSION), dtype=np.float32)
        self._lock = Lock()

    def of_words(self, words: Sequence[str]) -> Matrix:
        """One row of unit length a word. Raises ModelUnavailable where the package or its files are missing."""
        with self._lock:
            if len(self._places) > self._most:
                self._places.clear()
            if new := [word for word in words if word not in self._places]:
                self._keep(list(dict.fromkeys(new)))
            rows: Matrix = self._rows[list(map(self._places.__getitem__, words))]
        return rows

    def _keep(self, new: Sequence[str]) -> None:
        """The table doubles where it is full, so that growing it stays rare."""
        kept = len(self._places)
        if kept + len(new) > len(self._rows):
            room = np.zeros((kept + 2 * len(new), DIMENSION), dtype=np.float32)
            self._rows = np.concatenate([self._rows[:kept], room])
        self._rows[kept : kept + len(new)] = self._model.embed(new)
        self._places.update(zip(new, range(kept, kept + len(new)), strict=True))
