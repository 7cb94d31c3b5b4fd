import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from labelapp.annotations.models import ImagePrediction, Proposed, Revision, Suggestion
from labelapp.annotations.throughput import Stretch, stretches

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def look(as_, viewer, project):
    def get(first="2026-03-01", last="2026-03-31", **query) -> dict:
        query = {"first": first, "last": last, **query}
        answer = as_(viewer).get(f"/api/projects/{project.pk}/throughput/", query)
        assert answer.status_code == 200, answer.json()
        return answer.json()

    return get


def set_back(at: datetime = DAY, **which) -> None:
    """As if what was saved had been saved then."""
    Revision.objects.filter(**which).update(created_at=at)


def counts(row) -> tuple:
    return tuple(row[name] for name in ("labelled", "approved", "sent_back", "drawn", "accepted", "corrected"))


def test_each_person_has_a_row_for_each_day(free_project, add_image, cat, box, save, annotator, reviewer, look):
    first, second = add_image("a.png"), add_image("b.png")
    shape = box(cat)
    save(first, shape, box(cat), by=annotator, status="labelled")
    save(first, shape | {"geometry": {"box": [1, 1, 5, 5]}}, by=annotator)
    save(second, box(cat), by=annotator)
    save(second, by=annotator, status="labelled")
    save(second, by=reviewer, status="sent_back", comment="No.")
    save(first, by=reviewer, status="approved")
    set_back(image=first)
    set_back(DAY + timedelta(days=1), image=second)
    answer = look()
    assert {each["name"] for each in answer["people"]} == {"annotator", "reviewer"}
    assert [(row["person"], row["day"], counts(row)) for row in answer["results"]] == [
        (annotator.pk, "2026-03-10", (1, 0, 0, 2, 0, 0)), (reviewer.pk, "2026-03-10", (0, 1, 0, 0, 0, 0)),
        (annotator.pk, "2026-03-11", (1, 0, 0, 1, 0, 0)), (reviewer.pk, "2026-03-11", (0, 0, 1, 0, 0, 0)),
    ]  # fmt: skip


def test_an_image_counts_once_a_day_and_taking_an_approval_back_is_no_labelling(image, save, annotator, reviewer, look):
    for status in ("labelled", "in_progress", "labelled"):
        save(image, by=annotator, status=status)
    for status in ("approved", "labelled"):
        save(image, by=reviewer, status=status)
    set_back()
    assert [counts(row) for row in look()["results"]] == [(1, 0, 0, 0, 0, 0), (0, 1, 0, 0, 0, 0)]


def test_accepted_and_corrected_suggestions_count_and_what_is_brought_back_does_not(
    free_project, image, cat, dog, tag, save, annotator, look
):
    Suggestion.objects.propose(1, [ImagePrediction(image.pk, 0.5, [Proposed(cat.pk, 0.9), Proposed(dog.pk, 0.8)])])
    cats, dogs = Suggestion.objects.order_by("-score")
    Revision.objects.accept(cats, annotator, key=uuid.uuid4())
    bird = free_project.classes.create(name="bird", position=3)
    Revision.objects.accept(dogs, annotator, key=uuid.uuid4(), label_class=bird.pk)
    Revision.objects.restore(image, 0, annotator)
    Revision.objects.restore(image, 2, annotator)
    Revision.objects.tag_images(free_project, annotator, [(image, dog)])
    set_back()
    assert [counts(row)[3:] for row in look()["results"]] == [(1, 1, 1)]


def test_days_are_those_of_the_time_zone(image, save, annotator, look):
    save(image, by=annotator, status="labelled")
    set_back(datetime(2026, 3, 29, 22, 30, tzinfo=UTC))  # the day on which clocks go forward in Berlin
    for zone, day in (("UTC", "2026-03-29"), ("Europe/Berlin", "2026-03-30"), ("America/New_York", "2026-03-29")):
        assert [row["day"] for row in look(timezone=zone)["results"]] == [day]
        assert look(first=day, last=day, timezone=zone)["results"]
        before = str(date.fromisoformat(day) - timedelta(days=1))
        assert not look(first=before, last=before, timezone=zone)["results"]


def test_a_period_is_cut_where_clocks_are_changed():
    found = list(stretches(date(2026, 3, 27), date(2026, 3, 30), ZoneInfo("Europe/Berlin")))
    assert found == [
        Stretch(date(2026, 3, 27), date(2026, 3, 28), 60), Stretch(date(2026, 3, 29), date(2026, 3, 30), 120),
    ]  # fmt: skip


def test_what_was_done_elsewhere_or_at_another_time_is_not_told(image, add_image, stranger, save, annotator, look):
    from labelapp.projects.models import Project

    other = Project.objects.start(stranger, name="Other", kind="any")
    save(add_image("x.png", of=other), by=stranger, status="labelled")
    save(image, by=annotator, status="labelled")
    set_back()
    assert {row["person"] for row in look()["results"]} == {annotator.pk}
    assert look(first="2026-04-01", last="2026-04-02") == {
        "first": "2026-04-01", "last": "2026-04-02", "people": [], "results": [],
    }  # fmt: skip


def test_the_last_thirty_days_when_nothing_is_said(as_, viewer, project):
    answer = as_(viewer).get(f"/api/projects/{project.pk}/throughput/").json()
    assert date.fromisoformat(answer["last"]) - date.fromisoformat(answer["first"]) == timedelta(days=29)


@pytest.mark.parametrize(
    "query",
    [
        "first=2026-03-02&last=2026-03-01", "first=2024-01-01&last=2026-01-01", "first=soon", "last=0001-01-01",
        "last=9999-12-31", "timezone=Europe/Atlantis", "timezone=../../etc/passwd", "timezone=Europe",
    ],
)  # fmt: skip
def test_bad_periods_are_answered_clearly(as_, viewer, project, query):
    answer = as_(viewer).get(f"/api/projects/{project.pk}/throughput/?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_strangers_nobody_and_wrong_methods(as_, viewer, stranger, project):
    address = f"/api/projects/{project.pk}/throughput/"
    assert as_(stranger).get(address).status_code == 404
    assert as_(None).get(address).status_code == 401
    assert as_(viewer).get("/api/projects/999999/throughput/").status_code == 404
    assert as_(viewer).post(address).status_code == 405
