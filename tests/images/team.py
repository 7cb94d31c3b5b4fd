"""People and jobs at work on a project, drawn by chance."""

import random
import uuid

from django.db import connection, transaction

from labelapp.annotations.models import Annotation, Assignment, Comment, Revision, Suggestion
from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image
from labelapp.images.shelf import shelf
from labelapp.projects.models import LabelClass

STATUSES = ["new", "in_progress", "labelled", "approved", "sent_back"]


def make_images(project, owner, count: int, start: int = 0) -> list[Image]:
    return Image.objects.bulk_create(
        Image(
            project=project, name=f"{number % 3}/{number % 7}.png", sha256=f"{start + number:064}", format="PNG",
            size_bytes=number % 5, width=9, height=9, created_by=owner, prepared=True,
        )
        for number in range(count)
    )  # fmt: skip


class Team:
    """People and jobs who do anything to a project, drawn by chance."""

    def __init__(self, project, owner, seed: int):
        self.project, self.owner, self.random = project, owner, random.Random(seed)
        self.made, self.keys = 0, []

    def images(self, most: int = 4):
        found = list(Image.objects.filter(project=self.project))
        return self.random.sample(found, min(len(found), self.random.randint(1, most)))

    def chosen(self):
        return Image.objects.filter(pk__in=[each.pk for each in self.images()])

    def label_class(self) -> LabelClass:
        return self.random.choice(list(self.project.classes.all()))

    def add(self):
        make_images(self.project, self.owner, self.random.randint(1, 3), self.made)
        self.made += 3

    def save(self):
        for image in self.images(1):
            if image.trashed_at:
                continue
            rows = image.annotations.rows()
            gone = [row["id"] for row in rows if self.random.random() < 0.5]
            box = {"box": [1, 1, 2 + self.random.random(), 3]}
            new = [
                {"id": str(uuid.uuid4()), "class": self.label_class().pk, "shape": "box", "geometry": box,
                 "source": self.random.choice(["manual", "auto", "file"])}
                for _each in range(self.random.randint(0, 3))
            ]  # fmt: skip
            changed = [row | {"class": self.label_class().pk} for row in rows if row["id"] not in gone]
            status = self.random.choice([None, *STATUSES])
            Revision.objects.apply(
                image, self.owner, key=uuid.uuid4(), upsert=new + changed, delete=gone, status=status
            )

    def restore_revision(self):
        for image in self.images(1):
            if image.revision and not image.trashed_at:
                Revision.objects.restore(image, self.random.randint(1, image.revision), self.owner)

    def tag(self):
        pairs = [(image, self.label_class()) for image in self.images()]
        self.keys.append(Revision.objects.tag_images(self.project, self.owner, pairs).key)

    def undo(self):
        if self.keys:
            Revision.objects.undo_bulk(self.project, self.keys.pop(), self.owner)

    def trash(self):
        self.chosen().move_to_trash(self.owner)

    def restore(self):
        self.chosen().restore()

    def split(self):
        self.chosen().assign_split(self.random.choice(["", "train", "test"]))

    def discard(self):
        if self.random.random() < 0.3:
            self.chosen().trashed().discard()

    def merge_classes(self):
        """As a statement that knows nothing of images: all annotations of one class get another."""
        Annotation.objects.filter(label_class=self.label_class()).update(label_class=self.label_class())

    def propose(self):
        for image in self.images():
            Suggestion.objects.create(
                image=image,
                label_class=self.label_class(),
                shape="tag",
                score=0.5,
                uncertainty=self.random.random(),
                model=1,
            )

    def decide(self):
        Suggestion.objects.filter(image__in=self.images()).update(state=self.random.choice(["open", "refused"]))

    def comment(self):
        for image in self.images(2):
            if not image.trashed_at:
                Comment.objects.say(image, self.owner, "Look here.")

    def settle_comments(self):
        for thread in Comment.objects.filter(image__in=self.images(6)).threads():
            self.random.choice([thread.resolve, thread.unresolve, thread.remove])(self.owner)

    def assign(self):
        chosen = self.chosen().kept()
        if chosen.filter(assigned=None).exists():
            Assignment.objects.split(self.project, self.owner, chosen, [self.owner.pk], 2, "id")

    def end_an_assignment(self):
        for each in Assignment.objects.filter(project=self.project).order_by("?")[:1]:
            self.random.choice([each.delete, lambda each=each: each.finish(self.owner)])()

    def by_hand(self):
        """Somebody in a database shell."""
        with connection.cursor() as cursor:
            for image in self.images(2):
                name = f"by hand {self.random.random()}.png"
                cursor.execute("UPDATE images_image SET name = %s WHERE id = %s", [name, image.pk])

    def take_back(self):
        """A transaction in which somebody looked, and which was broken off."""
        with transaction.atomic():
            self.trash()
            assert shelf.catalogue(self.project.pk).counts(ImageFilters())["trashed"]
            transaction.set_rollback(True)

    def do_something(self):
        often = [self.save] * 4 + [self.restore]
        verbs = [
            self.add, self.save, self.restore_revision, self.tag, self.undo, self.trash, self.restore, self.split,
            self.discard, self.merge_classes, self.propose, self.decide, self.by_hand,
            self.comment, self.settle_comments, self.assign, self.end_an_assignment,
        ]  # fmt: skip
        self.random.choice(verbs + often)()
