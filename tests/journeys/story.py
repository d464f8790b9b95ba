"""What the conversation in examples/demo.jsonl tells, as the answers that a journey expects of the running demo.

Times are those of the speaker's own calendar: a year, a month or a day (`agrees` compares one with an instant). Facts stand
in canonical direction; of a symmetric relation either end may come first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from graph.time import in_utc, parse_period

WIDEST_OFFSET = timedelta(hours=14)
SYMMETRIC = ("partner_of", "engaged_to", "married_to", "sibling_of", "relative_of", "colleague_of")


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant on both clocks as `asOf` takes it; None is now."""

    valid: str | None = None
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Believed:
    """One fact: from when until when it held (None: until further notice), and words that a source must contain.

    `valid_at` None: the words leave open since when.
    """

    subject: str
    relation: str
    object: str
    valid_at: str | None
    invalid_at: str | None
    quote: str


class Shown(StrEnum):
    """How a fact stands among the facts of the answer: with this status, or not at all (ABSENT), or at least not as holding."""

    HOLDS = "HOLDS"
    ENDED = "ENDED"
    FUTURE = "FUTURE"
    NOT_HELD = "NOT_HELD"
    ABSENT = "ABSENT"

    @property
    def required(self) -> bool:
        return self in (Shown.HOLDS, Shown.ENDED, Shown.FUTURE)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the answer to `question`, asked as of `at`, must or must not show."""

    at: Moment
    question: str
    fact: Believed
    shown: Shown


def agrees(period: str, at: datetime) -> bool:
    """Whether an instant lies in a year, month or day, whatever the offset of the calendar it was meant in."""
    meant = parse_period(period)
    return meant.first - WIDEST_OFFSET <= in_utc(at) < meant.end + WIDEST_OFFSET


def still(fact: Believed) -> Believed:
    """The fact as it was believed before its end was told."""
    return replace(fact, invalid_at=None)


# Homes
MAREN_LEEDS = Believed("Maren", "lives_in", "Leeds", "2019", "2025-02-15", "I've lived in Leeds since 2019")
MAREN_VALENCIA = Believed("Maren", "lives_in", "Valencia", "2025-02-15", "2026-03-07", "I moved to Valencia last Saturday")
MAREN_GIRONA = Believed("Maren", "lives_in", "Girona", "2026-03-07", None, "I moved to Girona on the 7th")
DARIO_BRISTOL = Believed("Dario", "lives_in", "Bristol", "2024-06", "2025-01", "I've lived in Bristol since June")
DARIO_BRISTOL_AS_TOLD = replace(DARIO_BRISTOL, invalid_at="2025-04-04")
"""Until October 2025 nobody had said that Bristol was over by January."""
DARIO_GHENT = Believed("Dario", "lives_in", "Ghent", "2025-01", "2025-04", "I lived in Ghent from January to April")
DARIO_ANTWERP = Believed("Dario", "lives_in", "Antwerp", "2025-04-04", None, "I moved to Antwerp on Friday")
DARIO_MONTREAL = Believed("Dario", "lives_in", "Montreal", "2026-01", None, "move to Montreal in January")
INES_PORTO = Believed("Ines", "lives_in", "Porto", "2021", None, "I've lived in Porto since 2021")
LEILA_ANTWERP = Believed("Leila", "lives_in", "Antwerp", "2026-04", None, "Leila moved to Antwerp last weekend")
BRANDT_OSLO = Believed("Leo Brandt", "lives_in", "Oslo", "2025-10", None, "Leo Brandt moved to Oslo in October")
MARSH_OSLO = replace(BRANDT_OSLO, subject="Leo Marsh")

# Work and studies
MAREN_TOLBRIDGE = Believed("Maren", "works_at", "Tolbridge Library", "2024-09-14", "2025-01-17", "I work at Tolbridge Library")
MAREN_LUMAR = Believed("Maren", "works_at", "Lumar Aquarium", "2025-03-03", "2026-02-28", "I start at Lumar Aquarium on 3 March")
MAREN_TRAMUNTANA = Believed("Maren", "works_at", "Tramuntana Divers", "2026-04-20", None, "I started at Tramuntana Divers on Monday")
DARIO_BRIGHTWATER = Believed("Dario", "works_at", "Brightwater Energy", "2024-09-14", "2025-03", "I work at Brightwater Energy")
DARIO_NOORDZEE = Believed("Dario", "works_at", "Noordzee Wind", "2025-04-07", None, "I start at Noordzee Wind tomorrow")
INES_HOSPITAL = Believed("Ines", "works_at", "Santa Rita Hospital", "2025-02-19", None, "I work at Santa Rita Hospital")
INES_UNIVERSITY = Believed("Ines", "studies_at", "University of Porto", "2025-02-19", "2025-06-13", "study at the University of Porto")
LEILA_ARCHITECT = Believed("Leila", "works_as", "architect", "2026-01-25", None, "Leila is an architect")

# Who is with whom
DARIO_HAZEL = Believed("Dario", "partner_of", "Hazel", "2024-09", "2025-05", "Hazel and I have been together since September")
DARIO_LEILA = Believed("Dario", "partner_of", "Leila", "2025-12-31", None, "Leila and I got together on New Year's Eve")
MAREN_MIGUEL = Believed("Maren", "partner_of", "Miguel", "2025-08", None, "Miguel and I have been together since August")
RUTH_OWEN_ENGAGED = Believed("Ruth", "engaged_to", "Owen", "2024-10", None, "Ruth and Owen got engaged last weekend")
RUTH_OWEN = Believed("Ruth", "married_to", "Owen", "2025-08-16", None, "Ruth and Owen got married on Saturday")

# Kin, colleagues, pets, things, tastes
GIULIA_DARIO = Believed("Giulia", "sibling_of", "Dario", "2024-09-14", None, "My sister Giulia")
JONAS_LINA = Believed("Jonas", "parent_of", "Lina", "2026-04", None, "Her name is Lina")
BRANDT_DARIO = Believed("Leo Brandt", "colleague_of", "Dario", "2024-12-08", None, "Leo Brandt is my colleague")
MARSH_MAREN = Believed("Leo Marsh", "relative_of", "Maren", "2024-12-08", None, "Leo Marsh is my cousin")
PEPA = Believed("Pepa", "pet_of", "Maren", "2025-08", None, "Her name is Pepa")
VAN = Believed("Dario", "owns", "camper van", "2024-10", "2025-12", "I bought a camper van last week")
NO_OLIVES = Believed("Maren", "dislikes", "olives", "2024-10-20", "2025-12-14", "I hate olives")
OLIVES = Believed("Maren", "likes", "olives", "2025-12-14", None, "I love olives now")
VEGETARIAN = Believed("Maren", "diet", "vegetarian", "2024-12-08", "2026-03-22", "I'm vegetarian")

# What was corrected
GIULIA_TURIN = Believed("Giulia", "born_in", "Turin", "2024-12-08", None, "Giulia was born in Turin")
GIULIA_TRENTO = Believed("Giulia", "born_in", "Trento", None, None, "It was Trento")
LINA_TUESDAY = Believed("Lina", "born_on", "21 April 2026", "2026-04-21", None, "She was born on Tuesday")
LINA_WEDNESDAY = Believed("Lina", "born_on", "22 April 2026", "2026-04", None, "Lina was born on Wednesday")

# What is planned: until the end of the time it was planned for, unless it was dropped
PLAN_VALENCIA = Believed("Maren", "plans", "move to Valencia", "2024-12-08", "2025-03-01", "I'm planning to move to Valencia in February")
PLAN_MONTREAL = Believed("Dario", "plans", "move to Montreal", "2025-10-05", "2025-12-14", "I'm planning to move to Montreal in January")
PLAN_MONTREAL_AS_TOLD = replace(PLAN_MONTREAL, invalid_at="2026-02-01")
WORKSHOP = Believed(
    "Dario", "wants", "open a small bicycle workshop", "2025-06-15", None, "I want to open a small bicycle workshop one day"
)
CAMINO = Believed("Maren", "wants", "walk the Camino", "2026-05-17", None, "I want to walk the Camino one day")

NOW = Moment()
VALID_2024_11 = Moment(valid="2024-11-15")
VALID_2025_02 = Moment(valid="2025-02-20")
VALID_2025_09 = Moment(valid="2025-09-20")
KNOWN_2024_12 = Moment(known="2024-12-01T00:00:00Z")
KNOWN_2025_05 = Moment(known="2025-05-01T00:00:00Z")
KNOWN_2025_11 = Moment(known="2025-11-01T00:00:00Z")
ON_2025_02_01 = Moment("2025-02-01T00:00:00Z", "2025-02-01T00:00:00Z")
ON_2025_11_01 = Moment("2025-11-01T00:00:00Z", "2025-11-01T00:00:00Z")
VALID_2025_02_AS_KNOWN_2025_05 = Moment("2025-02-20", "2025-05-01T00:00:00Z")

HOLDS, ENDED, FUTURE, NOT_HELD, ABSENT = Shown.HOLDS, Shown.ENDED, Shown.FUTURE, Shown.NOT_HELD, Shown.ABSENT
Answer = Mapping[Shown, Sequence[Believed]]

TODAY: Mapping[str, Answer] = {
    "Where does Maren live?": {HOLDS: [MAREN_GIRONA], NOT_HELD: [MAREN_VALENCIA, MAREN_LEEDS]},
    "Where did Maren live before Girona?": {ENDED: [MAREN_VALENCIA, MAREN_LEEDS]},
    "Where does Dario live?": {HOLDS: [DARIO_ANTWERP], NOT_HELD: [DARIO_GHENT, DARIO_BRISTOL], ABSENT: [DARIO_MONTREAL]},
    "Where did Dario live before Antwerp?": {ENDED: [DARIO_GHENT, DARIO_BRISTOL]},
    "Where did Dario live in February 2025?": {ENDED: [DARIO_GHENT]},
    "Where does Ines live?": {HOLDS: [INES_PORTO]},
    "Where does Leila live?": {HOLDS: [LEILA_ANTWERP]},
    "Where does Leo Brandt live?": {HOLDS: [BRANDT_OSLO], ABSENT: [MARSH_OSLO]},
    "Who is Leo Marsh?": {HOLDS: [MARSH_MAREN], ABSENT: [MARSH_OSLO]},
    "Who is Leo Brandt?": {HOLDS: [BRANDT_DARIO]},
    "Where does Maren work?": {HOLDS: [MAREN_TRAMUNTANA], NOT_HELD: [MAREN_LUMAR, MAREN_TOLBRIDGE]},
    "Where did Maren work before?": {ENDED: [MAREN_LUMAR, MAREN_TOLBRIDGE]},
    "Where does Dario work?": {HOLDS: [DARIO_NOORDZEE], NOT_HELD: [DARIO_BRIGHTWATER]},
    "Where did Dario work before Noordzee Wind?": {ENDED: [DARIO_BRIGHTWATER]},
    "Where does Ines work?": {HOLDS: [INES_HOSPITAL]},
    "Where did Ines study?": {ENDED: [INES_UNIVERSITY]},
    "What does Leila do for a living?": {HOLDS: [LEILA_ARCHITECT]},
    "Who is Dario together with?": {HOLDS: [DARIO_LEILA], NOT_HELD: [DARIO_HAZEL]},
    "Who was Dario's girlfriend before Leila?": {ENDED: [DARIO_HAZEL]},
    "Who is Maren's boyfriend?": {HOLDS: [MAREN_MIGUEL]},
    "Who is Ruth married to?": {HOLDS: [RUTH_OWEN]},
    "Who is Dario's sister?": {HOLDS: [GIULIA_DARIO]},
    "Who is Jonas's daughter?": {HOLDS: [JONAS_LINA]},
    "Where was Giulia born?": {HOLDS: [GIULIA_TRENTO], ABSENT: [GIULIA_TURIN]},
    "When was Lina born?": {HOLDS: [LINA_WEDNESDAY], ABSENT: [LINA_TUESDAY]},
    "What is Maren's dog called?": {HOLDS: [PEPA]},
    "Did Dario own a camper van?": {ENDED: [VAN]},
    "Does Maren like olives?": {HOLDS: [OLIVES], NOT_HELD: [NO_OLIVES]},
    "Was Maren vegetarian?": {ENDED: [VEGETARIAN]},
    "What does Dario want to open one day?": {HOLDS: [WORKSHOP]},
    "What does Maren want to do one day?": {HOLDS: [CAMINO]},
    "What are Dario's plans?": {NOT_HELD: [PLAN_MONTREAL]},
    "Did Dario plan to move to Montreal?": {ENDED: [PLAN_MONTREAL], ABSENT: [DARIO_MONTREAL]},
    "Did Maren plan to move to Valencia?": {ENDED: [PLAN_VALENCIA]},
}

IN_THE_WORLD: Mapping[Moment, Mapping[str, Answer]] = {
    VALID_2024_11: {
        "Where does Maren live?": {HOLDS: [MAREN_LEEDS], NOT_HELD: [MAREN_VALENCIA, MAREN_GIRONA]},
        "Where does Dario live?": {HOLDS: [DARIO_BRISTOL], NOT_HELD: [DARIO_GHENT, DARIO_ANTWERP]},
        "Where does Maren work?": {HOLDS: [MAREN_TOLBRIDGE], NOT_HELD: [MAREN_LUMAR]},
        "Where does Dario work?": {HOLDS: [DARIO_BRIGHTWATER], NOT_HELD: [DARIO_NOORDZEE]},
        "Who is Dario together with?": {HOLDS: [DARIO_HAZEL], NOT_HELD: [DARIO_LEILA]},
        "Does Maren like olives?": {HOLDS: [NO_OLIVES], NOT_HELD: [OLIVES]},
        "What does Dario own?": {HOLDS: [VAN]},
    },
    VALID_2025_02: {
        "Where does Maren live?": {HOLDS: [MAREN_VALENCIA], NOT_HELD: [MAREN_LEEDS]},
        "Where does Dario live?": {HOLDS: [DARIO_GHENT], NOT_HELD: [DARIO_BRISTOL, DARIO_ANTWERP]},
        "Where does Maren work?": {NOT_HELD: [MAREN_TOLBRIDGE, MAREN_LUMAR]},
        "Where does Dario work?": {HOLDS: [DARIO_BRIGHTWATER]},
        "Who is Dario together with?": {HOLDS: [DARIO_HAZEL]},
        "Is Maren vegetarian?": {HOLDS: [VEGETARIAN]},
        "Where was Giulia born?": {ABSENT: [GIULIA_TURIN]},
    },
    VALID_2025_09: {
        "Where does Maren live?": {HOLDS: [MAREN_VALENCIA], NOT_HELD: [MAREN_LEEDS, MAREN_GIRONA]},
        "Where does Dario live?": {HOLDS: [DARIO_ANTWERP], NOT_HELD: [DARIO_GHENT]},
        "Where does Maren work?": {HOLDS: [MAREN_LUMAR], NOT_HELD: [MAREN_TOLBRIDGE, MAREN_TRAMUNTANA]},
        "Where does Dario work?": {HOLDS: [DARIO_NOORDZEE], NOT_HELD: [DARIO_BRIGHTWATER]},
        "Who is Maren's boyfriend?": {HOLDS: [MAREN_MIGUEL]},
        "Who is Dario together with?": {NOT_HELD: [DARIO_HAZEL, DARIO_LEILA]},
        "Who is Ruth married to?": {HOLDS: [RUTH_OWEN]},
        "Where was Giulia born?": {HOLDS: [GIULIA_TRENTO], ABSENT: [GIULIA_TURIN]},
        "What is Maren's dog called?": {HOLDS: [PEPA]},
    },
}

AS_KNOWN: Mapping[Moment, Mapping[str, Answer]] = {
    KNOWN_2024_12: {
        "Where does Maren live?": {HOLDS: [still(MAREN_LEEDS)], ABSENT: [MAREN_VALENCIA, MAREN_GIRONA]},
        "Where does Dario live?": {HOLDS: [still(DARIO_BRISTOL)], ABSENT: [DARIO_GHENT, DARIO_ANTWERP]},
        "Where does Maren work?": {HOLDS: [still(MAREN_TOLBRIDGE)], ABSENT: [MAREN_LUMAR]},
        "Where does Dario work?": {HOLDS: [still(DARIO_BRIGHTWATER)], ABSENT: [DARIO_NOORDZEE]},
        "Who is Dario together with?": {HOLDS: [still(DARIO_HAZEL)], ABSENT: [DARIO_LEILA]},
        "Who is Ruth engaged to?": {HOLDS: [RUTH_OWEN_ENGAGED], ABSENT: [RUTH_OWEN]},
    },
    KNOWN_2025_05: {
        "Where does Maren live?": {HOLDS: [still(MAREN_VALENCIA)], NOT_HELD: [MAREN_LEEDS], ABSENT: [MAREN_GIRONA]},
        "Where does Dario live?": {HOLDS: [DARIO_ANTWERP], NOT_HELD: [DARIO_BRISTOL_AS_TOLD], ABSENT: [DARIO_GHENT]},
        "Where did Dario live before Antwerp?": {ENDED: [DARIO_BRISTOL_AS_TOLD], ABSENT: [DARIO_GHENT]},
        "Where does Maren work?": {HOLDS: [still(MAREN_LUMAR)], NOT_HELD: [MAREN_TOLBRIDGE]},
        "Where does Dario work?": {HOLDS: [DARIO_NOORDZEE], NOT_HELD: [DARIO_BRIGHTWATER]},
        "Who is Dario together with?": {HOLDS: [still(DARIO_HAZEL)]},
        "Where was Giulia born?": {HOLDS: [GIULIA_TURIN], ABSENT: [GIULIA_TRENTO]},
    },
    KNOWN_2025_11: {
        "Where does Maren live?": {HOLDS: [still(MAREN_VALENCIA)], ABSENT: [MAREN_GIRONA]},
        "Where did Dario live before Antwerp?": {ENDED: [DARIO_GHENT, DARIO_BRISTOL]},
        "Where does Maren work?": {HOLDS: [still(MAREN_LUMAR)], ABSENT: [MAREN_TRAMUNTANA]},
        "Who is Dario together with?": {NOT_HELD: [DARIO_HAZEL], ABSENT: [DARIO_LEILA]},
        "Who is Maren's boyfriend?": {HOLDS: [MAREN_MIGUEL]},
        "Where was Giulia born?": {HOLDS: [GIULIA_TRENTO], ABSENT: [GIULIA_TURIN]},
        "Does Maren like olives?": {HOLDS: [still(NO_OLIVES)], ABSENT: [OLIVES]},
        "Does Dario own the camper van?": {HOLDS: [still(VAN)]},
    },
}

ON_BOTH_CLOCKS: Mapping[Moment, Mapping[str, Answer]] = {
    ON_2025_02_01: {
        "What are Maren's plans?": {HOLDS: [PLAN_VALENCIA]},
        "Where does Maren live?": {HOLDS: [still(MAREN_LEEDS)], ABSENT: [MAREN_VALENCIA]},
        "Where will Maren work?": {FUTURE: [still(MAREN_LUMAR)], NOT_HELD: [MAREN_TOLBRIDGE]},
    },
    ON_2025_11_01: {
        "What are Dario's plans?": {HOLDS: [PLAN_MONTREAL_AS_TOLD]},
        "Where does Dario live?": {HOLDS: [DARIO_ANTWERP], ABSENT: [DARIO_MONTREAL]},
        "What does Dario want to open one day?": {HOLDS: [WORKSHOP]},
    },
    VALID_2025_02_AS_KNOWN_2025_05: {
        "Where does Dario live?": {HOLDS: [DARIO_BRISTOL_AS_TOLD], ABSENT: [DARIO_GHENT]},
    },
}


def _expected(at: Moment, asked: Mapping[str, Answer]) -> Iterator[Expected]:
    for question, answer in asked.items():
        for shown, facts in answer.items():
            yield from (Expected(at, question, fact, shown) for fact in facts)


ASKED: Mapping[Moment, Mapping[str, Answer]] = {NOW: TODAY, **IN_THE_WORLD, **AS_KNOWN, **ON_BOTH_CLOCKS}
EXPECTED: Sequence[Expected] = tuple(expected for at, asked in ASKED.items() for expected in _expected(at, asked))
