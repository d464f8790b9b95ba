import pytest

from tests.extractors.local.spoken import told


@pytest.mark.parametrize(
    "text",
    [
        "How are you?",
        "Thanks so much!",
        "Hey Bo, good morning!",
        "That sounds amazing!",
        "Let me know if you need help.",
        "I hope you have a great time.",
        "I hope she moves to Porto.",
        "If I win, I'll buy a boat.",
        "I wish I lived in Rome.",
        "You never know what people want.",
        "People need friends.",
        "Do you live in Porto?",
        "I wonder if Tom lives in Rome.",
        "I would have moved to Rome.",
        "You should visit Lisbon.",
        "Go to Lisbon!",
        "I'm so excited!",
        "I'm tired today.",
        "I had a lot of fun.",
        "It was a good time.",
        "I love it.",
        "They moved to Rome.",
        "It is in Porto.",
        "I love your painting.",
        "I'll keep you posted.",
        "I saw that.",
        "I got the thing.",
        "What a lovely day in Lisbon!",
        "Can't wait to see you!",
        "I didn't move to Rome.",
        "Imagine I lived in Rome.",
        "I don't know whether she works at Larkfield Labs.",
        "Tell Tom I said hi.",
        "I feel great about it.",
        "See you on Monday!",
        "I think so.",
        "Not sure yet.",
        "I'm not a doctor.",
        "Well done, Bo!",
        "I'm proud of you.",
        "I could move to Rome.",
        "Maybe.",
        "I love the color and texture.",
        "We all have tight schedules.",
        "Keep up the good work!",
        "This pic is from yesterday.",
        "I should call my brother more often.",
        "My kids had a blast.",
        "Everyone has a dream.",
        "Would you like to visit Rome?",
        "I'd buy a boat.",
        "Anyone who lives in Rome knows that.",
        "I will make sure to have a safe trip.",
        "Hope you had a great weekend in Porto!",
        "Thanks for the advice, Tom.",
        "I'm glad you liked Rome.",
        "It reminds me of a trip.",
    ],
)
def test_what_makes_no_facts(text: str) -> None:
    assert [line for line in told(text) if "child_of" not in line and "sibling_of" not in line] == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I went to a class.", False),
        ("I went to a pottery class.", True),
        ("I went to a class yesterday.", True),
        ("I love the music.", False),
        ("I love the sea.", True),
        ("I had lunch.", False),
        ("I had a meeting with the mayor last week.", True),
        ("I love your hat.", False),
        ("I saw a film.", False),
        ("I watched Night Ferry.", True),
    ],
)
def test_the_object_must_be_worth_remembering(text: str, kept: bool) -> None:
    assert bool(told(text)) is kept
