import hashlib
import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from labelapp.images import originals
from labelapp.images.models import Image
from labelapp.projects.models import Project


def add(project, user, name, content):
    return Image.objects.add(project, user, name, ContentFile(content, name))


def test_the_original_is_kept_untouched_under_its_hash(project, owner, picture):
    content = picture(format="JPEG")
    image = Image.objects.get(pk=add(project, owner, "cats/tom.jpg", content).id)
    assert image.sha256 == hashlib.sha256(content).hexdigest()
    assert image.original == f"originals/{image.sha256[:2]}/{image.sha256}"
    assert default_storage.open(image.original).read() == content
    assert (image.name, image.format, image.width, image.height) == ("cats/tom.jpg", "JPEG", 32, 24)
    assert image.size_bytes == len(content)
    assert image.created_by == owner


def test_a_duplicate_names_the_image_that_is_there(project, owner, picture):
    content = picture()
    first, again = add(project, owner, "a.png", content), add(project, owner, "b.png", content)
    assert (again.status, again.id) == ("duplicate", first.id)
    assert Image.objects.get().name == "a.png"


def test_the_same_file_twice_in_one_batch_is_one_image(project, owner, picture):
    content = picture()
    files = [(name, ContentFile(content)) for name in ("a.png", "b.png")]
    outcomes = Image.objects.add_many(project, owner, files)
    assert [each.status for each in outcomes] == ["added", "duplicate"]
    assert outcomes[0].id == outcomes[1].id


def test_projects_share_an_original(project, owner, picture):
    other = Project.objects.start(owner, name="Other")
    content = picture()
    assert add(project, owner, "a.png", content).status == add(other, owner, "a.png", content).status == "added"
    sha256 = hashlib.sha256(content).hexdigest()
    assert default_storage.listdir(f"originals/{sha256[:2]}")[1] == [sha256]


def test_an_image_in_the_trash_is_restored(project, owner, picture):
    content = picture()
    first = add(project, owner, "a.png", content)
    Image.objects.filter(pk=first.id).move_to_trash(owner)
    again = add(project, owner, "a.png", content)
    assert (again.status, again.id) == ("added", first.id)
    assert Image.objects.kept().get().pk == first.id


def test_a_copy_that_was_cut_off_is_replaced(project, owner, picture):
    content = picture()
    path = originals.path_of(hashlib.sha256(content).hexdigest())
    default_storage.save(path, ContentFile(content[:10]))
    add(project, owner, "a.png", content)
    assert default_storage.open(path).read() == content


def test_a_refusal_stores_nothing(project, owner):
    outcome = add(project, owner, "notes.jpg", b"Dear diary")
    assert (outcome.status, outcome.id) == ("refused", None)
    assert "a text file" in outcome.reason
    assert not Image.objects.exists()
    assert not default_storage.exists("originals")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\photos\\a.png", "C:/photos/a.png"), ("../../etc/a.png", "etc/a.png"), ("/a.png", "a.png"),
        ("\u202egnp.exe", "gnp.exe"),
        ("./x//y/a.png", "x/y/a.png"), ("a\x00\n.png", "a.png"), ("Öl/图 1.png", "Öl/图 1.png"),
    ],
)  # fmt: skip
def test_a_name_is_a_relative_path(project, owner, picture, given, kept):
    assert add(project, owner, given, picture()).name == kept


def test_a_name_that_is_too_long_is_refused(project, owner, picture):
    assert add(project, owner, "x" * 1001, picture()).status == "refused"


def test_many_files_take_few_queries(project, owner, picture, django_assert_max_num_queries):
    files = [(f"{number}.png", ContentFile(picture(number))) for number in range(60)]
    with django_assert_max_num_queries(8):
        outcomes = Image.objects.add_many(project, owner, files)
    assert {each.status for each in outcomes} == {"added"}


@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_one_file_at_once_make_one_image(project, owner, picture):
    content, outcomes, start = picture(), [], threading.Barrier(4)

    def send():
        start.wait()
        outcomes.append(add(project, owner, "a.png", content))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.status for each in outcomes) == ["added", "duplicate", "duplicate", "duplicate"]
    assert len({each.id for each in outcomes}) == 1
