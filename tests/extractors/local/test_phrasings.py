from pathlib import Path

from extractors.local.phrasings import Phrasings, words_of
from graph.ontology import load_ontology


def parted(phrasings: Phrasings, text: str) -> list[tuple[str, str, str]]:
    words = words_of(text)
    split = phrasings.splits(words)
    return [(one.relation.name, _text(words, *one.subject, text), _text(words, *one.object, text)) for one in split[:1]]


def _text(words: list, first: int, last: int, text: str) -> str:  # type: ignore[type-arg]
    return text[words[first].start : words[last - 1].end]


def test_a_phrase_stands_between_after_a_possessor_and_before_of() -> None:
    phrasings = Phrasings(load_ontology())
    for text in ("Farland's capital is Port Vale", "The capital of Farland is Port Vale", "Farland has the capital Port Vale"):
        assert parted(phrasings, text) == [("has_capital", "Farland", "Port Vale")]
    assert parted(phrasings, "Port Vale is the capital of Farland") == [("capital_of", "Port Vale", "Farland")]


def test_gaps_show_where_the_ends_stand(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[relations.brewed_by]\nlabel = "was brewed by"\nsurface = ["the house that brews … is", "… comes from … since ever"]\n')
    phrasings = Phrasings(load_ontology(own))
    assert parted(phrasings, "The house that brews Norte Ale is Norte") == [("brewed_by", "Norte Ale", "Norte")]
    assert parted(phrasings, "Norte Ale comes from Norte since ever") == [("brewed_by", "Norte Ale", "Norte")]


def test_adverbs_change_nothing() -> None:
    assert parted(Phrasings(load_ontology()), "Jon Vale is currently employed by Norte") == [("works_at", "Jon Vale", "Norte")]
