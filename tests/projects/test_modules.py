import re
from pathlib import Path

import pytest
from django.conf import settings

from labelapp.lib.modules import imported_by


def test_a_page_names_all_modules_that_its_own_leads_to():
    modules = imported_by("js/label/page.js")
    assert modules[0] == "js/label/page.js"
    assert "js/canvas/kinds/box.js" in modules  # over stage.js and scene.js
    assert "js/canvas/worker.js" not in modules  # it runs elsewhere
    assert len(set(modules)) == len(modules)


@pytest.mark.parametrize("module", imported_by("js/label/page.js"))
def test_every_import_of_a_module_is_seen(module):
    text = Path(settings.BASE_DIR, "static", module).read_text()
    seen = {Path(each).name for each in imported_by(module)}
    assert {Path(each).name for each in re.findall(r"from \"(\.[^\"]+)\"", text)} <= seen


def test_the_labelling_page_asks_for_its_modules_at_once(client, project, viewer):
    client.force_login(viewer)
    page = client.get(f"/projects/{project.pk}/label/").content.decode()
    assert page.index("importmap") < page.index("modulepreload") < page.index("stylesheet")
    assert page.count('rel="modulepreload"') == len(imported_by("js/label/page.js"))
