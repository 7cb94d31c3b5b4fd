"""People who change what others work with: the classes, and what a model proposes."""

import uuid

from tests.faults.client import Refusal
from tests.faults.people import Person
from tests.faults.uploaders import Uploader

IMAGES = 8


class ClassChanger(Person):
    """Merges one class into another and takes that back, again and again, in a project of its own.

    Where others train, a version frozen half way has a class without images, which nobody can train on.
    """

    pause = 2.0

    def __init__(self, *args):
        super().__init__(*args)
        self.images: list[int] = []
        self.changed = 0  # merges and undos that are done

    def prepare(self) -> None:
        path = f"/api/projects/{self.project}/classes/"
        self.own, self.other = (
            self.client.call("POST", path, json={"name": name})["id"] for name in ("passing", "lasting")
        )
        uploader = Uploader("helper", self.client, self.project, self.chance)
        while len(uploader.added) < IMAGES:
            uploader.act()
        self.images = list(uploader.added)
        for image in self.images:
            tag = {"id": str(uuid.uuid4()), "class": self.own, "shape": "tag", "geometry": {}, "source": "manual"}
            change = {"base_revision": 0, "key": str(uuid.uuid4()), "upsert": [tag], "status": "labelled"}
            self.client.call("PATCH", f"/api/images/{image}/annotations/", json=change)

    def act(self) -> None:
        merge = self._begin(f"/api/projects/{self.project}/classes/{self.own}/merge/", {"into": self.other})
        if self._done(merge, self.other):
            self._done(self._begin(f"{merge}undo/"), self.own)

    def _begin(self, path: str, body: dict | None = None) -> str:
        """Start a change; one whose answer got lost has begun, and is refused when it is asked for again."""
        try:
            change = self.client.call("POST", path, json=body)
        except Refusal as refusal:
            if refusal.status not in (400, 404, 409):
                raise
            change = self.client.call("GET", f"/api/projects/{self.project}/class-changes/")["results"][0]
        return f"/api/class-changes/{change['id']}/"

    def _done(self, address: str, label_class: int) -> bool:
        if not self.finish(address, "retry"):
            return False
        self.changed += 1
        for image in self.images:
            now = self.client.call("GET", f"/api/images/{image}/annotations/")
            if [each["class"] for each in now["annotations"]] != [label_class]:
                self.problems.append(f"{address} is done, but there is {now}")
        return True


class AutoLabeller(Person):
    """Lets the newest model propose labels for the images that have none, as soon as there is a model."""

    pause = 15.0

    def __init__(self, *args):
        super().__init__(*args)
        self.predicted = 0

    def act(self) -> None:
        models = self.client.call("GET", f"/api/projects/{self.project}/models/")["results"]
        if models:
            body = {"model": models[0]["id"], "filters": {"status": ["new"]}, "threshold": 0}
            if self.finish(self.begin("predictions", json=body), "retry"):
                self.predicted += 1
