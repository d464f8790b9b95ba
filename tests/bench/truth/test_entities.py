from datetime import UTC, datetime

from bench.truth.entities import GOLD, marked, meant, scores
from graph.model import Entity

AT = datetime(2024, 7, 1, tzinfo=UTC)


def entity(name: str, *aliases: str) -> Entity:
    return Entity(name, "g", name, "Person", None, AT, AT, aliases)


def test_scores_over_pairs_and_mentions() -> None:
    assert scores("aab", "xxy") == {"pairwise precision": 1.0, "pairwise recall": 1.0, "b-cubed precision": 1.0, "b-cubed recall": 1.0}
    found = scores("aab", "xxx")
    assert found["pairwise precision"] == 0.3333
    assert found["b-cubed precision"] == 0.5556
    assert scores("aaa", "xxy")["pairwise recall"] == 0.3333


def test_words_mean_the_one_linked_entity_that_goes_by_them() -> None:
    linked = [entity("Leo Marsh", "Ada's cousin"), entity("Ada")]
    assert meant("my cousin Leo", linked) == linked[0]
    assert meant("Marsh", linked) == linked[0]
    assert meant("Bo", linked) is None
    assert meant("Leo", [*linked, entity("Leo Brandt")]) is None


def test_the_gold_has_enough_mentions_and_no_words_of_others() -> None:
    example, chats = marked(GOLD / "example.tsv"), marked(GOLD / "chats.tsv")
    assert len(example) + len(chats) >= 300
    assert {len(row) for row in chats} == {5}
