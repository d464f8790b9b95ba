"""English words that questions are made of: which carry no content, which ask for what, which ask about the past."""

import re

from graph.language import Asks

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are aren't as at be because been before being below between both but by
    can can't could couldn't d did didn't do does doesn't doing don't down during each either else ever every few for from further had
    hadn't has hasn't have haven't having he her here hers herself him himself his how i if in into is isn't it its itself just kind let
    ll m many may me might more most much must my myself no nor not now of off on once only onto or other our ours ourselves out over own
    please re s same shall she should shouldn't so some such t tell than that the their theirs them themselves then there these they this
    those through to too type under until up upon us ve very was wasn't we were weren't what what's whatever when whenever where where's
    whether which while who who's whom whose why will with within without won't would wouldn't yes yet you your yours yourself""".split()
)
ASKING = frozenset(
    """accord call certain consider current describe different discuss done eventual exact example express follow happen initial instance
    later list main mention name often original overall particular possible potential previous primary reason recent refer
    say said several sort specific told term thing think thought typical usual various way""".split()
)
"""Words by which one asks, and which an answer seldom has: "What did she mention recently?"."""
VAGUE = frozenset(
    """achieve acquire activity approach aspect attend become became chance choose chose come common decide detail engage enjoy
    experience face favorite favourite feel felt find found gain get gave give go goal gone got handle help impact important influence
    inspire interest item know learn like long love make made meaning motivate new obtain opinion part participate people person plan
    prefer provide purpose pursue react receive respond role see seen share significance take took together undertake use view visit want
    went time year month week day someone""".split()
)
"""Words of many meanings, which an answer may as well say otherwise: what one "attended" one "went to"."""
TURNING = frozenset("not no don't doesn't didn't isn't wasn't never would used ex longer off out up".split())
"""Words that make another relation of the same verb: "does not like", "would like", "broke up"."""
CALENDAR = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday""".split()
)
ASKS = (
    (Asks.HOW_MANY, re.compile(r"\bhow (?:many|much|often)\b", re.I)),
    (
        Asks.WHEN,
        re.compile(
            r"^\W*(?:(?:and|so|since|until|by) )?when(?:'s)?\b(?![^,]*,.*\b(?:who|what|where|which|how|why)\b)|\bwhen\W*$|"
            r"\bwhen (?:did|do|does|is|are|was|were|will|would|has|have|had|can|could|should|exactly)\b|"
            r"\b(?:know|tell me|tell us|remind me|wonder|recall|find out|sure|since|until|by|and|or|you remember) when\b|"
            r"\bhow (?:long|recently)\b|\b(?:what|which) (?:year|month|date|day|week|time|season)\b",
            re.I,
        ),
    ),
    (Asks.WHERE, re.compile(r"\bwhere\b|\b(?:what|which) (?:city|town|country|state|place|location|address|street)\b", re.I)),
    (Asks.WHO, re.compile(r"\bwho(?:m|se)?\b|\b(?:what|which) person\b", re.I)),
)
PAST = re.compile(
    r"\b(?:used to|formerly|former|previous(?:ly)?|earlier|originally|initially|at first|in the past|once|before|ago|back then|"
    r"no longer|any ?more|ever|history|ex)\b",
    re.I,
)
"""Words that ask about what was."""
PAST_TENSE = re.compile(r"\b(?:was|were|wasn't|weren't|did|didn't|had|hadn't)\b", re.I)
_NAME = r"[A-Z][\w'-]*(?: (?:(?:of|the|de|and) )*[A-Z][\w'-]*)*"
_THING = (
    r"(?:\w+ing (?!(?:and|or|do|does|did|is|are|was|were|has|have|had|will|would|can|could)\b))?(?:(?:the|a|an|my|her|his|their|our|its) )?"
    rf"(?:\"[^\"]*\"|(?:[A-Z][\w-]*'s \w+ )?{_NAME}|[A-Z][\w-]*'s \w+|\w[\w'-]*)"
)
LEFT_OUT = re.compile(
    r"(?i:\b(?:besides|except(?: for)?|excluding|not counting|aside from|other than)|(?:^|[,;] )apart from) "
    rf"{_THING}(?:(?:, {_THING})*,? (?:and|or) {_THING})?"
)
"""What a question names that no answer needs to have: "Which sports besides tennis?". A name, title or word, or several with "and"."""
DONE = frozenset("did was were has had".split())
"""Words that ask for what somebody did or was, where none of `PLANNED` is among them."""
PLANNED = frozenset(
    """plan plans planned planning will want wants hope hopes forward goal goals dream future would considering next upcoming aim intend
    might""".split()
)
NAMED = frozenset(
    """which name names called title country countries city cities state place places book books movie movies band bands artist artists song
    songs""".split()
)
"""Words that ask for what goes by a name."""
ORIGIN = re.compile(
    r"\b(?:born|birth|die|died|death|founde[rd]|established|created?|creator|invented?|inventor|wr[io]te|written|author|composed?|composer|"
    r"develope?[rd]?|directed|director|produced?|producer|performed|performer|manufactured|manufacturer|built|painted|painter|educated|"
    r"completed|development|creation|foundation|founding|establishment|invention|production|composition|originated?|origin|released|published)\b",
    re.I,
)
"""Said in the past tense of what is so for good: "Where was Anna born?" asks for what holds."""
ONE_YEAR = re.compile(
    r"\d{4}|\b(?:last|this|next|past|coming|ago|yesterday|today|tonight|tomorrow|recent(?:ly)?|week(?:end)?s?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)
"""What a date says that is of one year only, unlike "in May"."""
