"""Skeletons in files: an export carries them, an import gives them to classes and compares them."""

import json
import zipfile
from io import BytesIO

import pytest
import yaml

from labelapp.annotations.models import Annotation
from labelapp.projects.models import ClassChange, LabelClass, Project
from labelapp.projects.models.skeleton import read_skeleton
from labelapp.projects.skeleton_presets import PRESETS
from tests.exchange.test_coco_import import coco
from tests.formats.archives import zip_of

pytestmark = pytest.mark.django_db

ARM = read_skeleton({"points": ["shoulder", "left_hand", "right_hand"], "edges": [[0, 1], [0, 2]], "flip": [[1, 2]]})
LEG = read_skeleton({"points": ["hip", "knee"], "edges": [[0, 1]]})
THREE, TWO = [[1.5, 3.0, 2], [0.0, 0.0, 0], [30.0, 18.0, 1]], [[4.0, 6.0, 2], [8.0, 9.0, 2]]


@pytest.fixture
def poses(owner, add_image, draw):
    project = Project.objects.start(owner, name="Poses", kind="keypoints")
    LabelClass.objects.add(project, "arm", skeleton=ARM)
    LabelClass.objects.add(project, "leg", skeleton=LEG)
    for number in range(2):
        image = add_image(f"{number}.png", to=project, status="labelled", split="train")
        draw(image, "arm", "keypoints", {"points": THREE})
        draw(image, "leg", "keypoints", {"points": TWO})
    return project


@pytest.fixture
def copy(owner):
    """Another project with the same images, without labels and classes."""

    def make(project: Project) -> Project:
        made = Project.objects.start(owner, name="Copy", kind="keypoints")
        Annotation.objects.filter(image__project=project).delete()
        project.images.update(project=made, status="new", split="", group="")
        return made

    return make


def skeletons(project: Project) -> dict:
    return dict(project.classes.values_list("name", "skeleton"))


def shapes(project: Project) -> list:
    found = Annotation.objects.filter(image__project=project).order_by("image", "label_class__name")
    return list(found.values_list("image", "label_class__name", "geometry"))


@pytest.mark.parametrize("format", ["coco", "yolo-pose"])
def test_an_export_brings_skeletons_and_points_into_another_project(poses, copy, export, dry_run, apply, format):
    before, content = shapes(poses), export(poses, format)
    assert dry_run(poses, content).findings["annotations"] == {"added": 0, "updated": 0, "unchanged": 4, "removed": 0}
    other = copy(poses)
    job = dry_run(other, content)
    assert job.findings["error_count"] == 0, job.findings["errors"]
    apply(job)
    assert skeletons(other) == skeletons(poses) == {"arm": ARM, "leg": LEG}
    assert [name for _image, name, _geometry in shapes(other)] == [name for _image, name, _geometry in before]
    for (_image, _name, found), (_same, _class, wanted) in zip(shapes(other), before, strict=True):
        assert [value for point in found["points"] for value in point] == pytest.approx(
            [value for point in wanted["points"] for value in point], abs=1e-4
        )
    assert export(other, format) == content


def test_a_category_has_what_programs_read_keypoints_by(poses, export):
    data = json.loads(export(poses, "coco"))
    arm = data["categories"][0]
    assert (arm["keypoints"], arm["skeleton"]) == (["shoulder", "left_hand", "right_hand"], [[1, 2], [1, 3]])
    found = [each for each in data["annotations"] if each["category_id"] == arm["id"]]
    assert [(each["keypoints"], each["num_keypoints"]) for each in found] == [([1.5, 3, 2, 0, 0, 0, 30, 18, 1], 2)] * 2


def test_ultralytics_finds_what_it_needs_for_poses(poses, export):
    with zipfile.ZipFile(BytesIO(export(poses, "yolo-pose"))) as archive:
        data = yaml.safe_load(archive.read("data.yaml"))
        lines = archive.read("labels/train/0.txt").decode().splitlines()
    assert (data["kpt_shape"], data["names"]) == ([3, 3], {0: "arm", 1: "leg"})
    assert data["kpt_names"] == {0: ["shoulder", "left_hand", "right_hand"], 1: ["hip", "knee"]}
    assert "flip_idx" not in data  # the second point of a leg is no hand
    assert [len(line.split()) for line in lines] == [5 + 9, 5 + 9]
    LabelClass.objects.filter(name="leg").update(skeleton={})
    with zipfile.ZipFile(BytesIO(export(poses, "yolo-pose"))) as archive:
        assert yaml.safe_load(archive.read("data.yaml"))["flip_idx"] == [0, 2, 1]


