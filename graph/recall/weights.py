"""What each leg is worth: written down, not learnt, at run time.

The weights of messages were learnt by `python -m bench.ranking` on conversations 26, 30 and 41 of the LoCoMo development file and on
the three development chats of REALTALK (a listwise fit, rounded; `here` is set by hand); conversations 42 and 43 were only measured.
The weights of facts are set by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """By leg. Positive ones of a kind sum to about 1, so that scores of different questions can be compared roughly.

    `first` chooses the messages whose texts are read; `episodes` weighs all messages, those by their texts too.
    """

    first: Mapping[str, float]
    episodes: Mapping[str, float]
    facts: Mapping[str, float]


FIRST = {
    "coverage": 0.088,
    "window": 0.145,
    "previous_2": 0.044,
    "answers": 0.013,
    "answered_words": 0.078,
    "cosine": 0.083,
    "cosine_near": 0.042,
    "cosine_far": 0.008,
    "session_words": 0.092,
    "session_cosine": 0.053,
    "speaker": 0.047,
    "length": 0.191,
    "period": 0.075,
    "fact": 0.04,
    "here": 0.01,
}
EPISODES = {
    "coverage": 0.015,
    "window": 0.071,
    "previous_2": 0.045,
    "answers": 0.007,
    "answered_words": 0.067,
    "cosine": 0.06,
    "cosine_near": 0.033,
    "cosine_far": 0.015,
    "session_words": 0.025,
    "session_cosine": 0.036,
    "speaker": 0.022,
    "length": 0.033,
    "period": 0.071,
    "fact": 0.017,
    "alike_best": 0.034,
    "alike_window": 0.067,
    "alike_window_best": 0.067,
    "alike_session": 0.045,
    "alike_session_best": 0.033,
    "kind": 0.038,
    "kind_spoken": 0.03,
    "dated": 0.009,
    "dated_when": 0.074,
    "of_speaker": 0.013,
    "of_speaker_spoken": 0.018,
    "of_hearer": -0.01,
    "of_hearer_named": -0.022,
    "greets": 0.012,
    "asking": -0.011,
    "opens": 0.026,
    "closes": 0.016,
    "here": 0.01,
}
FACTS = {
    "reached": 0.225,
    "words": 0.04,
    "cosine": 0.06,
    "relation": 0.025,
    "asked": 0.075,
    "episode": 0.05,
    "period": 0.025,
    "chain": 0.5,
}
WEIGHTS = Weights(FIRST, EPISODES, FACTS)
