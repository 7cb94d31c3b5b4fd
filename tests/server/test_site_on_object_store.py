"""The whole loop on a site that keeps its files in an object store."""

import io
import zipfile

import pytest

from tests.loop.api_loop import Loop, walk
from tests.site import RunningSite

pytestmark = [pytest.mark.site, pytest.mark.slow]

SPEC = {"task": "classification", "preset": "compact_cnn", "epochs": 2, "image_size": 16, "batch_size": 16}


@pytest.fixture(scope="module")
def on_object_store(tmp_path_factory, storage_url):
    running = RunningSite(tmp_path_factory.mktemp("site"), LABELAPP_STORAGE_URL=storage_url).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def walked(on_object_store, digits_folder):
    loop = Loop(on_object_store.address, on_object_store.username, on_object_store.password)
    return loop, walk(loop, digits_folder, SPEC)


def test_the_loop_works_and_leaves_no_file_on_the_web_servers_disk(on_object_store, walked):
    _loop, figures = walked
    assert figures["epochs"] == 2
    assert figures["images"]["refused"] == 0
    media = on_object_store.data_dir / "media"
    assert not media.exists() or not [path for path in media.rglob("*") if path.is_file()]


def test_a_model_is_downloaded_in_parts(walked):
    loop, figures = walked
    model = loop.call("GET", f"/api/runs/{figures['run']}/")["model"]
    address = f"{loop.address}/api/models/{model}/files/keras/"
    whole = loop.session.get(address, timeout=60)
    assert zipfile.is_zipfile(io.BytesIO(whole.content))
    part = loop.session.get(address, headers={"Range": "bytes=100-199"}, timeout=60)
    assert (part.status_code, part.content) == (206, whole.content[100:200])


def test_an_export_with_images_holds_the_originals(walked, digits_folder):
    loop, figures = walked
    body = {"format": "csv", "with_images": True}
    row = loop.call("POST", f"/api/projects/{figures['project']}/exports/", json=body)
    row = loop.wait(f"/api/exports/{row['id']}/")
    assert row["status"] == "completed", row
    response = loop.session.get(row["file"], timeout=60)
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        name = next(each for each in archive.namelist() if each.endswith("digit 3/004.png"))
        assert archive.read(name) == (digits_folder / "digit 3" / "004.png").read_bytes()
    refused = loop.session.get(row["file"].split("?")[0] + "?key=another", timeout=60)
    assert refused.status_code == 403


def test_a_zip_is_unpacked(walked, picture):
    loop, _figures = walked
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for seed in range(3):
            archive.writestr(f"cats/{seed}.png", picture(1000 + seed))
    project = loop.start_project("From a ZIP")
    parts = [("files", ("pictures.zip", packed.getvalue()))]
    loop.call("POST", f"/api/projects/{project}/images/", files=parts, data={"class_from": "folder"})
    assert sorted(each["name"] for each in loop.pages(f"/api/projects/{project}/images/")) == [
        "cats/0.png", "cats/1.png", "cats/2.png",
    ]  # fmt: skip
