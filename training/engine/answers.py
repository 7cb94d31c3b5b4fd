"""What each task answers with; read by presets, specs and the site; it needs nothing but Python."""

ANSWERS = {
    "classification": "tags",
    "multilabel": "tags",
    "detection": "things",
    "rotated": "things",
    "instances": "things",
    "keypoints": "things",
    "segmentation": "pixels",
}
# Tasks whose answers have places: they need more pixels than a glance.
PLACES = tuple(task for task, kind in ANSWERS.items() if kind != "tags")
TAGS = tuple(task for task, kind in ANSWERS.items() if kind == "tags")
THINGS = tuple(task for task, kind in ANSWERS.items() if kind == "things")
