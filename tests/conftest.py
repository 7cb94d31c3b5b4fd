"""The fixed cast and a project that they share."""

import io
import subprocess

import pytest
import redis
from PIL import Image as Picture
from redis.backoff import ConstantBackoff
from redis.retry import Retry
from rest_framework.test import APIClient

from labelapp.accounts.models import User
from labelapp.projects.models import Membership, Project, Role
from labelapp.serve import broker
from tests.site import RunningSite


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Marks what needs a browser or the running site, and what is run again on PostgreSQL; slow files come first."""
    for item in items:
        for name in {"browser", "site"} & set(item.fixturenames):
            item.add_marker(name)
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames):
            item.add_marker("database")
    # Files with slow tests come first: at the end one process would wait for the other.
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def folders_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.RUNS_DIR = tmp_path / "runs"
    settings.CACHE_DIR = tmp_path / "cache"
    settings.WEIGHTS_DIR = tmp_path / "weights"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    # Pages are asked for without collecting the static files first.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    # The real hasher takes a fifth of a second for each person of the cast.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def person(db):
    def make(username: str) -> User:
        return User.objects.create_user(username, password="correct horse battery")

    return make


@pytest.fixture
def owner(person):
    return person("owner")


@pytest.fixture
def stranger(person):
    return person("stranger")


@pytest.fixture
def project(owner):
    return Project.objects.start(owner, name="Signs", kind="classification")


def member(person, project, role):
    user = person(role)
    Membership.objects.create(project=project, user=user, role=role)
    return user


@pytest.fixture
def annotator(person, project):
    return member(person, project, Role.ANNOTATOR)


@pytest.fixture
def reviewer(person, project):
    return member(person, project, Role.REVIEWER)


@pytest.fixture
def viewer(person, project):
    return member(person, project, Role.VIEWER)


@pytest.fixture
def as_():
    """An API client signed in as a person; ``as_(None)`` is nobody."""

    def sign_in(user) -> APIClient:
        client = APIClient()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def picture():
    """Bytes of a real picture file; different ``seed`` gives different bytes."""

    def draw(seed: int = 0, size: tuple[int, int] = (32, 24), format: str = "PNG", **save) -> bytes:
        image = Picture.effect_noise(size, 40).convert("RGB")
        image.putpixel((0, 0), (seed % 256, seed // 256 % 256, seed // 65536))
        file = io.BytesIO()
        image.save(file, format, **save)
        return file.getvalue()

    return draw


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    """A Redis of the tests' own, started as the site starts it."""
    folder = tmp_path_factory.mktemp("redis")
    server = subprocess.Popen(broker.command(folder), stdout=subprocess.DEVNULL)
    url = f"unix://{broker.socket_path(folder)}"
    with redis.Redis.from_url(url, retry=Retry(ConstantBackoff(0.1), 200)) as client:
        client.ping()
    yield url
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The real site, running: web, Redis, workers and beat in processes of their own."""
    running = RunningSite(tmp_path_factory.mktemp("site")).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def digits_folder(tmp_path_factory):
    """Real handwritten digits as PNG files, one folder per class, 24 of each."""
    from sklearn.datasets import load_digits

    folder = tmp_path_factory.mktemp("pictures") / "digits"
    digits = load_digits()
    for label in range(10):
        inside = folder / f"digit {label}"
        inside.mkdir(parents=True)
        for number, pixels in enumerate(digits.images[digits.target == label][:24]):
            image = Picture.fromarray((pixels * 15.9).astype("uint8")).resize((32, 32), Picture.Resampling.BICUBIC)
            image.save(inside / f"{number:03}.png")
    return folder
