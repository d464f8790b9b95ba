from extractors.local.mentions import mentions
from graph.language import MentionKind
from tests.extractors.local.spoken import readings, scene


def test_names_kin_and_pets_are_mentioned_though_nothing_is_said_of_them() -> None:
    found = mentions(scene("Did your sister see Lea Brandt and our cat Miso in Porto?"))
    assert [(m.kind, m.text, m.type) for m in found] == [
        (MentionKind.ROLE, "Bo's sister", "Person"),
        (MentionKind.NAME, "Lea Brandt", "Person"),
        (MentionKind.NAME, "Miso", "Animal"),
        (MentionKind.NAME, "Porto", "Place"),
    ]


def test_days_months_and_greetings_are_no_mentions() -> None:
    assert mentions(scene("Hey, good morning! See you on Monday in March.")) == ()


def test_they_come_with_the_reading() -> None:
    (reading,) = readings([("Ada", "How is Lea?")])
    assert [m.text for m in reading.mentions] == ["Lea"]
    assert reading.statements == ()
