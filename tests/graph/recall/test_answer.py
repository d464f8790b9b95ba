from dataclasses import FrozenInstanceError

import pytest

from graph.recall.answer import Took


def test_an_answer_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Took(1.0, {}).total_ms = 2.0  # type: ignore[misc]
