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
    "window": 0.131,
    "previous_2": 0.04,
    "answers": 0.013,
    "answered_words": 0.071,
    "cosine": 0.091,
    "cosine_near": 0.048,
    "cosine_far": 0.011,
    "session_words": 0.073,
    "session_cosine": 0.03,
    "speaker": 0.047,
    "length": 0.163,
    "period": 0.072,
    "fact": 0.042,
    "example": 0.026,
    "example_spoken": 0.052,
    "here": 0.01,
}
EPISODES: Mapping[str, Weight] = {
    "coverage": ((0, 0), (0.168, -0.0024), (0.353, -0.0059), (0.519, -0.0068), (1, 0.0171)),
    "window": ((0, 0), (0.13, 0.0004), (0.211, 0.0023), (0.342, 0.0107), (0.53, 0.0331), (1, 0.0668)),
    "previous_2": ((0, 0), (0.196, 0.0048), (0.293, 0.0095), (0.439, 0.0162), (0.641, 0.0274), (1, 0.0314)),
    "answers": ((0, 0), (1, 0.0095)),
    "answered_words": ((0, 0), (0.222, 0.0003), (0.328, 0.0025), (0.479, 0.0111), (0.701, 0.0185), (1, 0.0689)),
    "cosine": ((0, 0), (0.245, 0.0092), (0.407, 0.0233), (0.486, 0.0316), (0.925, 0.0674)),
    "cosine_near": ((0, 0), (0.255, 0.0004), (0.334, 0.0012), (0.42, 0.0048), (0.499, 0.0137), (0.925, 0.103)),
    "cosine_far": ((0, 0), (0.256, 0.0008), (0.42, 0.0035), (0.499, 0.0072), (0.925, 0.0682)),
    "session_words": ((0, 0), (0.284, -0.0001), (0.439, 0.0008), (0.704, 0.0049), (1, 0.0156)),
    "session_cosine": ((0, 0), (0.318, -0.0005), (0.396, -0.0011), (0.478, -0.0025), (0.544, -0.0047), (0.875, -0.0415)),
    "speaker": ((0, 0), (1, 0.0159)),
    "length": ((0, 0), (0.739, 0.0142), (0.829, 0.0184), (0.901, 0.0223), (0.954, 0.0271), (1, 0.0188)),
    "period": ((-1, -0.049), (1, 0.049)),
    "fact": ((0, 0), (0.439, -0.0017), (0.757, 0.0018), (0.906, 0.0306), (1, 0.0264)),
    "example": ((0, 0), (0.21, 0.002), (0.314, 0.0018), (0.474, 0.0002), (0.653, 0.0059), (1, 0.005)),
    "example_spoken": ((0, 0), (0.21, 0.0093), (0.313, 0.0159), (0.474, 0.0273), (0.653, 0.0425), (1, 0.0305)),
    "alike_best": ((0, 0), (0.209, 0.0064), (0.301, 0.0112), (0.453, 0.021), (0.669, 0.0394), (1, 0.0701)),
    "alike_window": ((0, 0), (0.111, 0.0025), (0.186, 0.0061), (0.315, 0.015), (0.49, 0.0276), (1, 0.0541)),
    "alike_window_best": ((0, 0), (0.151, 0.0037), (0.246, 0.0091), (0.4, 0.0227), (0.613, 0.0426), (1, 0.0245)),
    "alike_session": ((0, 0), (0.256, 0.0024), (0.42, 0.0053), (0.638, 0.0116), (0.922, 0.028), (1, 0.0156)),
    "alike_session_best": ((0, 0), (0.301, 0.0035), (0.479, 0.0079), (0.753, 0.0187), (1, 0.0323)),
    "dated": ((0, 0), (1, 0.0088)),
    "dated_when": ((0, 0), (1, 0.0564)),
    "numbered_how_many": ((0, 0), (1, 0.0156)),
    "of_speaker": ((0, 0), (1, 0.013)),
    "of_speaker_spoken": ((0, 0), (1, 0.0222)),
    "of_hearer": ((0, 0), (1, -0.0097)),
    "of_hearer_named": ((0, 0), (1, -0.0238)),
    "greets": ((0, 0), (1, 0.0107)),
    "asking": ((0, 0), (1, -0.0059)),
    "opens": ((0, 0), (1, 0.0179)),
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
