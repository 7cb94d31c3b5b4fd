import pytest

from labelapp.lib.environment import EnvironmentProblem
from labelapp.lib.storage_url import DISK, storage

NAME = "LABELAPP_STORAGE_URL"


@pytest.fixture
def options(monkeypatch):
    def read(url: str, **more: str) -> dict:
        for name, value in {NAME: url, **more}.items():
            monkeypatch.setenv(name, value)
        return storage(NAME)["OPTIONS"]

    return read


def test_without_one_files_lie_on_the_disk(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    assert storage(NAME) == DISK


def test_all_parts_are_read(options):
    found = options("s3://key:a%2Fsecret@store.example:9000/bucket/some/folder?region=eu-west-1&tls=no")
    assert found == {
        "bucket_name": "bucket",
        "location": "some/folder",
        "access_key": "key",
        "secret_key": "a/secret",
        "region_name": "eu-west-1",
        "endpoint_url": "http://store.example:9000",
        "addressing_style": "path",
    }


def test_without_a_host_it_is_amazons_with_the_machines_role(options):
    found = options("s3:///bucket?region=eu-central-1")
    assert "endpoint_url" not in found
    assert found["access_key"] is None
    assert found["addressing_style"] == "auto"


def test_key_and_secret_may_come_from_files(options, tmp_path):
    (tmp_path / "secret").write_text("from a file\n")
    found = options(
        "s3://store.example/bucket",
        LABELAPP_STORAGE_KEY="key",
        LABELAPP_STORAGE_SECRET_FILE=str(tmp_path / "secret"),
    )
    assert (found["access_key"], found["secret_key"]) == ("key", "from a file")


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("https://store.example/bucket", "must look like"),
        ("s3://store.example", "must look like"),
        ("s3://store.example:port/bucket", "cannot be read"),
        ("s3://key@store.example/bucket", "a key and a secret"),
        ("s3://store.example/bucket?tls=perhaps", "yes or no"),
        ("s3://store.example/bucket?zone=1", "but not zone"),
        ("s3://store.example/bucket?addressing=odd", "addressing"),
    ],
)
def test_what_cannot_be_used_is_one_clear_line(options, url, word):
    with pytest.raises(EnvironmentProblem, match=word):
        options(url)
