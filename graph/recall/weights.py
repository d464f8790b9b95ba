"""What each leg is worth: written down, not learnt, at run time.

The weights of messages were learnt by `python -m bench.ranking` on conversations 26, 30 and 41 of the LoCoMo development file and on
the three development chats of REALTALK (a listwise fit, rounded; `here` is set by hand); conversations 42 and 43 were only measured.
The weights of facts are set by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.recall.rank import Weight


@dataclass(frozen=True, slots=True)
class Weights:
    """By leg. What all legs of a kind give at most sums to about 1, so that scores of different questions can be compared roughly.

    `first` chooses the messages whose texts are read; `episodes` weighs all messages, those by their texts too.
    """

    first: Mapping[str, Weight]
    episodes: Mapping[str, Weight]
    facts: Mapping[str, Weight]


FIRST: Mapping[str, Weight] = {
    "coverage": 0.09,
    "window": 0.13,
    "previous_2": 0.04,
    "answers": 0.013,
    "answered_words": 0.07,
    "cosine": 0.091,
    "cosine_near": 0.048,
    "cosine_far": 0.011,
    "session_words": 0.073,
    "session_cosine": 0.031,
    "speaker": 0.048,
    "length": 0.164,
    "period": 0.072,
    "fact": 0.042,
    "example": 0.028,
    "example_spoken": 0.049,
    "here": 0.01,
}
EPISODES: Mapping[str, Weight] = {
    "coverage": ((0, 0), (0.168, -0.0023), (0.353, -0.0055), (0.517, -0.0061), (1, 0.0184)),
    "window": ((0, 0), (0.13, 0.0005), (0.211, 0.0027), (0.342, 0.0115), (0.53, 0.0349), (1, 0.0696)),
    "previous_2": ((0, 0), (0.195, 0.0048), (0.292, 0.0096), (0.439, 0.0163), (0.641, 0.0274), (1, 0.0309)),
    "answers": ((0, 0), (1, 0.0097)),
    "answered_words": ((0, 0), (0.222, 0.0004), (0.328, 0.0027), (0.478, 0.0115), (0.701, 0.0181), (1, 0.0686)),
    "cosine": ((0, 0), (0.245, 0.0094), (0.407, 0.0237), (0.486, 0.032), (0.925, 0.0674)),
    "cosine_near": ((0, 0), (0.255, 0.0006), (0.334, 0.0015), (0.42, 0.0052), (0.499, 0.0143), (0.925, 0.103)),
    "cosine_far": ((0, 0), (0.256, 0.0009), (0.335, 0.0023), (0.42, 0.0034), (0.499, 0.0072), (0.925, 0.0681)),
    "session_words": ((0, 0), (0.284, 0), (0.439, 0.001), (0.704, 0.0052), (1, 0.0163)),
    "session_cosine": ((0, 0), (0.318, -0.0003), (0.396, -0.0008), (0.478, -0.002), (0.544, -0.0042), (0.875, -0.0445)),
    "speaker": ((0, 0), (1, 0.0159)),
    "length": ((0, 0), (0.739, 0.014), (0.829, 0.0183), (0.901, 0.0223), (0.954, 0.0273), (1, 0.0191)),
    "period": ((-1, -0.0488), (1, 0.0488)),
    "fact": ((0, 0), (0.44, -0.0022), (0.757, 0.0017), (0.906, 0.0301), (1, 0.0268)),
    "example": ((0, 0), (0.204, 0.0019), (0.305, 0.002), (0.464, 0.0026), (0.646, 0.0092), (1, 0.0043)),
    "example_spoken": ((0, 0), (0.205, 0.0077), (0.305, 0.0127), (0.465, 0.0238), (0.647, 0.04), (1, 0.0285)),
    "alike_best": ((0, 0), (0.211, 0.0064), (0.302, 0.0111), (0.454, 0.021), (0.669, 0.0393), (1, 0.0699)),
    "alike_window": ((0, 0), (0.112, 0.0027), (0.188, 0.0064), (0.318, 0.0153), (0.498, 0.028), (1, 0.0519)),
    "alike_window_best": ((0, 0), (0.151, 0.0038), (0.247, 0.0094), (0.401, 0.0228), (0.617, 0.041), (1, 0.0219)),
    "alike_session": ((0, 0), (0.259, 0.0025), (0.424, 0.0055), (0.645, 0.0124), (0.922, 0.0292), (1, 0.0171)),
    "alike_session_best": ((0, 0), (0.305, 0.0034), (0.485, 0.0078), (0.767, 0.0187), (1, 0.0307)),
    "dated": ((0, 0), (1, 0.0085)),
    "dated_when": ((0, 0), (1, 0.0564)),
    "numbered_how_many": ((0, 0), (1, 0.0148)),
    "of_speaker": ((0, 0), (1, 0.0133)),
    "of_speaker_spoken": ((0, 0), (1, 0.0227)),
    "of_hearer": ((0, 0), (1, -0.0094)),
    "of_hearer_named": ((0, 0), (1, -0.0242)),
    "greets": ((0, 0), (1, 0.0105)),
    "asking": ((0, 0), (1, -0.0056)),
    "opens": ((0, 0), (1, 0.0186)),
    "closes": ((0, 0), (1, 0.0093)),
    "here": 0.01,
}
FACTS: Mapping[str, Weight] = {
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
