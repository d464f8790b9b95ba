from extractors.local.corrections import corrected
from extractors.local.remarks import Heard, remark_before
from graph.ontology import load_ontology
from tests.extractors.local.spoken import scene


def last(text: str, *before: str) -> str | None:
    """What a correction that begins the last sentence of `text` is about, said by Ada after `before`."""
    said = scene(text)
    cue = list(said.doc.sents)[-1]
    remark = remark_before(cue, said, [], [Heard(each, scene(each)) for each in before])
    return None if remark is None else remark.span.text


def test_it_is_the_sentence_before() -> None:
    assert last("I live in Rome. The weather is fine. No, Porto.") == "The weather is fine."


def test_what_tells_nothing_is_passed_over() -> None:
    assert last("I live in Rome. Oops. No, Porto.") == "I live in Rome."
    assert last("No, Porto.", "I live in Rome.", "Hm.") == "I live in Rome."


def test_a_question_leaves_nothing_to_correct() -> None:
    assert last("I live in Rome. Do you know it? No, Porto.") is None
    assert last("No, Porto.", "I live in Rome.", "Do you know it?") is None


def test_an_unread_message_lets_through_what_it_repeats() -> None:
    said, rome = scene("No, Porto."), Heard("I live in Rome.", scene("I live in Rome."))
    cue = list(said.doc.sents)[-1]
    for answer, echo in (("Noted!", None), ("So it is Rome where you live.", "So it is Rome where you live.")):
        remark = remark_before(cue, said, [], [rome, Heard(answer)])
        assert remark is not None and remark.echo == echo
    assert remark_before(cue, said, [], [rome, Heard("Is it nice there?")]) is None


def test_nothing_was_said_before_the_first_message() -> None:
    said = scene("No, Porto.")
    assert remark_before(next(said.doc.sents), said, [], []) is None
    assert corrected([], said, [], [], load_ontology()) == []
