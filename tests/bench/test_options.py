import json
from pathlib import Path

import pytest

from bench.data import VARIABLE
from bench.options import parser, read_options
from tests.bench.test_data import LOCOMO


def test_data_is_loaded_from_the_given_path(tmp_path: Path) -> None:
    (tmp_path / "locomo.json").write_text(json.dumps(LOCOMO))
    options = read_options(parser("x"), ["--data", str(tmp_path / "locomo.json"), "--only", "26"])
    assert (options.source, [conversation.name for conversation in options.conversations]) == ("locomo.json", ["conv-26"])


def test_without_data_it_says_what_is_missing_and_ends_with_2(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(SystemExit) as ended:
        read_options(parser("x"), [])
    assert ended.value.code == 2
    assert VARIABLE in capsys.readouterr().err