def test_shapes_from_before_a_point_was_appended_are_written_whole_and_are_the_same_again(
    poses, owner, export, dry_run
):
    leg = poses.classes.get(name="leg")
    leg.change(owner, skeleton=read_skeleton({"points": ["hip", "knee", "foot", "toe"], "edges": []}))
    for format in ("coco", "yolo-pose"):
        found = dry_run(poses, export(poses, format)).findings
        assert (found["error_count"], found["annotations"]["added"], found["annotations"]["removed"]) == (0, 0, 0)
    data = json.loads(export(poses, "coco"))
    assert {len(each["keypoints"]) for each in data["annotations"] if each["category_id"] == 2} == {12}


@pytest.fixture
def people(owner, add_image):
    """A file of another tool with a person of two points, and a project with its image."""
    project = Project.objects.start(owner, name="People", kind="any")
    add_image("a.png", to=project)

    def make(*names: str, points=(1, 2, 2, 3, 4, 1)) -> str:
        data = json.loads(coco({"keypoints": list(points), "bbox": [1, 1, 9, 9]}, names=("person",)))
        data["categories"][0] |= {"keypoints": list(names), "skeleton": [[1, 2], [9, 1]]}
        return json.dumps(data)

    return project, make


def test_a_file_gives_new_classes_and_those_without_one_its_skeleton(people, dry_run, apply):
    project, made = people
    job = apply(dry_run(project, made("nose", "neck")))
    assert job.findings["skeletons"] == ["person"]
    wanted = read_skeleton({"points": ["nose", "neck"], "edges": [[0, 1]]})
    assert skeletons(project) == {"person": wanted}
    Annotation.objects.all().delete()
    LabelClass.objects.update(skeleton={})
    apply(dry_run(project, made("nose", "neck")))
    assert skeletons(project) == {"person": wanted}
    assert ClassChange.objects.latest("pk").title == "The skeleton of “person”"


def test_the_points_of_a_person_as_coco_has_them_get_their_places(people, dry_run, apply):
    project, made = people
    preset = PRESETS["person"][1]
    names = [each["name"] for each in preset["points"]]
    apply(dry_run(project, made(*names, points=(5, 5, 2) * 17)))
    assert project.classes.get().skeleton["points"] == preset["points"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("neck", "nose"), "in the file are neck, nose, but those of the class are nose, neck"),
        (("nose", "neck", "chin"), "has 2 points, and here are 3"),
    ],
)
def test_points_that_are_others_than_those_of_the_class_are_errors(people, dry_run, names, words):
    project, made = people
    LabelClass.objects.add(project, "person", skeleton=read_skeleton({"points": ["nose", "neck"], "edges": []}))
    job = dry_run(project, made(*names, points=(1, 2, 2) * len(names)))
    assert job.findings["error_count"] == 1
    assert words in job.findings["errors"][0]["message"]


def test_points_that_a_file_only_counts_are_those_of_the_class(people, dry_run, apply):
    project, made = people
    LabelClass.objects.add(project, "person", skeleton=read_skeleton({"points": ["nose", "neck"], "edges": []}))
    assert apply(dry_run(project, made("1", "2"))).findings["annotations"]["added"] == 1


def test_a_skeleton_that_a_class_cannot_have_leaves_its_points_without_names(people, dry_run, apply):
    project, made = people
    apply(dry_run(project, made("a", "a")))
    assert skeletons(project) == {"person": {}}
    assert len(Annotation.objects.get().geometry["points"]) == 2


def test_whoever_may_not_change_classes_imports_points_alone(people, dry_run, apply, annotator):
    project, made = people
    project.memberships.create(user=annotator, role="annotator")
    LabelClass.objects.add(project, "person")
    apply(dry_run(project, made("nose", "neck"), user=annotator))
    assert skeletons(project) == {"person": {}}


def test_names_and_pairs_of_a_yolo_file_become_the_skeleton(people, dry_run, apply):
    project, _made = people
    data = "names: [person]\nkpt_shape: [3, 3]\nflip_idx: [0, 2, 1]\nkpt_names:\n  0: [nose, left_eye, right_eye]\n"
    content = zip_of({"data.yaml": data, "labels/a.txt": "0 .5 .5 .2 .2 .5 .5 2 .4 .4 1 0 0 0"})
    apply(dry_run(project, content, name="pose.zip"))
    wanted = {"points": ["nose", "left_eye", "right_eye"], "edges": [], "flip": [[1, 2]]}
    assert skeletons(project) == {"person": read_skeleton(wanted)}
