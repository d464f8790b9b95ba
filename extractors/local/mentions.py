"""Who and what a message speaks of, whether or not it says anything of them."""

from collections.abc import Iterator

from extractors.local.names import is_named, quoted_span
from extractors.local.nouns import mention
from extractors.local.people import kin_mention, kin_role
from extractors.local.scene import Scene
from graph.language import Mention


def mentions(scene: Scene) -> tuple[Mention, ...]:
    """The names, kin and pets of a message, each once, in order."""
    found: dict[str, Mention] = {}
    for mention_ in _all(scene):
        found.setdefault(mention_.text, mention_)
    return tuple(found.values())


def _all(scene: Scene) -> Iterator[Mention]:
    done = -1
    for token in scene.doc:
        if token.i <= done or token.pos_ not in ("NOUN", "PROPN", "X", "ADJ", "ADV", "INTJ") or scene.is_time(token):
            continue
        if kin_role(token) is not None:
            found = kin_mention(token, scene)
        elif is_named(token) and token.dep_ != "compound" and quoted_span(token) is None:
            found = mention(token, scene)
        else:
            found = None
        if found is not None:
            yield found
