"""Pages answer to members, are not found by strangers, and send nobody to sign in."""

import pytest
from django.core.files.base import ContentFile

from labelapp.annotations.models import Revision
from labelapp.images.arrival import receive
from labelapp.images.models import Image
from labelapp.projects.models import LabelClass
from labelapp.projects.overview import Overview, next_step

PAGES = ["", "classes/", "members/", "settings/"]


@pytest.mark.parametrize("page", PAGES)
def test_members_see_the_page_and_strangers_do_not_find_it(client, project, viewer, stranger, page):
    path = f"/projects/{project.pk}/{page}"
    assert client.get(path).url == f"/sign-in/?next={path}"
    client.force_login(viewer)
    assert project.name in client.get(path).content.decode()
    client.force_login(stranger)
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_a_newcomer_is_told_what_to_do(client, stranger):
    client.force_login(stranger)
    page = client.get("/").content.decode()
    assert "Start your first project" in page
    assert "Try it with sample images" in page


def test_only_owners_are_offered_what_only_owners_may_do(client, project, owner, annotator):
    for person, offered in ((owner, True), (annotator, False)):
        client.force_login(person)
        assert ("data-delete" in client.get(f"/projects/{project.pk}/settings/").content.decode()) is offered
        assert ("data-add" in client.get(f"/projects/{project.pk}/classes/").content.decode()) is offered


def test_the_theme_is_drawn_by_the_server(client, owner):
    client.force_login(owner)
    assert "data-theme" not in client.get("/").content.decode().split("<body")[0]
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get("/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/").content.decode().split("<body")[0]


def test_names_are_escaped(client, project, owner):
    project.change(name="<b>& co</b>")
    client.force_login(owner)
    page = client.get(f"/projects/{project.pk}/settings/").content.decode()
    assert "<b>& co" not in page


def test_the_overview_points_to_the_next_step(project, owner, picture):
    assert [step.state for step in Overview(project).steps] == ["now", "later", "later", "later", "later"]
    cat = LabelClass.objects.add(project, "cat")
    files = [receive(f"{seed}.png", ContentFile(picture(seed))) for seed in (1, 2)]
    Image.objects.admit(project, owner, files)
    Revision.objects.tag_images(project, owner, [(project.images.first(), cat)])
    overview = Overview(project)
    assert [step.state for step in overview.steps][:3] == ["done", "now", "later"]
    assert overview.steps[1].progress == 0.5
    assert [(each.name, each.count) for each in overview.classes] == [("cat", 1)]
    assert overview.activity[0].title == "owner labelled 1 image"


def test_the_overview_offers_nobody_what_they_may_not_do(client, project, viewer):
    client.force_login(viewer)
    page = client.get(f"/projects/{project.pk}/").content.decode()
    assert "Add images" in page, "how far it has come is shown"
    assert f"/projects/{project.pk}/images/add/" not in page
    refused = client.get(f"/projects/{project.pk}/images/add/")
    assert refused.status_code == 403
    assert f'href="/projects/{project.pk}/"' in refused.content.decode()


@pytest.mark.parametrize(
    ("done", "step"),
    [
        ([False, False, False], 0),
        ([True, False, False], 1),
        ([True, False, True], 1),
        ([True, False, True, False], 3),
        ([True, True, True], None),
    ],
)
def test_the_next_step_follows_the_last_one_done(done, step):
    assert next_step(done) == step


def test_an_image_in_the_trash_does_not_count(project, owner, picture):
    Image.objects.admit(project, owner, [receive("a.png", ContentFile(picture()))])
    project.images.all().move_to_trash(owner)
    assert Overview(project).images == 0


def test_a_project_starts_with_its_first_classes(as_, owner):
    body = {"name": "Pets", "classes": ["cat", "dog"]}
    made = as_(owner).post("/api/projects/", body, format="json").json()
    classes = as_(owner).get(f"/api/projects/{made['id']}/classes/").json()["results"]
    assert [(each["name"], each["key"]) for each in classes] == [("cat", "1"), ("dog", "2")]
    assert as_(owner).post("/api/projects/", body | {"classes": ["a", "a"]}, format="json").status_code == 400


def test_the_sprite_has_the_icons_that_scripts_name(client, db):
    answer = client.get("/icons.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert 'id="circle-alert"' in answer.content.decode()
