import pytest

from labelapp.projects.models import AuditEntry
from tests.training.conftest import TINY, frozen_version
from training.models import Trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(project):
    return f"/api/projects/{project.pk}/trials/"


@pytest.fixture
def ask(as_, owner, path):
    def start(version, kind="check", **spec):
        body = {"kind": kind, "version": version.pk, "spec": TINY | spec}
        return as_(owner).post(path, body, format="json")

    return start


def test_a_trial_is_queued_listed_among_the_jobs_cancelled_and_forgotten(as_, owner, project, bare_version, ask, path):
    row = ask(bare_version).json()
    assert (row["status"], row["kind"], row["stages"], row["outcome"]) == ("queued", "check", {}, {})
    client, one = as_(owner), f"/api/trials/{row['id']}/"
    assert client.get(one).json() == client.get(path).json()["results"][0] == row
    [job] = client.get(f"/api/projects/{project.pk}/jobs/?kind=trial").json()["results"]
    assert (job["title"], job["cancel"]) == ("Check of a training", f"{one}cancel/")
    assert client.post(f"{one}cancel/").json()["status"] == "cancelled"
    assert client.post(f"{one}cancel/").status_code == 409
    assert client.post(f"{one}retry/").json()["status"] == "queued"
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404
    verbs = AuditEntry.objects.filter(verb__startswith="trial.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["trial.started", "trial.cancelled", "trial.retried", "trial.deleted"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "guess"}, "kind"), ({"version": 999}, "version"), ({"spec": {"epochs": 0}}, "spec.epochs"),
        ({"spec": {"weights": "no/such/file.h5"}}, "spec.weights"), ({"spec": "compact_cnn"}, "spec"),
    ],
)  # fmt: skip
def test_what_cannot_be_tried_is_refused_with_its_field(as_, owner, path, bare_version, changes, field):
    body = {"kind": "rate", "version": bare_version.pk, "spec": TINY} | changes
    answer = as_(owner).post(path, body, format="json")
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]


def test_who_may_not_train_may_not_try(as_, viewer, stranger, bare_version, ask, path):
    row = ask(bare_version, "rate").json()
    one = f"/api/trials/{row['id']}/"
    assert as_(viewer).get(one).status_code == 200
    assert [as_(viewer).delete(one).status_code, as_(viewer).post(path, {}).status_code] == [403, 403]
    assert [as_(stranger).get(one).status_code, as_(stranger).get(path).status_code] == [404, 404]
    assert as_(stranger).put(one, {}).status_code in (404, 405)


@pytest.mark.slow
def test_a_check_ticks_off_every_stage_and_tells_what_a_run_will_take(version, ask):
    trial = Trial.objects.get(pk=ask(version, epochs=30).json()["id"])
    trial.perform()
    trial.refresh_from_db()
    assert (trial.status, trial.error, trial.progress) == ("completed", "", 1.0)
    assert len(trial.stages) == 7
    assert trial.outcome["expected_seconds"] > 0
    assert trial.outcome["epochs"] == 30
    assert not trial.work_folder.exists()


@pytest.mark.slow
def test_a_check_that_fails_names_the_field_and_the_reason(project, owner, version, ask):
    project.images.exclude(name__startswith="0/").update(status="new")
    trial = Trial.objects.get(pk=ask(frozen_version(project, owner)).json()["id"])
    trial.perform()
    trial.refresh_from_db()
    assert trial.status == "failed"
    assert trial.problem["code"] == "single_class"
    assert trial.problem["fields"] == {"version": trial.problem["message"]}
    assert trial.problem["message"] in trial.error
    assert trial.retry()
    assert (trial.status, trial.problem, trial.error) == ("queued", {}, "")
