"""The table of verb patterns: which verb, with which preposition and object, says which relation of the ontology.

A relation whose own words say it ("is employed by") needs no row: its surface forms in the ontology are tried after these. A row is for
what depends on more than the words: on the type of the object, on a noun like "job", or on several prepositions meaning the same.
"""

from dataclasses import dataclass

from extractors.local.names import ORGANIZATION, PERSON, PLACE

NAMED = "a name"
"""Stands among the types of a pattern for any proper name."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """`verbs` with an object after one of `prepositions` (none: a direct object) say `relation`.

    `types`: the object must be known to be of one of them (none: any). `nouns`: the direct object is one of these ("job"), and what stands
    after the prepositions is the relation's object, whatever held where nothing does. `bare`: it may have no object at all. `turned`: the
    object of the words is the subject of the relation. `passive` None: either voice.
    """

    relation: str
    verbs: str
    prepositions: str = ""
    particle: str = ""
    types: tuple[str, ...] = ()
    nouns: str = ""
    passive: bool | None = None
    bare: bool = False
    turned: bool = False


JOB = "job position work career internship gig role post"
_DEGREE = "degree studies master bachelor phd doctorate diploma course bachelors masters"

PATTERNS: tuple[Pattern, ...] = (
    # homes
    Pattern("lives_in", "live reside dwell", "in at on"),
    Pattern("lives_near", "live reside dwell", "near by"),
    Pattern("lives_in", "settle", "in", "down"),
    Pattern("lives_in", "base", "in|out of|of", passive=True),
    Pattern("stays_in", "stay", "in", types=(PLACE,)),
    Pattern("lives_with", "live stay", "with", types=(PERSON,)),
    Pattern("headquartered_in", "move relocate", "to", nouns="headquarters headquarter hq"),
    Pattern("moved_to", "move relocate emigrate", "to", types=(PLACE, ORGANIZATION, "Thing")),
    Pattern("moved_to", "move", "in to|into|back to|over to|back in"),
    Pattern("moved_from", "move relocate", "from|out of|away from"),
    Pattern("moved_from", "leave", types=(PLACE,)),
    Pattern("grew_up_in", "grow", "in on at near", "up"),
    Pattern("grew_up_in", "raise", "in on", passive=True),
    Pattern("grew_up_in", "come", "from", types=(PLACE,)),
    Pattern("born_in", "bear born", "in at"),
    Pattern("died_in", "die", "in", types=(PLACE,)),
    Pattern("visited", "visit", types=(PLACE, PERSON)),
    Pattern("visited", "travel fly drive go", "to", types=(PLACE, NAMED)),
    # work, but for schools
    Pattern("studies_at", "start begin", "at in", nouns="school college university kindergarten preschool"),
    Pattern("quit", "quit leave resign lose", "at from with", nouns=JOB),
    Pattern("quit", "quit leave", "of", nouns="company firm"),
    Pattern("quit", "quit resign", "from at", types=(ORGANIZATION, PLACE, "Thing")),
    Pattern("quit", "quit leave", types=(ORGANIZATION,)),
    Pattern("quit", "fire sack", "from by at", passive=True, bare=True),
    Pattern("quit", "dismiss", "from by at", passive=True),
    Pattern("quit", "lay", "by from at", "off", passive=True, bare=True),
    Pattern("quit", "resign", bare=True),
    Pattern("retired_from", "retire", "from"),
    Pattern("works_at", "work intern", "at for"),
    Pattern("works_at", "work intern", "with", types=(ORGANIZATION,)),
    Pattern("works_at", "teach", "at"),
    Pattern("works_at", "employ hire", "by at", passive=True),
    Pattern("works_at", "start begin", "at", types=(ORGANIZATION, PLACE, "Work", "Product", PERSON, NAMED)),
    Pattern("works_at", "get land start begin take accept have find", "at with", nouns=JOB),
    Pattern("works_as", "work", "as"),
    Pattern("works_as", "promote", "to", passive=True),
    Pattern("works_as", "get land start begin take accept have find", "as", nouns=JOB),
    Pattern("worked_in", "work", "in", types=(PLACE,)),
    Pattern("works_as", "work", "in"),
    Pattern("works_on", "work", "on"),
    # studies
    Pattern("studies", "study", "", types=("Topic", "Language", "Thing")),
    Pattern("studies", "learn", types=("Language", "Thing")),
    Pattern("studies", "major", "in"),
    Pattern("studies_at", "study", "at"),
    Pattern("studies_at", "enroll enrol", "at in", types=(ORGANIZATION,)),
    Pattern("studies_at", "go", "to", types=("School",)),
    Pattern("graduated_from", "graduate", "from at", bare=True),
    Pattern("graduated_from", "finish complete get", "at from", nouns=_DEGREE),
    Pattern("dropped_out_of", "drop", "of|out of", "out", types=(ORGANIZATION,)),
    # love
    Pattern("married_to", "marry", "to", types=(PERSON,)),
    Pattern("married_to", "marry remarry", types=(PERSON,), passive=False),
    Pattern("engaged_to", "engage", "to", types=(PERSON,)),
    Pattern("divorced", "divorce separate", "from", types=(PERSON,)),
    Pattern("divorced", "divorce", types=(PERSON,)),
    Pattern("broke_up_with", "break split", "with", "up"),
    Pattern("broke_up_with", "break call", "with to", "off", nouns="engagement"),
    Pattern("partner_of", "date", types=(PERSON,)),
    Pattern("partner_of", "get", "with", "together"),
    Pattern("met", "meet", types=(PERSON,)),
    Pattern("knows", "know", types=(PERSON,)),
    # things
    Pattern("sold", "sell", passive=False),
    Pattern("bought", "buy purchase", passive=False),
    Pattern("owns", "own possess"),
    # tastes
    Pattern("likes", "like love enjoy adore"),
    Pattern("dislikes", "hate dislike detest loathe stand bear"),
    Pattern("prefers", "prefer"),
    # doing
    Pattern("signed_up_for", "sign register", "for|up for", "up"),
    Pattern("signed_up_for", "register enroll enrol", "for in"),
    Pattern("attended", "attend", ""),
    Pattern("attended", "go", "to", types=("Event",)),
    Pattern("attended", "participate", "in"),
    Pattern("attended", "take", "in", nouns="part"),
    Pattern("volunteers_at", "volunteer", "at for with in"),
    Pattern("plays", "play", types=("Thing", "Activity")),
    Pattern("joined", "join"),
    Pattern("won", "win"),
)

PAIRS = {
    ("marry", ""): "married_to",
    ("engage", ""): "engaged_to",
    ("break", "up"): "broke_up_with",
    ("split", "up"): "broke_up_with",
    ("divorce", ""): "divorced",
    ("separate", ""): "broke_up_with",
    ("get", "together"): "partner_of",
    ("be", "together"): "partner_of",
    ("meet", ""): "met",
}
"""Verbs that join their subjects: "Tom and I broke up"."""

SETTLING = frozenset("move relocate start begin join leave quit marry engage graduate retire adopt divorce".split())
"""Verbs whose present tense tells of what is settled to come: "I'm moving to Oslo next month"."""

OVER_WHEN_PAST = frozenset("live reside work study own have date".split())
"""Verbs of states that are over where they are told in the past: "I lived in Rome"."""

LASTING = frozenset(
    "live work study be have own like love hate know speak play stay reside date teach attend volunteer learn intern".split()
)
"""Verbs whose present tense tells of a state that holds."""

PREPARING = frozenset("plan organize organise prepare host".split())
"""Verbs that, while they go on, tell of what is to come: "I'm organising a tournament"."""
WANTING = frozenset(("want", "crave"))
