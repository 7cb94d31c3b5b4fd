import numpy as np
import pytest

from labelapp.annotations.models import Annotation
from labelapp.exchange.models import Export
from labelapp.projects.models import Project
from tests.formats.archives import zip_of
from tests.formats.test_masks import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(owner, add_image):
    project = Project.objects.start(owner, name="Road", kind="segmentation")
    for name in ("train/a.png", "val/a.png"):
        add_image(name, to=project)
    return project


def camvid(width: int = 32) -> bytes:
    """Four stripes: sky, road, car, void."""
    mask = png(np.tile(np.minimum(np.arange(width) // 8, 3).astype(np.uint8), (24, 1)))
    files = {f"CamVid/{split}annot/a.png": mask for split in ("train", "val")}
    return zip_of(files | {"CamVid/classes.txt": "sky\nroad\ncar\nvoid\n"})


def test_masks_make_classes_annotations_and_splits(road, dry_run, apply):
    job = apply(dry_run(road, camvid(), name="camvid.zip"))
    assert (job.findings["format"], job.findings["error_count"]) == ("masks", 0), job.findings["errors"]
    assert list(road.classes.values_list("name", flat=True)) == ["sky", "road", "car"]
    assert set(road.images.values_list("name", "split")) == {("train/a.png", "train"), ("val/a.png", "validation")}
    assert Annotation.objects.filter(shape="mask").count() == 6
    assert dry_run(road, camvid()).findings["annotations"]["unchanged"] == 6


def test_a_mask_of_another_size_is_refused_by_name(road, dry_run):
    job = dry_run(road, camvid(width=40))
    assert job.findings["images_changed"] == 0
    assert "40 x 24" in job.findings["errors"][0]["message"]
    assert job.findings["errors"][0]["file"] == "CamVid/trainannot/a.png"


def test_masks_come_back_from_an_export_as_they_were(road, owner, dry_run, apply, export):
    apply(dry_run(road, camvid()))
    before = sorted((each.image.name, each.label_class.name, str(each.geometry)) for each in Annotation.objects.all())
    content = export(road, "masks")
    Annotation.objects.all().delete()
    apply(dry_run(road, content))
    after = sorted((each.image.name, each.label_class.name, str(each.geometry)) for each in Annotation.objects.all())
    assert after == before
    assert Export.objects.get().rows == 6
