from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

# Okabe and Ito's eight colours (black left out) and further hues of different lightness: distinct for colour-blind
# eyes as well. https://jfly.uni-koeln.de/color/
PALETTE = [
    "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#f0e442", "#7b3294",
    "#1b7837", "#a6611a", "#5e4fa2", "#66c2a5", "#b2182b", "#8da0cb", "#a6d854", "#e78ac3",
]  # fmt: skip
KEYS = "1234567890abcdefghijklmnopqrstuvwxyz"
SHAPES = ["tag", "box", "rotated_box", "polygon", "polyline", "keypoints", "ellipse", "mask"]


class LabelClassQuerySet(models.QuerySet["LabelClass"]):
    def add(self, project, name: str, **fields) -> "LabelClass":
        """Append a class to the project, with the next free colour and key where none is given."""
        with transaction.atomic():
            taken = list(type(project).objects.select_for_update().get(pk=project.pk).classes.all())
            fields["color"] = fields.get("color") or next_color({each.color for each in taken}, len(taken))
            if not fields.get("key"):
                fields["key"] = next((key for key in KEYS if key not in {each.key for each in taken}), "")
            position = max((each.position for each in taken), default=-1) + 1
            return self.create(project=project, name=name, position=position, **fields)


class LabelClass(models.Model):
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="classes")
    name = models.CharField(max_length=200)
    color = models.CharField(max_length=7, validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("A colour is #rrggbb."))])
    key = models.CharField(max_length=1, blank=True)
    position = models.PositiveIntegerField(default=0)
    shapes = models.JSONField(default=list, blank=True)  # names out of SHAPES; empty: every shape
    attributes = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LabelClassQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="class_name_once_per_project"),
            models.UniqueConstraint(
                fields=["project", "key"], condition=~models.Q(key=""), name="class_key_once_per_project"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def allows(self, shape: str) -> bool:
        return not self.shapes or shape in self.shapes


def next_color(taken: set[str], count: int) -> str:
    return next((color for color in PALETTE if color not in taken), PALETTE[count % len(PALETTE)])
