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
    "coverage": 0.088,
    "window": 0.129,
    "previous_2": 0.039,
    "answers": 0.013,
    "answered_words": 0.07,
    "cosine": 0.089,
    "cosine_near": 0.047,
    "cosine_far": 0.011,
    "session_words": 0.071,
    "session_cosine": 0.033,
    "speaker": 0.046,
    "length": 0.158,
    "period": 0.087,
    "fact": 0.042,
    "example": 0.026,
    "example_spoken": 0.051,
    "here": 0.01,
}
EPISODES: Mapping[str, Weight] = {
    "coverage": ((0, 0), (0.168, -0.0019), (0.243, -0.003), (0.353, -0.005), (0.519, -0.0066), (1, 0.0171)),
    "window": ((0, 0), (0.13, 0.0004), (0.211, 0.0021), (0.342, 0.0093), (0.53, 0.0279), (1, 0.0559)),
    "previous_2": ((0, 0), (0.196, 0.004), (0.293, 0.0076), (0.439, 0.0126), (0.641, 0.0212), (1, 0.0237)),
    "answers": 0.0058,
    "answered_words": ((0, 0), (0.222, -0.0001), (0.328, 0.0015), (0.479, 0.0084), (0.701, 0.0139), (1, 0.0604)),
    "cosine": ((0, 0), (0.245, 0.0074), (0.407, 0.0188), (0.486, 0.0246), (0.925, 0.0528)),
    "cosine_near": ((0, 0), (0.255, 0.0001), (0.334, 0.0006), (0.42, 0.0031), (0.499, 0.0104), (0.925, 0.0868)),
    "cosine_far": ((0, 0), (0.256, 0.0007), (0.42, 0.0036), (0.499, 0.0071), (0.925, 0.061)),
    "session_words": ((0, 0), (0.284, -0.0007), (0.439, -0.0008), (0.704, 0), (1, 0.0045)),
    "session_cosine": ((0, 0), (0.318, -0.0016), (0.396, -0.0025), (0.478, -0.0043), (0.544, -0.007), (0.875, -0.0453)),
    "speaker": 0.014,
    "length": ((0, 0), (0.739, 0.0077), (0.829, 0.0099), (0.901, 0.0113), (0.954, 0.0136), (1, 0.0057)),
    "period": ((-1, -0.0597), (-0.966, -0.0586), (1, 0.0607)),
    "fact": ((0, 0), (0.439, -0.0021), (0.757, 0.0009), (0.906, 0.0266), (1, 0.0207)),
    "example": ((0, 0), (0.21, 0.0011), (0.314, 0.0006), (0.474, -0.0007), (0.653, 0.0034), (1, -0.0022)),
    "example_spoken": ((0, 0), (0.21, 0.0073), (0.313, 0.0129), (0.474, 0.0241), (0.653, 0.0385), (1, 0.0338)),
    "alike_best": ((0, 0), (0.178, 0.004), (0.28, 0.0078), (0.445, 0.0161), (0.706, 0.0332), (1, 0.057)),
    "alike_window": ((0, 0), (0.103, 0.002), (0.181, 0.0054), (0.316, 0.0144), (0.515, 0.0311), (1, 0.0665)),
    "alike_window_best": ((0, 0), (0.13, 0.0024), (0.226, 0.0064), (0.392, 0.0173), (0.622, 0.0311), (1, 0.005)),
    "alike_session": ((0, 0), (0.241, 0.0022), (0.412, 0.0057), (0.661, 0.0144), (0.925, 0.0292), (1, 0.0194)),
    "alike_session_best": ((0, 0), (0.276, 0.003), (0.461, 0.0075), (0.767, 0.0202), (1, 0.0385)),
    "dated": 0.0022,
    "dated_when": 0.0485,
    "numbered_how_many": 0.0139,
    "of_speaker": 0.0079,
    "of_speaker_spoken": 0.0181,
    "of_hearer": -0.0064,
    "of_hearer_named": -0.0196,
    "greets": 0.0114,
    "asking": -0.0032,
    "reacts": -0.0067,
    "done": 0.0052,
    "done_asked": 0.0225,
    "named_asked": 0.0599,
    "placed": 0.0064,
    "placed_where": 0.0401,
    "opens": 0.0085,
    "closes": 0.008,
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
