"""What was said last before something is taken back: the only thing that a bare "No, Porto" can be about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from extractors.local.clauses import is_question
from extractors.local.draft import Draft
from extractors.local.names import is_named
from extractors.local.scene import Scene

_TELLING = ("NOUN", "PROPN", "VERB", "AUX", "NUM")
_WAITING = frozenset("wait oops hm hmm um sorry correction".split())
_SHORT = 4
"""Words of a message that only shows attention: "Oh, how nice!"."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the talk with what was read from it; `scene` None: it is not read, as those of an assistant."""

    text: str
    scene: Scene | None = None
    drafts: Sequence[Draft] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence, or the part of one before a correction. `echo`: what was answered to it, which the correction is about too."""

    span: Span
    scene: Scene
    drafts: Sequence[Draft]
    echo: str | None = None

    def is_about(self, draft: Draft, speaker: str) -> bool:
        """Whether a correction by `speaker` can be of this draft: nobody else knows better what one says of oneself."""
        own = self.scene.speaker == speaker or draft.subject != self.scene.me
        return own and (self.echo is None or draft.object.text in self.echo)


def remark_before(cue: Span, scene: Scene, drafts: Sequence[Draft], heard: Sequence[Heard]) -> Remark | None:
    """What was said just before `cue`, in its message or the one before; None where that was a question, or nothing."""
    before = [scene.doc[cue.sent.start : cue.start], *reversed([s for s in scene.doc.sents if s.end <= cue.sent.start])]
    for part in before:
        if _tells(part):
            return _remark(part, scene, drafts, None)
    return _heard_last(scene.speaker, heard)


def _heard_last(speaker: str, heard: Sequence[Heard]) -> Remark | None:
    echo: str | None = None
    for message in reversed(heard):
        if message.scene is None or (message.scene.speaker != speaker and _is_passing(message)):
            if "?" in message.text or echo is not None:
                return None
            echo = message.text if len(message.text.split()) > _SHORT else None
            continue
        part = next(_telling_parts(message.scene), None)
        if part is not None:
            return _remark(part, message.scene, message.drafts, echo)
        if message.scene.speaker != speaker:
            return None
    return None


def _telling_parts(scene: Scene) -> Iterator[Span]:
    return (sentence for sentence in reversed(list(scene.doc.sents)) if _tells(sentence))


def _tells(part: Span) -> bool:
    """Whether it is more than "Oops" or "Hm, wait"."""
    words = [t for t in part if t.is_alpha or t.is_digit]
    if "?" in part.text:
        return True
    if len(words) < 2:
        return any(is_named(t) or t.is_digit for t in words)
    return any(t.pos_ in _TELLING and t.dep_ != "intj" and t.lower_ not in _WAITING for t in words)


def _is_passing(message: Heard) -> bool:
    """ "How nice!": nothing that could be corrected."""
    return len(message.text.split()) <= _SHORT and not message.drafts and not (message.scene and any(map(is_named, message.scene.doc)))


def _remark(part: Span, scene: Scene, drafts: Sequence[Draft], echo: str | None) -> Remark | None:
    if is_question(part.sent) or "?" in part.text:
        return None
    told = [draft for draft in drafts if part.start <= draft.tokens[0].i < part.end]
    return Remark(part, scene, told, echo)
