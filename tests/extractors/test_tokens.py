"""A context is counted in the tokens of the model that will read it."""

import json
from pathlib import Path

import pytest

from extractors.embed import WordLlama, WordLlamaTokenizer
from extractors.tokens import FileTokenizer
from graph.errors import BadInput


def words_only(folder: Path) -> Path:
    """A tokenizer for which each word is a token."""
    path = folder / "tokenizer.json"
    model = {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"}
    pieces: dict[str, object] = {
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": None,
        "post_processor": None,
        "decoder": None,
    }
    path.write_text(json.dumps({"version": "1.0", **pieces, "pre_tokenizer": {"type": "WhitespaceSplit"}, "model": model}))
    return path


def test_counts_as_the_tokenizer_of_the_file_does(tmp_path: Path) -> None:
    tokenizer = FileTokenizer(words_only(tmp_path))
    assert [tokenizer.count(text) for text in ("", "Anna", "\nAnna lives\nin Oslo.")] == [0, 1, 4]


def test_the_packaged_file_counts_as_the_packaged_tokenizer(tmp_path: Path) -> None:
    model = WordLlama()
    packaged = WordLlamaTokenizer(model)
    tokenizer = FileTokenizer(model.folder / "tokenizers/l2_supercat_tokenizer_config.json")
    for text in ("", "Anna", "Anna lives in Oslo.\n\n[1 May 2023]\nTom: where?"):
        assert tokenizer.count(text) == packaged.count(text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no tokenizer file .*absent\.json"):
        FileTokenizer(tmp_path / "absent.json")


def test_a_file_that_is_no_tokenizer_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"some": "thing"}')
    with pytest.raises(BadInput, match=r"other\.json' holds no tokenizer") as caught:
        FileTokenizer(path)
    assert "tokenizer.json" in caught.value.hint
