"""Several people label the same images without seeing each other's labels."""

import uuid

import pytest

from labelapp.annotations.models import Annotation, Revision, Round, Seat
from labelapp.images.models import Image
from labelapp.projects.models import AuditEntry, Membership

pytestmark = pytest.mark.django_db


def test_each_person_has_copies_of_every_image_in_a_queue_of_their_own(start, queue, annotator, owner, images):
    round = start(annotator, owner, note="Only the hands.")
    assert (round["number"], round["note"], round["images"], round["closed_at"]) == (1, "Only the hands.", 3, None)
    assert [(each["person"]["name"], each["total"], each["labelled"]) for each in round["people"]] == [
        ("annotator", 3, 0), ("owner", 3, 0),
    ]  # fmt: skip
    mine, theirs = queue(annotator, round), queue(owner, round)
    assert [row["name"] for row in mine] == [row["name"] for row in theirs] == ["0.png", "1.png", "2.png"]
    ids = [{row["id"] for row in rows} for rows in (mine, theirs)]
    assert not ids[0] & ids[1]
    assert not (ids[0] | ids[1]) & {image.pk for image in images}


def test_labelling_a_copy_goes_as_on_any_image(start, queue, as_, annotator, owner, cat, box):
    copy = queue(annotator, start(annotator, owner))[1]
    client, address = as_(annotator), f"/api/images/{copy['id']}/"
    shape, key = box(cat), "7e57ab1e-0000-4000-8000-000000000001"
    body = {"base_revision": 0, "key": key, "upsert": [shape], "status": "labelled"}
    assert client.patch(f"{address}annotations/", body, format="json").json()["revision"] == 1
    assert client.patch(f"{address}annotations/", body, format="json").json()["revision"] == 1
    stale = body | {"key": "7e57ab1e-0000-4000-8000-000000000002", "upsert": [box(cat)]}
    assert client.patch(f"{address}annotations/", stale, format="json").status_code == 409
    assert [row["id"] for row in client.get(f"{address}annotations/").json()["annotations"]] == [shape["id"]]
    assert client.get(f"{address}history/").json()["results"][0]["counts"] == {"drawn": 1}
    assert client.get(f"{address}revisions/").json()["results"][0]["revision"] == 1
    gone = {"base_revision": 1, "key": "7e57ab1e-0000-4000-8000-000000000003", "delete": [shape["id"]]}
    client.patch(f"{address}annotations/", gone, format="json")
    back = client.post(f"{address}deleted-shapes/restore/", {"ids": [shape["id"]]}, format="json")
    assert back.json()["revision"] == 3
    assert client.post(f"{address}revisions/0/restore/").json()["annotations"] == []
    assert client.put(f"{address}presence/7e57ab1e-0000-4000-8000-000000000004/").status_code == 204


def test_people_start_with_nothing_or_with_what_is_there(start, queue, as_, annotator, owner, images, save, cat, box):
    save(images[0], box(cat, attributes={}), box(cat, x=20))
    empty, full = start(annotator, owner), start(annotator, owner, empty=False)

    def labels(round, person):
        copy = queue(person, round)[0]["id"]
        return as_(person).get(f"/api/images/{copy}/annotations/").json()["annotations"]

    assert labels(empty, annotator) == []
    mine, theirs = labels(full, annotator), labels(full, owner)
    assert sorted(row["geometry"]["box"][0] for row in mine) == [1.0, 20.0]
    assert {row["source"] for row in mine} == {"manual"}
    assert not {row["id"] for row in mine} & {row["id"] for row in theirs}


def test_the_last_one_who_is_done_closes_the_round(start, as_, annotator, owner, queue):
    round = start(annotator, owner)
    address = f"/api/rounds/{round['id']}/completion/"
    assert as_(annotator).put(address).json()["closed_at"] is None
    assert as_(annotator).delete(address).json()["people"][0]["finished_at"] is None
    as_(annotator).put(address)
    assert as_(owner).put(address).json()["closed_at"]
    assert as_(annotator).delete(address).status_code == 409
    assert list(AuditEntry.objects.filter(verb__startswith="round.").order_by("pk").values_list("verb", flat=True)) == [
        "round.started", "round.finished", "round.finished", "round.finished", "round.closed",
    ]  # fmt: skip


def test_who_has_left_is_not_waited_for(start, as_, annotator, owner, reviewer, project):
    round = start(annotator, owner, reviewer)
    Membership.objects.get(project=project, user=annotator).become("viewer")
    Membership.objects.get(project=project, user=reviewer).end()
    assert as_(owner).put(f"/api/rounds/{round['id']}/completion/").json()["closed_at"]


def test_nothing_can_be_changed_in_a_closed_round_until_it_is_opened_again(
    start, queue, as_, annotator, owner, reviewer, cat, box
):
    round = start(annotator, owner)
    copy = queue(annotator, round)[0]["id"]
    sent = {"base_revision": 0, "key": "7e57ab1e-0000-4000-8000-000000000001", "upsert": [box(cat)]}
    as_(annotator).patch(f"/api/images/{copy}/annotations/", sent, format="json")
    as_(reviewer).put(f"/api/rounds/{round['id']}/closing/")
    again = as_(annotator).patch(f"/api/images/{copy}/annotations/", sent, format="json")
    assert again.json()["revision"] == 1  # it had been saved: only the answer was lost
    late = {"base_revision": 1, "key": "7e57ab1e-0000-4000-8000-000000000002", "upsert": [box(cat)]}
    refused = as_(annotator).patch(f"/api/images/{copy}/annotations/", late, format="json")
    assert refused.status_code == 409
    assert "closed" in refused.json()["error"]["message"]
    assert as_(annotator).post(f"/api/images/{copy}/revisions/0/restore/").status_code == 409
    assert as_(annotator).get(f"/api/images/{copy}/annotations/").status_code == 200
    opened = as_(reviewer).delete(f"/api/rounds/{round['id']}/closing/").json()
    assert opened["closed_at"] is None
    assert as_(annotator).patch(f"/api/images/{copy}/annotations/", late, format="json").status_code == 200


