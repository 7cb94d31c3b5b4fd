from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """From what was saved before: the last revision that made an image labelled, and the last verdict."""
    images = apps.get_model("images", "Image").objects
    revisions = apps.get_model("annotations", "Revision").objects.filter(image=OuterRef("pk"))
    labelled = revisions.filter(status__in=["labelled", "approved"]).exclude(status_before__in=["labelled", "approved"])
    labelled = labelled.order_by("-number")
    images.filter(status__in=["labelled", "approved", "sent_back"]).update(
        labelled_by=Subquery(labelled.values("author")[:1]), labelled_at=Subquery(labelled.values("created_at")[:1])
    )
    reviews = apps.get_model("annotations", "Review").objects.filter(image=OuterRef("pk")).order_by("-id")
    images.filter(revision__gt=0).update(
        reviewed_by=Subquery(reviews.values("author")[:1]), reviewed_at=Subquery(reviews.values("created_at")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0012_accepted"), ("images", "0009_people")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
