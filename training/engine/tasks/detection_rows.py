"""What is found on images as rows of a table: one an image."""

import json
from collections.abc import Sequence
from typing import Any

from training.engine.data.entries import id_lists
from training.engine.data.things import Things
from training.engine.data.version import LabelClass
from training.engine.metrics.matching import matched


def detection_rows(
    classes: Sequence[LabelClass], truth: Sequence[Things], found: Sequence[Things], threshold: float
) -> dict[str, Any]:
    """Returns columns.

    `true` and `predicted` are the classes of the labels and of the answers that count, `score` is that of the least
    sure of those (of the surest that does not count where there is none), `true_score` the share of labels found.
    `found` and `missed` are JSON: what is drawn over the image, with what is wrong about it.
    """
    ids = [item.id for item in classes]
    rows: dict[str, list[Any]] = {
        name: [] for name in ("true", "predicted", "score", "true_score", "correct", "errors", "found", "missed")
    }
    for labels, every in zip(truth, found, strict=True):
        answers = every.only(every.scores >= threshold)
        match = matched(labels, answers)
        # A label that a wrong box is about is missed, too, but that is one mistake.
        unseen = set(match.missed.tolist()) - set(match.label_of.tolist())
        wrong = sum(kind != "right" for kind in match.kind) + len(unseen)
        rows["true"].append(sorted({ids[each] for each in labels.classes}))
        rows["predicted"].append(sorted({ids[each] for each in answers.classes}))
        rows["score"].append(float(answers.scores.min() if len(answers) else every.scores.max(initial=0.0)))
        rows["true_score"].append(1 - len(match.missed) / len(labels) if len(labels) else 1.0)
        rows["correct"].append(wrong == 0)
        rows["errors"].append(wrong)
        rows["found"].append(
            json.dumps(
                [
                    _told(ids, answers, place)
                    | {"score": round(score, 4), "kind": kind, "overlap": round(overlap, 3)}
                    | ({"label": ids[labels.classes[at]]} if at >= 0 else {})
                    for place, (score, kind, overlap, at) in enumerate(
                        zip(
                            answers.scores.tolist(), match.kind, match.overlap.tolist(), match.label_of.tolist(),
                            strict=True,
                        )
                    )
                ]
            )
        )  # fmt: skip
        rows["missed"].append(json.dumps([_told(ids, labels, place) for place in match.missed]))
    return {**rows, "true": id_lists(rows["true"]), "predicted": id_lists(rows["predicted"])}


def _told(ids: Sequence[int], things: Things, place: int) -> dict[str, Any]:
    return {"class_id": ids[things.classes[place]], "shape": things.shape, "geometry": things.geometry(place)}
