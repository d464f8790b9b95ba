"""How chats spell English, as data: contractions without their apostrophe, slang, and words that a neighbour has to settle."""

import re
from collections.abc import Mapping

CONTRACTIONS: Mapping[str, str] = {
    "aint": "ain't",
    "arent": "aren't",
    "cant": "can't",
    "couldnt": "couldn't",
    "didnt": "didn't",
    "doesnt": "doesn't",
    "dont": "don't",
    "hadnt": "hadn't",
    "hasnt": "hasn't",
    "havent": "haven't",
    "heres": "here's",
    "hes": "he's",
    "im": "I'm",
    "isnt": "isn't",
    "ive": "I've",
    "shes": "she's",
    "shouldnt": "shouldn't",
    "shouldve": "should've",
    "thats": "that's",
    "theres": "there's",
    "theyre": "they're",
    "theyve": "they've",
    "wasnt": "wasn't",
    "werent": "weren't",
    "weve": "we've",
    "whats": "what's",
    "wheres": "where's",
    "wont": "won't",
    "wouldnt": "wouldn't",
    "wouldve": "would've",
    "youll": "you'll",
    "youre": "you're",
    "youve": "you've",
}

SLANG: Mapping[str, str] = {
    "2day": "today",
    "2moro": "tomorrow",
    "2morrow": "tomorrow",
    "2nite": "tonight",
    "abt": "about",
    "b-day": "birthday",
    "b4": "before",
    "bc": "because",
    "bcuz": "because",
    "bday": "birthday",
    "bf": "boyfriend",
    "bff": "best friend",
    "btw": "by the way",
    "coulda": "could have",
    "cos": "because",
    "coz": "because",
    "cuz": "because",
    "dunno": "don't know",
    "fav": "favorite",
    "fave": "favorite",
    "finna": "going to",
    "gf": "girlfriend",
    "gimme": "give me",
    "gonna": "going to",
    "gotta": "have to",
    "gr8": "great",
    "hafta": "have to",
    "hubby": "husband",
    "idk": "I don't know",
    "ikr": "I know",
    "ima": "I'm going to",
    "imma": "I'm going to",
    "imo": "in my opinion",
    "kinda": "kind of",
    "l8r": "later",
    "lemme": "let me",
    "lotta": "lot of",
    "luv": "love",
    "msg": "message",
    "ngl": "honestly",
    "nite": "night",
    "omw": "on my way",
    "outta": "out of",
    "pls": "please",
    "plz": "please",
    "ppl": "people",
    "rly": "really",
    "rn": "right now",
    "shoulda": "should have",
    "sorta": "sort of",
    "tbh": "to be honest",
    "tho": "though",
    "thru": "through",
    "thx": "thanks",
    "tmr": "tomorrow",
    "tmrw": "tomorrow",
    "tmw": "tomorrow",
    "tomorow": "tomorrow",
    "tryna": "trying to",
    "u": "you",
    "ur": "your",
    "wanna": "want to",
    "w/": "with",
    "w/o": "without",
    "woulda": "would have",
    "yday": "yesterday",
    "yest": "yesterday",
}

EMOTICON = re.compile(
    r"(?<!\S)(?:[:;=8xX][-'^o]?[)(DPpOo/\\|*3\]\[]+|<3+|</3|\^[_.]?\^|[:;]['\"]\(|o[._]O|-_-|T_T|xD+|XD+|lo+l|lmf?ao+|rofl|haha(?:ha)*h?|hehe(?:he)*)(?=[\s.,!?]|$)"
)

_SAYING = (
    r"be|go|get|see|let|try|have|take|tell|send|call|do|make|come|bring|need|never|always|also|just|probably|still|keep|check|give|meet"
)
_WISHING = r"love|like|rather|be|say|have|go|never|really|prefer|hate|want|probably|definitely|appreciate"
_BEING = r"a|an|the|so|not|going|gonna|been|just|really|very|too|all|my|such|always|never|still|about|like|great|good|hard|fun|nice"

BY_NEIGHBOUR: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (rf"(?<![\w'])ill(?=\s+(?:{_SAYING})\b)", "I'll"),
        (rf"(?<![\w'])id(?=\s+(?:{_WISHING})\b)", "I'd"),
        (rf"(?<![\w'])its(?=\s+(?:{_BEING})\b)", "it's"),
        (rf"(?<![\w'])ur(?=\s+(?:{_BEING}|welcome|right|sweet|awesome)\b)", "you're"),
        (r"(?:^|(?<=[.!?] ))lets(?=\s+[a-z])", "let's"),
        (r"(?:^|(?<=[.!?,] )|(?<=and )|(?<=but ))were(?=\s+(?:going|gonna|moving|getting|planning|having|thinking|leaving|so)\b)", "we're"),
        (r"(?:(?<=\bu )|(?<=\byou )|(?<=\bwe )|(?<=\bthey )|(?<=\bhow )|(?<=\bwhere )|(?<=\bwhat )|(?<=\bwho ))r(?![\w'&])", "are"),
        (r"(?<![\w'&])r(?=\s+(?:u|you|we|they)\b)", "are"),
        (r"(?<=\w )n(?=\s+\w)", "and"),
        (r"(?:(?<='ve )|(?<=have )|(?<=has )|(?<='s ))gotta\b", "got to"),
        (r"(?<=[a-z]{2})in'(?!\w)", "ing"),
        (r"(?<!\w)'em\b", "them"),
        (r"(?<!\w)'?cause(?=\s+(?:i|we|he|she|it|they|you|my|i'm|it's)\b)", "because"),
    )
)
"""Tried before the plain words. What they match is replaced; their look-arounds name the neighbours that settle it."""

_DOUBLED = (
    "added agree all aww bee been beer bigger bitter bloom boo book boom boss call cheers coffee coo cool daddy deep degree dinner "
    "doggy dress fall feel feeling feels feet fell food free full funny glee good goodness green guess happen happy hello hmm hobby "
    "hoop hurray jeez keep kill kiss kitty little look looking looks loop mall meet mess middle miss missed mommy mood moon mummy "
    "need pass pizza pool pretty puppy really room school see seem seems seen sheesh small smooth soon sorry speed spell sunny sweet "
    "sweetie tall tee tell three till tomorrow too took tree weed week weekend well will wood woohoo yeehaw yell yellow yippee yummy "
    "zoo zoom"
)
DOUBLED = frozenset(_DOUBLED.split())
"""Words that keep a doubled letter when a chat has drawn it out ("cooool"); of others one letter stays ("sooo")."""
