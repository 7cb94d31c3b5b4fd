"""One of everything in a project, so that every address leads somewhere."""

import io
import uuid
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from labelapp.accounts.models import Token, User
from labelapp.annotations.models import (
    Agreement,
    Archive,
    Assignment,
    Comment,
    Detection,
    Labelling,
    Revision,
    Round,
    RoundMerge,
    Suggestion,
)
from labelapp.exchange.models import Export, Import
from labelapp.images import tiles
from labelapp.images.models import Deletion, FilePart, Image, Upload
from labelapp.projects.models import Invitation, LabelClass, Membership, Project
from labelapp.projects.models.class_change import ClassChange
from labelapp.versions.models import Version
from training.models import EpochSamples, Model, ModelExport, Prediction, Run, Trial
from training.outcomes import COLUMNS


class World:
    """A project with everything in it, and somebody of each role."""

    def __init__(self, picture) -> None:
        self.people: dict[str, User | None] = {"nobody": None}
        for name in ("stranger", "viewer", "annotator", "reviewer", "owner", "admin", "colleague"):
            self.people[name] = User.objects.create_user(name, password="correct horse battery")
        self.person("admin").change(is_superuser=True)
        owner = self.person("owner")
        self.project = self._project(owner)
        self.trashed = self._project(owner)
        self.trashed.move_to_trash(owner)
        self._fill(owner, picture)

    def person(self, role: str) -> User:
        found = self.people[role]
        assert found is not None
        return found

    def address(self, path: str, role: str) -> str:
        """The path with ids in it, as this person would have it."""
        pk: Any = next(value for start, value in self.ids if path.startswith(start))
        for name, value in {"pk": pk, **self.names}.items():
            for kind in ("int", "uuid", "str"):
                path = path.replace(f"<{kind}:{name}>", str(value))
        assert "<" not in path, path
        if path.startswith("/api/exports/") and path.endswith("/file/"):
            path += f"?key={self.export.link_key(self.people[role] or self.person('stranger'))}"
        return path

    def _project(self, owner: User) -> Project:
        project = Project.objects.start(owner, name="Everything", kind="any")
        for role in ("viewer", "annotator", "reviewer"):
            Membership.objects.create(project=project, user=self.person(role), role=role)
        Membership.objects.create(project=project, user=self.person("colleague"), role="annotator")
        return project

    def _fill(self, owner: User, picture) -> None:
        project = self.project
        cat, dog = LabelClass.objects.add(project, "cat"), LabelClass.objects.add(project, "dog")
        Image.objects.add(project, owner, "a.png", ContentFile(picture()))
        image = project.images.get()
        tiles.make(image)
        key = uuid.uuid4()
        tag = {"id": str(uuid.uuid4()), "class": cat.pk, "shape": "tag", "geometry": {}}
        Revision.objects.apply(image, owner, key=key, base_revision=0, upsert=[tag])
        suggestion = Suggestion.objects.create(image=image, label_class=dog, shape="tag", score=0.5, model=1)
        comment = Comment.objects.say(image, owner, "Look here.", place=[1, 1])
        (assignment,) = Assignment.objects.split(
            project, owner, project.images.all(), [self.person("annotator").pk], None, "id"
        )
        labelling_it = [self.person(role).pk for role in ("annotator", "reviewer", "owner")]
        round = Round.objects.start(project, owner, project.images.all(), labelling_it)
        agreement = Agreement.objects.create(project=project, round=round, created_by=owner)
        merge = RoundMerge.objects.create(project=project, round=round, created_by=owner, least=1, result="labelled")
        version = Version.objects.create(
            project=project,
            created_by=owner,
            number=project.take_number("version"),
            status="completed",
            counts={"train": 1},
            hash="0" * 64,
        )
        run = Run.objects.create(
            project=project, version=version, number=1, name="run", status="completed", created_by=owner, epochs=1
        )
        EpochSamples.objects.keep(run, 1, [])
        model = Model.objects.create(project=project, run=run, name="model", task="classification")
        files = {
            "model.keras": b"",
            "metrics.json": b"{}",
            "predictions.parquet": no_outcomes(),
            "tensorboard.zip": b"",
        }
        for name, content in files.items():
            default_storage.save(f"{run.result_folder}/{name}", ContentFile(content))
        self.export = Export.objects.create(
            project=project, created_by=owner, status="completed", format="csv",
            file=default_storage.save("exports/labels.csv", ContentFile(b"image\n")),
        )  # fmt: skip
        upload = Upload.objects.create(project=project, created_by=owner, files=1, size_bytes=1, status="running")
        part = FilePart.objects.create(upload=upload, path="a.zip", size_bytes=10, key="0" * 32)
        archive = Archive.objects.create(project=project, created_by=owner, name="a.zip", file="archives/a.zip")
        deletion = Deletion.objects.create(project=project, created_by=owner)
        detection = Detection.objects.create(
            project=project, created_by=owner, label_class=cat.pk, class_name="cat", detector="faces"
        )
        labelling = Labelling.objects.create(project=project, created_by=owner, label_class=cat.pk)
        job = Import.objects.create(project=project, created_by=owner, name="a.csv", file="imports/a.csv")
        change = ClassChange.objects.record(project, owner, "reordered", {}, {})
        auto = Prediction.objects.create(project=project, created_by=owner, model=model)
        made = ModelExport.objects.create(project=project, created_by=owner, model=model, format="saved_model")
        trial = Trial.objects.create(project=project, created_by=owner, version=version, kind="check")
        invitation, secret = Invitation.objects.make(owner, project, "annotator", 7, max_uses=1000)
        token = Token.objects.issue(owner, "script")[0]
        # The first that the path starts with.
        self.ids: list[tuple[str, Any]] = [
            ("/api/projects/trash/", self.trashed.pk), ("/api/projects/", project.pk), ("/projects/", project.pk),
            ("/api/images/", image.pk), ("/api/suggestions/", suggestion.pk), ("/api/comments/", comment.pk),
            ("/api/assignments/", assignment.pk), ("/api/rounds/", round.pk), ("/api/agreements/", agreement.pk),
            ("/api/round-merges/", merge.pk),
            ("/api/versions/", version.pk),
            ("/versions/", version.pk), ("/api/runs/", run.pk), ("/runs/", run.pk), ("/api/models/", model.pk),
            ("/models/", model.pk), ("/api/exports/", self.export.pk), ("/api/imports/", job.pk),
            ("/api/deletions/", deletion.pk), ("/api/labellings/", labelling.pk),
            ("/api/detections/", detection.pk),
            ("/api/uploads/", upload.pk), ("/api/files/", part.pk), ("/api/archives/", archive.pk),
            ("/api/class-changes/", change.pk), ("/api/predictions/", auto.pk), ("/api/trials/", trial.pk),
            ("/api/invitations/", invitation.pk),
            ("/api/me/tokens/", token.pk), ("/api/people/", self.person("colleague").pk), ("/", 0),
        ]  # fmt: skip
        self.names = {
            "class_pk": dog.pk, "user_pk": self.person("colleague").pk, "number": 1, "key": key, "kind": "keras",
            "token": "wrong", "secret": secret, "upload": upload.pk, "archive": archive.pk,
            "level": 0, "column": 0, "row": 0, "image": image.pk, "tab": uuid.uuid4(), "export": made.pk,
        }  # fmt: skip


def no_outcomes() -> bytes:
    """A predictions.parquet without a row."""
    file = io.BytesIO()
    pq.write_table(pa.table({column: pa.array([], pa.string()) for column in COLUMNS}), file)
    return file.getvalue()
