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
    "coverage": 0.094,
    "window": 0.131,
    "previous_2": 0.041,
    "answers": 0.014,
    "answered_words": 0.071,
    "cosine": 0.085,
    "cosine_near": 0.044,
    "cosine_far": 0.009,
    "session_words": 0.089,
    "session_cosine": 0.013,
    "speaker": 0.052,
    "length": 0.16,
    "period": 0.073,
    "fact": 0.041,
    "example": 0.039,
    "example_spoken": 0.045,
    "here": 0.01,
}
EPISODES: Mapping[str, Weight] = {
    "coverage": ((0, 0), (0.259, -0.0024), (0.545, 0.0023), (1, 0.0288)),
    "window": ((0, 0), (0.134, 0.0004), (0.221, 0.0021), (0.363, 0.0091), (0.555, 0.0244), (1, 0.0559)),
    "previous_2": ((0, 0), (0.21, 0.0043), (0.308, 0.0091), (0.47, 0.0163), (0.68, 0.0163), (1, 0.036)),
    "answers": ((0, 0), (1, 0.0093)),
    "answered_words": ((0, 0), (0.232, 0.0026), (0.343, 0.0046), (0.518, 0.0119), (0.733, 0.0097), (1, 0.0657)),
    "cosine": ((0, 0), (0.244, 0.0079), (0.324, 0.0137), (0.406, 0.0199), (0.485, 0.027), (0.925, 0.0626)),
    "cosine_near": ((0, 0), (0.254, -0.0003), (0.333, -0), (0.418, 0.0023), (0.497, 0.0095), (0.925, 0.0937)),
    "cosine_far": ((0, 0), (0.255, 0.0006), (0.419, 0.0028), (0.497, 0.005), (0.925, 0.0612)),
    "session_words": ((0, 0), (0.284, -0.0001), (0.455, 0.0011), (0.72, 0.0062), (1, 0.0218)),
    "session_cosine": ((0, 0), (0.317, -0.0026), (0.395, -0.004), (0.477, -0.0065), (0.543, -0.0096), (0.875, -0.056)),
    "speaker": ((0, 0), (1, 0.0167)),
    "length": ((0, 0), (0.741, 0.0162), (0.829, 0.0206), (0.901, 0.0246), (0.954, 0.0291), (1, 0.0224)),
    "period": ((-1, -0.0453), (1, 0.0453)),
    "fact": ((0, 0), (0.459, -0.0015), (0.774, 0.0015), (0.912, 0.0278), (1, 0.0236)),
    "example": ((0, 0), (0.236, 0.0045), (0.336, 0.0055), (0.473, 0.006), (0.645, 0.0095), (1, 0.0173)),
    "example_spoken": ((0, 0), (0.238, 0.0087), (0.336, 0.0127), (0.474, 0.0209), (0.647, 0.0335), (1, 0.0237)),
    "alike_best": ((0, 0), (0.21, 0.0055), (0.309, 0.0088), (0.461, 0.0134), (0.679, 0.0214), (1, 0.0462)),
    "alike_window": ((0, 0), (0.11, 0.0023), (0.19, 0.0054), (0.32, 0.0122), (0.496, 0.0231), (1, 0.0367)),
    "alike_window_best": ((0, 0), (0.148, 0.0036), (0.249, 0.009), (0.403, 0.0212), (0.617, 0.0405), (1, 0.0345)),
    "alike_session": ((0, 0), (0.246, 0.0021), (0.413, 0.0052), (0.64, 0.0131), (0.916, 0.0347), (1, 0.0233)),
    "alike_session_best": ((0, 0), (0.289, 0.0024), (0.479, 0.0059), (0.752, 0.0137), (1, 0.0237)),
    "kind": ((0, 0), (0.248, 0.0026), (0.38, 0.0046), (0.539, -0.0019), (1, -0.0384)),
    "kind_spoken": ((0, 0), (0.174, -0.0032), (0.248, -0.0041), (0.387, -0.0016), (0.539, -0.0023), (1, 0.0683)),
    "dated": ((0, 0), (1, 0.0082)),
    "dated_when": ((0, 0), (1, 0.0523)),
    "numbered_how_many": ((0, 0), (1, 0.0154)),
    "of_speaker": ((0, 0), (1, 0.0111)),
    "of_speaker_spoken": ((0, 0), (1, 0.0202)),
    "of_hearer": ((0, 0), (1, -0.009)),
    "of_hearer_named": ((0, 0), (1, -0.0225)),
    "greets": ((0, 0), (1, 0.0094)),
    "asking": ((0, 0), (1, -0.0057)),
    "opens": ((0, 0), (1, 0.0157)),
    "closes": ((0, 0), (1, 0.0081)),
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
