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
    "cosine_near": 0.047,
    "cosine_far": 0.011,
    "session_words": 0.072,
    "session_cosine": 0.028,
    "speaker": 0.046,
    "length": 0.16,
    "period": 0.088,
    "fact": 0.042,
    "example": 0.026,
    "example_spoken": 0.052,
    "here": 0.01,
}
EPISODES: Mapping[str, Weight] = {
    "coverage": ((0, 0), (0.169, -0.0018), (0.244, -0.0029), (0.356, -0.0048), (0.524, -0.006), (1, 0.0177)),
    "window": ((0, 0), (0.132, 0.0005), (0.215, 0.0023), (0.347, 0.0095), (0.537, 0.0274), (1, 0.0563)),
    "previous_2": ((0, 0), (0.199, 0.0038), (0.443, 0.0127), (0.647, 0.0214), (1, 0.024)),
    "answers": 0.0057,
    "answered_words": ((0, 0), (0.225, -0.0001), (0.331, 0.0015), (0.483, 0.0078), (0.706, 0.013), (1, 0.059)),
    "cosine": ((0, 0), (0.246, 0.0074), (0.487, 0.0247), (0.925, 0.0529)),
    "cosine_near": ((0, 0), (0.259, -0.0001), (0.337, 0.0005), (0.422, 0.0036), (0.502, 0.0113), (0.925, 0.0886)),
    "cosine_far": ((0, 0), (0.258, 0.0006), (0.422, 0.0035), (0.501, 0.0075), (0.925, 0.062)),
    "session_words": ((0, 0), (0.285, -0.0007), (0.442, -0.0007), (0.72, 0), (1, 0.0052)),
    "session_cosine": ((0, 0), (0.319, -0.0024), (0.397, -0.0037), (0.479, -0.0061), (0.545, -0.0092), (0.875, -0.0484)),
    "speaker": 0.0139,
    "length": ((0, 0), (0.739, 0.0078), (0.901, 0.0119), (0.954, 0.0149), (1, 0.0074)),
    "period": ((-1, -0.0592), (-0.966, -0.0582), (1, 0.0602)),
    "fact": ((0, 0), (0.441, -0.0024), (0.759, 0.0003), (0.908, 0.0273), (1, 0.0201)),
    "example": ((0, 0), (0.212, 0.0013), (0.316, 0.001), (0.475, -0.0005), (0.657, 0.0032), (1, -0.0033)),
    "example_spoken": ((0, 0), (0.212, 0.0077), (0.315, 0.0135), (0.477, 0.0237), (0.657, 0.0379), (1, 0.0346)),
    "alike_best": ((0, 0), (0.181, 0.0041), (0.282, 0.0078), (0.445, 0.016), (0.714, 0.0331), (1, 0.0559)),
    "alike_window": ((0, 0), (0.105, 0.0021), (0.184, 0.0056), (0.32, 0.0148), (0.523, 0.0319), (1, 0.0681)),
    "alike_window_best": ((0, 0), (0.132, 0.0024), (0.23, 0.0066), (0.398, 0.0178), (0.631, 0.0318), (1, 0.0039)),
    "alike_session": ((0, 0), (0.245, 0.0023), (0.417, 0.0057), (0.673, 0.0147), (0.932, 0.0288), (1, 0.0173)),
    "alike_session_best": ((0, 0), (0.281, 0.003), (0.466, 0.0076), (0.779, 0.0207), (1, 0.038)),
    "dated": 0.0028,
    "dated_when": 0.0489,
    "numbered_how_many": 0.0138,
    "of_speaker": 0.0081,
    "of_speaker_spoken": 0.0183,
    "of_hearer": -0.0062,
    "of_hearer_named": -0.019,
    "greets": 0.0111,
    "asking": -0.0037,
    "reacts": -0.0068,
    "done": 0.0049,
    "done_asked": 0.022,
    "named_asked": 0.0589,
    "placed": 0.0058,
    "placed_where": 0.038,
    "opens": 0.0084,
    "closes": 0.0077,
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
