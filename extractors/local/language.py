"""Whether a text is English: a cheap test on its letters and its commonest words."""

import re

COMMON = frozenset(
    "the be to of and a in that have i it for not on with he as you do at this but his by from they we say her she or an "
    "will my one all would there their what so up out if about who get which go me when make can like time no just him know "
    "take people into year your good some could them see other than then now look only come its over think also back after "
    "use two how our work first well way even new want because any these give day most us is are was were been has had did "
    "does am i'm it's don't that's i've he's she's we're said went got called named moved yes ok okay thanks hi hey hello "
    "lol yeah no cool nice great very really too more still here why where".split()
)
OTHERS = frozenset(
    "el la los las un una que de en es por con para mi su como pero muy yo est le les des du une je tu il nous vous et pas mais avec pour "
    "dans der die das und ist nicht ich ein eine mit zu auf den von wir sie aber o os um uma não eu meu minha com para você il lo gli che "
    "di sono ho per non det och jag är som inte på av att ik het een van niet je en dat jeg ikke og på til er w nie się na jest do że mam "
    "moi mon ma ja bin hab habe mein meine hola gracias merci bonjour danke".split()
)
_IN_NAME = re.compile(
    r"(?<=[^\W\d_])((?:\s(?:de|la|las|los|el|le|les|des|du|di|do|da|den|der|die|van|von|zu|y|et|og|i|e|L[ae]s?|De|D[ei]r|V[ao]n))+)(?=\s[A-Z\u00c0-\u00de])"
)
""" "Jean de La Fontaine": words of another language that a name brings along."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def looks_english(text: str) -> bool:
    """True unless most letters are of another script, or other languages' commonest words outnumber the English ones."""
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return False
    if sum(character.isascii() for character in letters) < 0.75 * len(letters):
        return False
    written = _WORD.findall(_IN_NAME.sub("", text))
    words = [word.lower() for word in written]
    english = sum(word in COMMON for word in words)
    named = len(written) > 2 and written[0][0].isupper() and written[1][0].isupper()
    foreign = sum(word.lower() in OTHERS - COMMON for n, word in enumerate(written) if (n == 0 and not named) or word.islower())
    if foreign == 0:
        return english > 0 or len(words) <= 12
    return english > foreign
