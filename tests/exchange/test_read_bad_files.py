"""Files with mistakes: each is named by file, line and column before anything changes."""

import pytest

from labelapp.projects.models import LabelClass

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ("filename,class\nmissing.png,cat\n", 2, "filename"),
        ("filename,class\nsame.png,cat\n", 2, "filename"),
        ("filename,clas\na.png,cat\n", 1, "clas"),
        ("filename,class\n", 1, ""),
        ("filename,width,height,class,xmin,ymin,xmax,ymax\na.png,99,24,cat,1,1,2,2\n", 2, "width"),
        ("filename,class,xmin,ymin,xmax,ymax\na.png,cat,100,1,200,2\n", 2, "xmin"),
        ("filename,class,shape,geometry\na.png,cat,circle,{}\n", 2, "shape"),
        ('filename,class,shape,geometry\na.png,cat,polygon,"{""rings"": 1}"\n', 2, "geometry"),
        ("filename,class,shape,score\na.png,cat,tag,7\n", 2, "score"),
        ("filename,class\na.png,cat\na.png,dog\n", 3, "class"),
        ("filename,class,shape,split\na.png,cat,tag,test\na.png,cat,tag,train\n", 3, "split"),
        ("filename,class,image_status\na.png,,finished\n", 2, "image_status"),
        ("sha256,class,shape\nabc,cat,tag\n", 2, "sha256"),
        (f"filename,class\na.png,{'x' * 201}\n", 2, "class"),
        (f"filename,class,shape,group\na.png,cat,tag,{'x' * 201}\n", 2, "group"),
        ("filename,class,shape,model\na.png,cat,tag,1e300\n", 2, "model"),
        ("filename,class,shape,model\na.png,cat,tag,-1\n", 2, "model"),
        ("filename,class,shape,created_at\na.png,cat,tag,0001-01-01T00:00:00+14:00\n", 2, "created_at"),
        ('filename,class,shape,other_attributes\na.png,cat,tag,"{""a"": 1e999}"\n', 2, "other_attributes"),
        (f"filename,class,shape,other_attributes\na.png,cat,tag,{'[' * 100_000}\n", 2, "other_attributes"),
    ],
)
def test_bad_rows_are_named_by_file_line_and_column(project, add_image, dry_run, content, line, column):
    add_image("a.png"), add_image("one/same.png"), add_image("two/same.png")
    LabelClass.objects.add(project, "boxes only", shapes=["box"])
    job = dry_run(project, content, name="mine.csv")
    assert job.status == "completed"
    assert job.findings["error_count"] >= 1
    error = job.findings["errors"][0]
    assert (error["file"], error["line"], error["column"]) == ("mine.csv", line, column)
    assert error["message"]
    assert not job.applicable


@pytest.mark.parametrize("cell", ["NaN", "1e999", "-Infinity", '"""\\ud800"""', "[" * 5000])
def test_what_only_looks_like_json_stays_the_text_it_is(project, owner, add_image, dry_run, apply, as_, cell):
    image = add_image("a.png")
    apply(dry_run(project, f"filename,class,shape,attribute:x\na.png,cat,tag,{cell}\n"))
    [row] = as_(owner).get(f"/api/images/{image.pk}/annotations/").json()["annotations"]
    assert row["attributes"] == {"x": cell.strip('"').join('""') if '"' in cell else cell}
