import pytest

from labelapp.projects.models import Project
from training.models import Epoch, Run


@pytest.fixture
def path(project):
    return f"/api/projects/{project.pk}/runs/"


def problems(answer) -> dict:
    assert answer.status_code == 400
    return answer.json()["error"]["fields"]


def test_a_run_of_task_and_preset_alone_is_queued(as_, owner, version, path):
    body = {"version": version.pk, "spec": {"task": "classification", "preset": "compact_cnn"}}
    answer = as_(owner).post(path, body, format="json")
    assert answer.status_code == 202
    run = answer.json()
    assert run["status"] == "queued"
    assert run["epochs"] > 0
    assert run["version"]["number"] == version.number
    assert as_(owner).get(path).json()["results"][0]["id"] == run["id"]


def test_runs_are_numbered_within_their_project(owner, project, version, spec):
    assert [Run.objects.start(project, owner, version, spec).number for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"preset": "compact_cn"}, "spec.preset"),
        ({"epochs": 0}, "spec.epochs"),
        ({"learning_rate": "fast"}, "spec.learning_rate"),
        ({"colour": "red"}, "spec.colour"),
        ({"weights": "no/such/file.h5"}, "spec.weights"),
        ({"weights": "/etc/passwd"}, "spec.weights"),
        ({"weights": "x" * 5000 + ".h5"}, "spec.weights"),
        ({"weights": {"model": 999}}, "spec.weights"),
    ],
)
def test_a_wrong_spec_is_refused_with_the_field_named(as_, owner, version, path, spec, wrong, field):
    answer = as_(owner).post(path, {"version": version.pk, "spec": spec | wrong}, format="json")
    assert field in problems(answer)


def test_an_unknown_preset_is_answered_with_the_nearest_one(as_, owner, version, path):
    answer = as_(owner).post(path, {"version": version.pk, "spec": {"preset": "compact_cn"}}, format="json")
    assert "compact_cnn" in problems(answer)["spec.preset"][0]


def test_a_version_of_another_project_is_not_found(as_, owner, version, spec):
    other = Project.objects.start(owner, name="Other")
    answer = as_(owner).post(f"/api/projects/{other.pk}/runs/", {"version": version.pk, "spec": spec}, format="json")
    assert "version" in problems(answer)


def test_a_version_that_is_not_frozen_yet_is_refused(as_, owner, project, version, path, spec):
    type(version).objects.filter(pk=version.pk).update(status="running")
    assert "version" in problems(as_(owner).post(path, {"version": version.pk, "spec": spec}, format="json"))


def test_a_body_without_spec_is_refused(as_, owner, version, path):
    assert "spec" in problems(as_(owner).post(path, {"version": version.pk}, format="json"))


def test_viewers_do_not_train(as_, viewer, version, path, spec):
    assert as_(viewer).post(path, {"version": version.pk, "spec": spec}, format="json").status_code == 403
    assert as_(viewer).get(path).status_code == 200


def test_a_stranger_finds_neither_list_nor_run(as_, owner, stranger, project, version, path, spec):
    run = Run.objects.start(project, owner, version, spec)
    client = as_(stranger)
    assert client.get(path).status_code == 404
    assert client.post(path, {"version": version.pk, "spec": spec}, format="json").status_code == 404
    for rest in ("", "metrics/", "predictions/", "log/"):
        assert client.get(f"/api/runs/{run.pk}/{rest}").status_code == 404
    for verb in ("stop", "cancel", "resume"):
        assert client.post(f"/api/runs/{run.pk}/{verb}/").status_code == 404


def test_the_list_shows_the_course_of_a_long_run_by_few_epochs(as_, owner, project, version, path, spec):
    run = Run.objects.start(project, owner, version, spec)
    Run.objects.filter(pk=run.pk).update(epoch=1000)
    Epoch.objects.bulk_create(Epoch(run=run, number=at, best=at in (7, 333), seconds=2) for at in range(1, 1001))
    (shown,) = as_(owner).get(path).json()["results"]
    epochs = [each["epoch"] for each in shown["history"]]
    assert len(epochs) < 70
    assert {21, 42, 333, 998, 999, 1000} <= set(epochs)
    assert 7 not in epochs
    assert len(as_(owner).get(f"/api/runs/{run.pk}/").json()["history"]) == 1000


def test_nobody_is_told_to_sign_in(as_, project, version, path):
    assert as_(None).get(path).status_code == 401
    assert as_(None).get("/api/runs/schema/").status_code == 401


def test_the_schema_says_where_a_form_shows_each_field(as_, owner):
    schema = as_(owner).get("/api/runs/schema/").json()
    assert {"task", "preset", "epochs", "weights"} <= set(schema["properties"])
    assert all("group" in field for field in schema["properties"].values())


def test_the_shelf_lists_the_presets_that_others_rely_on(as_, owner):
    names = {each["name"] for each in as_(owner).get("/api/presets/").json()["results"]}
    assert {"compact_cnn", "compact_resnet", "mobilenet_025", "mobilenetv3_small"} <= names


def test_a_schedule_is_drawn_before_the_run(as_, owner, version):
    body = {"spec": {"preset": "compact_cnn", "epochs": 10, "learning_rate": 0.01}, "version": version.pk}
    answer = as_(owner).post("/api/runs/schedule/", body, format="json").json()
    assert answer["epochs"] == 10
    assert len(answer["steps"]) == len(answer["learning_rates"])
    assert max(answer["learning_rates"]) == pytest.approx(0.01, rel=0.05)
