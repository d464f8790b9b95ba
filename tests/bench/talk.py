"""An invented conversation to measure with."""

from datetime import UTC, datetime, timedelta

from bench.data import Asked, Conversation, Session, Turn

START = datetime(2024, 3, 1, 9, tzinfo=UTC)
SAID = (
    ("Ines", "I bought a kiln last week."),
    ("Tom", "Where will you put the kiln, Ines?"),
    ("Ines", "In the shed behind my house in Porto."),
    ("Tom", "My sister Clara lives in Porto too."),
    ("Ines", "Has she ever tried pottery?"),
    ("Tom", "No, Clara paints herons."),
)


def conversation() -> Conversation:
    turns = tuple(Turn(f"D1:{n}", speaker, text, START + timedelta(minutes=n)) for n, (speaker, text) in enumerate(SAID, start=1))
    questions = (
        Asked("What did Ines buy?", "single-hop", frozenset({"D1:1"})),
        Asked("What does Clara paint?", "single-hop", frozenset({"D1:6"})),
        Asked("Who lives in Porto?", "multi-hop", frozenset({"D1:3", "D1:4"})),
    )
    observations = (("Ines bought a kiln.", frozenset({"D1:1"})),)
    return Conversation("conv-0", "invented.json", (Session("session_1", turns),), questions, observations)
