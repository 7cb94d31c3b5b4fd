import pytest

from labelapp.lib.storage_url import object_store as storage_of
from tests.object_store import object_store


@pytest.fixture(scope="session")
def storage_url():
    with object_store() as url:
        yield url


@pytest.fixture
def bucket(storage_url, settings, request):
    """The default storage is an empty folder of a real object store; every request to it is noted by its verb."""
    from django.core.files.storage import default_storage

    entry = storage_of("LABELAPP_STORAGE_URL", storage_url)
    entry["OPTIONS"]["location"] = f"tests/{request.node.name[:60]}"
    settings.STORAGES = settings.STORAGES | {"default": entry}
    asked: list[str] = []
    default_storage.client.meta.events.register(
        "before-call.s3", lambda model, **_more: asked.append(model.name), unique_id="noted"
    )
    return asked
