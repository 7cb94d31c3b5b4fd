"""Every hostile file ends as added or refused with a reason, through real uploads to the real site, which lives on.

With ``LABELAPP_HOSTILE_DATA`` (a folder of folders) those files are sent as well.
"""

import os
from pathlib import Path

import pytest

from labelapp.images.decoding import CONTENT_TYPES
from tests.hostile.corpus import Corpus
from tests.hostile.files import ADDED, NAMES, REFUSED, archive, many_scans, noise, saved
from tests.site import RunningSite

pytestmark = pytest.mark.site

FOLDERS = sorted(each for each in Path(os.environ.get("LABELAPP_HOSTILE_DATA", "/nowhere")).glob("*") if each.is_dir())


@pytest.fixture(scope="module")
def corpus(site: RunningSite) -> Corpus:
    return Corpus(site)


def test_what_does_harm_is_refused_with_its_reason(corpus):
    for name, content, reason in REFUSED:
        result, _seconds = corpus.upload(name, content)
        assert result["status"] == "refused", (name, result)
        assert reason in result["reason"], (name, result)
        assert result["reason"], name


def test_what_only_looks_harmful_is_added_with_its_size(corpus):
    for name, content, size in ADDED:
        result, _seconds = corpus.upload(name, content)
        assert result["status"] == "added", (name, result)
        image = corpus.http.get(f"{corpus.site.address}/api/images/{result['id']}/").json()
        assert (image["width"], image["height"]) == size, name


def test_an_original_is_never_a_document(corpus):
    content = saved(noise(size=(50, 31)), "JPEG") + b"<html><script>alert(1)</script></html>"
    result, _seconds = corpus.upload("page.html", content)
    answer = corpus.http.get(f"{corpus.site.address}/api/images/{result['id']}/file/")
    assert answer.content == content
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(("sent", "kept"), NAMES.items())
def test_names_are_only_names(corpus, sent, kept):
    content = saved(noise(size=(60 + len(sent), 32)), "PNG")
    answer = corpus.http.post(
        f"{corpus.site.address}/api/projects/{corpus.project}/images/",
        files=[("files", ("a.png", content))], data={"paths": sent},
    )  # fmt: skip
    (result,) = answer.json()["results"]
    assert (result["status"], result["name"]) == ("added", kept)


def test_a_name_that_is_too_long_is_refused(corpus):
    answer = corpus.http.post(
        f"{corpus.site.address}/api/projects/{corpus.project}/images/",
        files=[("files", ("a.png", saved(noise(), "PNG")))], data={"paths": "n" * 1500 + ".png"},
    )  # fmt: skip
    (result,) = answer.json()["results"]
    assert result["status"] == "refused"
    assert "longer than 1000" in result["reason"]


def test_a_zip_of_very_many_files_is_read_or_refused_at_once(corpus, tmp_path):
    members = [(f"{number}.txt", b"") for number in range(210_000)]
    result, _seconds = corpus.upload("many.zip", archive(*members, compression=0))
    assert result["status"] == "refused"
    assert "at most 200000" in result["reason"]


def test_a_picture_that_takes_too_long_costs_only_itself(tmp_path_factory):
    site = RunningSite(tmp_path_factory.mktemp("impatient"), LABELAPP_DECODE_SECONDS="1").start()
    try:
        corpus = Corpus(site)
        good = saved(noise(size=(80, 33)), "PNG")
        answer = corpus.http.post(
            f"{site.address}/api/projects/{corpus.project}/images/",
            files=[("files", ("slow.jpg", many_scans(4000))), ("files", ("good.png", good))],
        )  # fmt: skip
        slow, fine = answer.json()["results"]
        assert slow["reason"] == "Decoding this picture took longer than 1 seconds."
        assert fine["status"] == "added"
    finally:
        site.stop()


@pytest.mark.skipif(not FOLDERS, reason="LABELAPP_HOSTILE_DATA names no folder")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_file_of_a_folder_is_added_as_its_index_says_or_refused(corpus, folder):
    for row in corpus.send_folder(folder):
        assert row.status in ("added", "duplicate", "refused"), row
        assert row.reason or row.status != "refused", row
        if row.expected and row.status == "added" and row.expected["result"] == "loads":
            assert row.expected["format"] in CONTENT_TYPES
            assert not row.difference, row.difference
