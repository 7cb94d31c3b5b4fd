"""How tests send a large file in pieces."""

import base64
import io
import zipfile

import pytest

TUS = {"HTTP_TUS_RESUMABLE": "1.0.0"}


def metadata(**facts: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in facts.items())


@pytest.fixture
def announce(as_, annotator, project):
    def post(size: int, user=annotator, **facts):
        headers = {"HTTP_UPLOAD_LENGTH": str(size), "HTTP_UPLOAD_METADATA": metadata(**facts)}
        return as_(user).post(f"/api/projects/{project.pk}/files/", **headers, **TUS)

    return post


@pytest.fixture
def append(as_, annotator):
    def patch(location: str, piece: bytes, offset: int, user=annotator, **headers):
        headers = {"HTTP_UPLOAD_OFFSET": str(offset)} | TUS | headers
        kind = headers.pop("kind", "application/offset+octet-stream")
        return as_(user).patch(location, piece, content_type=kind, **headers)

    return patch


@pytest.fixture
def zipped(picture) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(3):
            archive.writestr(f"cat/{number}.png", picture(number))
    return file.getvalue()


@pytest.fixture
def open_upload(as_, annotator, project):
    def post(files: int, size_bytes: int) -> str:
        body = {"files": files, "size_bytes": size_bytes}
        return str(as_(annotator).post(f"/api/projects/{project.pk}/uploads/", body, format="json").json()["id"])

    return post
