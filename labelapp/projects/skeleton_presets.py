"""Skeletons that many data sets share: points in their order, their places in a unit box, and lines between them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

Place = tuple[str, float, float]

# https://cocodataset.org/#keypoints-2017; left and right are the person's own.
PERSON: list[Place] = [
    ("nose", 0.5, 0.08), ("left_eye", 0.54, 0.05), ("right_eye", 0.46, 0.05), ("left_ear", 0.6, 0.07),
    ("right_ear", 0.4, 0.07), ("left_shoulder", 0.7, 0.2), ("right_shoulder", 0.3, 0.2), ("left_elbow", 0.84, 0.36),
    ("right_elbow", 0.16, 0.36), ("left_wrist", 0.94, 0.51), ("right_wrist", 0.06, 0.51), ("left_hip", 0.62, 0.53),
    ("right_hip", 0.38, 0.53), ("left_knee", 0.64, 0.75), ("right_knee", 0.36, 0.75), ("left_ankle", 0.66, 0.97),
    ("right_ankle", 0.34, 0.97),
]  # fmt: skip
PERSON_EDGES = [
    [15, 13], [13, 11], [16, 14], [14, 12], [11, 12], [5, 11], [6, 12], [5, 6], [5, 7], [6, 8], [7, 9], [8, 10],
    [1, 2], [0, 1], [0, 2], [1, 3], [2, 4], [3, 5], [4, 6],
]  # fmt: skip

# As in MediaPipe and COCO-WholeBody: the wrist, then each finger from its root to its tip.
FINGERS = [
    ("thumb", [(0.3, 0.83), (0.18, 0.68), (0.09, 0.56), (0.02, 0.46)]),
    ("index_finger", [(0.36, 0.47), (0.32, 0.3), (0.3, 0.17), (0.29, 0.06)]),
    ("middle_finger", [(0.52, 0.44), (0.52, 0.25), (0.52, 0.12), (0.52, 0.02)]),
    ("ring_finger", [(0.67, 0.47), (0.7, 0.3), (0.72, 0.17), (0.73, 0.07)]),
    ("little_finger", [(0.81, 0.54), (0.88, 0.41), (0.93, 0.31), (0.97, 0.22)]),
]
HAND: list[Place] = [
    ("wrist", 0.5, 0.98),
    *((f"{name}_{number}", *place) for name, places in FINGERS for number, place in enumerate(places, 1)),
]
HAND_EDGES = [
    pair
    for root in range(1, 21, 4)
    for pair in ([0, root], [root, root + 1], [root + 1, root + 2], [root + 2, root + 3])
]  # fmt: skip

FACE: list[Place] = [
    ("left_eye", 0.72, 0.3), ("right_eye", 0.28, 0.3), ("nose", 0.5, 0.55), ("mouth_left", 0.68, 0.8),
    ("mouth_right", 0.32, 0.8),
]  # fmt: skip


def made(places: list[Place], edges: list[list[int]], flip: list[list[int]]) -> dict[str, Any]:
    skeleton: dict[str, Any] = {"points": [{"name": name, "x": x, "y": y} for name, x, y in places], "edges": edges}
    return skeleton | {"flip": flip} if flip else skeleton


PERSON_FLIP = [[left, left + 1] for left in range(1, 17, 2)]
PRESETS = {
    "person": (_("Person, 17 points (COCO)"), made(PERSON, PERSON_EDGES, PERSON_FLIP)),
    "hand": (_("Hand, 21 points"), made(HAND, HAND_EDGES, [])),
    "face": (_("Face, 5 points"), made(FACE, [], [[0, 1], [3, 4]])),
}  # fmt: skip