def test_copies_are_on_no_list_and_in_no_count(
    start, as_, annotator, owner, viewer, project, images, queue, save, cat, box
):
    address = f"/api/projects/{project.pk}"
    asked = [
        f"{address}/images/", f"{address}/images/counts/", f"{address}/images/ids/", f"{address}/queue/",
        f"{address}/images/?search=png", f"{address}/images/?labelled_by={annotator.pk}", f"{address}/storage/",
        f"{address}/members/contributions/",
    ]  # fmt: skip
    before = [as_(viewer).get(each).json() for each in asked]
    copy = queue(annotator, start(annotator, owner))[0]["id"]
    Revision.objects.apply(
        Image.everything.get(pk=copy), annotator, key=uuid.uuid4(), upsert=[box(cat)], status="labelled"
    )
    after = [as_(viewer).get(each).json() for each in asked]
    for row in (before[6], after[6]):
        del row["left_on_disk"]
    assert after[:-1] == before[:-1]
    assert [row for row in after[-1]["results"] if row["labelled"]] == []
    assert project.images.count() == 3
    assert Image.objects.annotations_of(project.pk) == {}
    assert Image.objects.statuses_of([project.pk])[project.pk] == {"new": 3}
    assert as_(viewer).get(f"{address}/images/?ids={copy}").json()["results"] == []


def test_the_same_file_is_still_a_duplicate(start, annotator, owner, project, picture):
    from django.core.files.base import ContentFile

    content = picture()
    first = Image.objects.add(project, owner, "a.png", ContentFile(content))
    start(annotator, owner)
    again = Image.objects.add(project, owner, "b.png", ContentFile(content))
    assert (again.status, again.id) == ("duplicate", first.id)


def test_the_work_of_a_round_counts_in_throughput(start, queue, as_, annotator, owner, viewer, project, cat, box):
    copy = queue(annotator, start(annotator, owner))[0]["id"]
    Revision.objects.apply(
        Image.everything.get(pk=copy), annotator, key=uuid.uuid4(), upsert=[box(cat)], status="labelled"
    )
    (row,) = as_(viewer).get(f"/api/projects/{project.pk}/throughput/").json()["results"]
    assert (row["person"], row["labelled"], row["drawn"]) == (annotator.pk, 1, 1)


def test_images_that_go_take_their_copies_along(start, queue, annotator, owner, images, save, cat, box):
    round = start(annotator, owner)
    Revision.objects.apply(
        Image.everything.get(pk=queue(annotator, round)[0]["id"]), annotator, key=uuid.uuid4(), upsert=[box(cat)]
    )
    Image.objects.filter(pk=images[0].pk).move_to_trash(owner)
    assert [row["name"] for row in queue(annotator, round)] == ["1.png", "2.png"]
    Image.objects.filter(pk=images[0].pk).restore()
    assert len(queue(annotator, round)) == 3
    Image.objects.filter(pk=images[0].pk).move_to_trash(owner)
    Image.objects.filter(pk=images[0].pk).discard()
    assert Image.everything.filter(copied__seat__round=round["id"]).count() == 4
    assert Annotation.objects.count() == 0


def test_a_project_is_erased_with_its_rounds(start, queue, annotator, owner, project, cat, box):
    round = start(annotator, owner)
    Revision.objects.apply(
        Image.everything.get(pk=queue(annotator, round)[0]["id"]), annotator, key=uuid.uuid4(), upsert=[box(cat)]
    )
    project.erase()
    assert not Image.everything.exists()
    assert not Round.objects.exists()


def test_a_deleted_round_leaves_nothing_of_its_copies(start, as_, reviewer, queue, annotator, owner, images, cat, box):
    round = start(annotator, owner)
    Revision.objects.apply(
        Image.everything.get(pk=queue(annotator, round)[0]["id"]), annotator, key=uuid.uuid4(), upsert=[box(cat)]
    )
    assert as_(reviewer).delete(f"/api/rounds/{round['id']}/").status_code == 204
    assert Image.everything.count() == len(images)
    assert (Seat.objects.count(), Annotation.objects.count(), Revision.objects.count()) == (0, 0, 0)


def test_merged_and_deleted_classes_change_labels_of_copies_too(start, queue, annotator, owner, cat, dog, box, done):
    from labelapp.annotations.class_changes.deletion import start_deletion
    from labelapp.annotations.class_changes.merge import start_merge

    round = start(annotator, owner)
    one, other = (Image.everything.get(pk=queue(person, round)[0]["id"]) for person in (annotator, owner))
    Revision.objects.apply(one, annotator, key=uuid.uuid4(), upsert=[box(cat)])
    Revision.objects.apply(other, owner, key=uuid.uuid4(), upsert=[box(dog)])
    done(start_merge(owner, cat, dog))
    assert set(Annotation.objects.values_list("label_class", flat=True)) == {dog.pk}
    assert Image.everything.get(pk=one.pk).revision == 2
    done(start_deletion(owner, dog))
    assert Annotation.objects.count() == 0
