"""Tokens counted as another model would: by the `tokenizer.json` that most open models come with."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.errors import BadInput

COUNTED = 8_192
"""Texts whose counts are remembered: lines recur from one context to the next."""
HINT = "Give the path of a tokenizer.json, as open models on Hugging Face have one; empty counts with the packaged one."


class FileTokenizer:
    """Counts with the tokenizer of a file, read once. Raises BadInput where the file is missing or holds no tokenizer."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = _read(path)
        self.count = lru_cache(maxsize=COUNTED)(self._count_now)

    def _count_now(self, text: str) -> int:
        (encoding,) = self._tokenizer.encode_batch_fast([text], add_special_tokens=False)
        return len(encoding.ids)


def _read(path: Path) -> Any:
    from tokenizers import Tokenizer  # noqa: PLC0415 - a heavy import, for those who set a tokenizer

    if not path.is_file():
        raise BadInput(f"there is no tokenizer file {str(path)!r}", hint=HINT, field="PALIMPSEST_TOKENIZER")
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:
        raise BadInput(f"{str(path)!r} holds no tokenizer: {error}", hint=HINT, field="PALIMPSEST_TOKENIZER") from error
