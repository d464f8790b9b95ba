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
    "window": 0.13,
    "previous_2": 0.039,
    "answers": 0.013,
    "answered_words": 0.07,
    "cosine": 0.089,
    "cosine_near": 0.046,
    "cosine_far": 0.011,
    "session_words": 0.072,
    "session_cosine": 0.029,
    "speaker": 0.046,
    "length": 0.16,
    "period": 0.088,
    "fact": 0.042,
    "example": 0.026,
    "example_spoken": 0.051,
    "here": 0.01,
}
EPISODES: Mapping[str, Weight] = {
    "coverage": ((0, 0), (0.169, -0.0018), (0.244, -0.0028), (0.356, -0.0047), (0.524, -0.0059), (1, 0.0182)),
    "window": ((0, 0), (0.132, 0.0005), (0.215, 0.0023), (0.347, 0.0096), (0.537, 0.0275), (1, 0.0551)),
    "previous_2": ((0, 0), (0.199, 0.0036), (0.296, 0.007), (0.443, 0.0125), (0.648, 0.0215), (1, 0.0233)),
    "answers": 0.0059,
    "answered_words": ((0, 0), (0.225, -0.0001), (0.331, 0.0013), (0.483, 0.0072), (0.707, 0.0128), (1, 0.061)),
    "cosine": ((0, 0), (0.245, 0.0073), (0.408, 0.0188), (0.487, 0.0246), (0.925, 0.0536)),
    "cosine_near": ((0, 0), (0.259, -0.0002), (0.337, 0.0003), (0.422, 0.0031), (0.502, 0.0106), (0.925, 0.0866)),
    "cosine_far": ((0, 0), (0.258, 0.0006), (0.422, 0.0036), (0.501, 0.0076), (0.925, 0.0621)),
    "session_words": ((0, 0), (0.285, -0.0008), (0.442, -0.0009), (0.72, -0.0002), (1, 0.0048)),
    "session_cosine": ((0, 0), (0.318, -0.0025), (0.397, -0.0038), (0.479, -0.0062), (0.545, -0.009), (0.875, -0.0474)),
    "speaker": 0.0139,
    "length": ((0, 0), (0.739, 0.0074), (0.901, 0.0112), (0.954, 0.0138), (1, 0.006)),
    "period": ((-1, -0.0596), (-0.966, -0.0586), (1, 0.0606)),
    "fact": ((0, 0), (0.44, -0.0022), (0.759, 0.0009), (0.908, 0.027), (1, 0.0201)),
    "example": ((0, 0), (0.212, 0.0011), (0.316, 0.0008), (0.475, -0.0004), (0.656, 0.0033), (1, -0.0024)),
    "example_spoken": ((0, 0), (0.212, 0.0076), (0.315, 0.0135), (0.476, 0.0241), (0.657, 0.0379), (1, 0.0342)),
    "alike_best": ((0, 0), (0.181, 0.0041), (0.283, 0.0079), (0.447, 0.0161), (0.717, 0.0328), (1, 0.0563)),
    "alike_window": ((0, 0), (0.105, 0.0021), (0.185, 0.0055), (0.32, 0.0146), (0.526, 0.0321), (1, 0.0677)),
    "alike_window_best": ((0, 0), (0.133, 0.0024), (0.231, 0.0066), (0.399, 0.0178), (0.634, 0.0324), (1, 0.0051)),
    "alike_session": ((0, 0), (0.245, 0.0023), (0.418, 0.006), (0.675, 0.0155), (0.932, 0.0298), (1, 0.0189)),
    "alike_session_best": ((0, 0), (0.281, 0.0031), (0.468, 0.0078), (0.782, 0.0213), (1, 0.0385)),
    "dated": 0.0025,
    "dated_when": 0.0493,
    "numbered_how_many": 0.0133,
    "of_speaker": 0.0078,
    "of_speaker_spoken": 0.0182,
    "of_hearer": -0.0064,
    "of_hearer_named": -0.0192,
    "greets": 0.0111,
    "asking": -0.0034,
    "reacts": -0.0066,
    "done": 0.0052,
    "done_asked": 0.0223,
    "named_asked": 0.0583,
    "placed": 0.0058,
    "placed_where": 0.0378,
    "opens": 0.0086,
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
