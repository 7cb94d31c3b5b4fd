import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_has_tried_to_sign_in(settings, tmp_path):
    """Tries are counted in the cache, and the digest of the setup link lies in the data folder."""
    settings.DATA_DIR = tmp_path
    cache.clear()


@pytest.fixture
def admin(owner):
    owner.change(is_superuser=True)
    return owner
