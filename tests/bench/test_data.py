import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.data import VARIABLE, DataMissing, data_path, load, with_caption

LOCOMO = [
    {
        "sample_id": "conv-26",
        "conversation": {
            "speaker_a": "Ines",
            "speaker_b": "Tom",
            "session_1_date_time": "1:56 pm on 8 May, 2023",
            "session_1": [
                {"speaker": "Ines", "dia_id": "D1:1", "text": "I bought a kiln."},
                {"speaker": "Tom", "dia_id": "D1:2", "text": "Look!", "blip_caption": "a photo of a heron"},
                {"speaker": "Tom", "dia_id": "D1:3", "text": ""},
            ],
            "session_10_date_time": "9:00 am on 9 May, 2023",
            "session_10": [{"speaker": "Tom", "dia_id": "D10:1", "text": "Morning."}],
            "session_2_date_time": "9:00 am on 9 May, 2023",
        },
        "qa": [
            {"question": "What did Ines buy?", "answer": "A kiln", "evidence": ["D1:1; D10:1", "D9:9"], "category": 4},
            {"question": "What is lost?", "answer": "It", "evidence": ["D9:9", "D"], "category": 1},
            {"question": "What has no evidence?", "answer": 3, "category": 3},
        ],
        "observation": {"session_1_observation": {"Ines": [["Ines bought a kiln.", "D1:1"], ["Nothing.", ["D7:7"]]]}},
    }
]
REALTALK = {
    "name": {"speaker_1": "Ines", "speaker_2": "Tom"},
    "session_1": [{"clean_text": "hiya", "speaker": "Ines", "date_time": "29.12.2023, 22:42:04", "dia_id": "D1:1"}],
    "session_1_date_time": "29.12.2023",
    "events_session_1": {},
    "qa": [{"question": "Who says hi?", "answer": "Ines", "evidence": ["D1:1"], "category": 3}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "locomo.json").write_text(json.dumps(LOCOMO))
    (tmp_path / "chats").mkdir()
    (tmp_path / "chats" / "Chat_1.json").write_text(json.dumps(REALTALK))
    (tmp_path / "other.json").write_text("[1, 2]")
    return tmp_path


def test_a_folder_is_read_by_what_its_files_hold(folder: Path) -> None:
    assert [conversation.name for conversation in load(folder)] == ["Chat_1", "conv-26"]


def test_locomo_sessions_come_in_order_with_their_times(folder: Path) -> None:
    (talk,) = load(folder, ["26"])
    assert [session.name for session in talk.sessions] == ["session_1", "session_10"]
    assert talk.turns[0].at == datetime(2023, 5, 8, 13, 56, tzinfo=UTC)
    assert [turn.id for turn in talk.turns] == ["D1:1", "D1:2", "D10:1"]
    assert talk.turns[1].text == "Look! [shares a picture: a photo of a heron]"
    assert talk.speakers == {"Ines", "Tom"}
    assert talk.tuned


def test_evidence_that_is_not_there_is_dropped_with_its_question(folder: Path) -> None:
    (talk,) = load(folder, ["26"])
    assert [(asked.category, asked.evidence) for asked in talk.questions] == [("single-hop", frozenset({"D1:1", "D10:1"}))]
    assert talk.observations == (("Ines bought a kiln.", frozenset({"D1:1"})),)


def test_realtalk_messages_have_their_own_times(folder: Path) -> None:
    (talk,) = load(folder / "chats" / "Chat_1.json")
    assert talk.turns[0].at == datetime(2023, 12, 29, 22, 42, 4, tzinfo=UTC)
    assert talk.questions[0].category == "commonsense"
    assert not talk.tuned


def test_missing_data_is_named_with_how_to_point_at_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(DataMissing, match="--data PATH"):
        data_path(None)
    with pytest.raises(DataMissing, match="nowhere"):
        data_path(str(tmp_path / "nowhere"))
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert data_path(None) == tmp_path


def test_a_folder_without_conversations_and_a_broken_file_are_named(folder: Path) -> None:
    with pytest.raises(DataMissing, match="called nobody"):
        load(folder, ["nobody"])
    with pytest.raises(DataMissing, match=r"other\.json"):
        load(folder / "other.json")
    (folder / "broken.json").write_text('{"half')
    with pytest.raises(DataMissing, match=r"broken\.json"):
        load(folder)


def test_a_caption_alone_is_a_message() -> None:
    assert with_caption("", "a photo of a heron") == "[shares a picture: a photo of a heron]"
    assert with_caption("Hi ", None) == "Hi"
