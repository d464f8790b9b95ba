from pathlib import Path

import pytest

from bench.data import DataMissing
from bench.truth.streams import Stream, Told, rephrased, stream


def test_without_the_script_it_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="fact_stream"):
        stream(tmp_path, 10, 1)


def test_a_fact_is_said_in_one_of_several_sentences_and_an_unknown_relation_as_it_was() -> None:
    made = Stream("made", (Told(0, "0. old", "Farland", "P36", "Port Vale"), Told(1, "1. kept", "Farland", "own", "Port Vale")))
    said = rephrased(made, 1)
    assert said.told[0].text.startswith("0. ")
    assert "Farland" in said.told[0].text
    assert said.told[1].text == "1. kept"
    assert rephrased(made, 1) == said


def test_a_key_has_its_values_in_order() -> None:
    first, last = Told(0, "", "Farland", "P36", "Port Vale"), Told(1, "", "Farland", "P36", "Mount Vale")
    assert Stream("made", (first, last)).keys() == {("Farland", "P36"): [first, last]}
