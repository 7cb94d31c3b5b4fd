from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from labelapp.projects.models import Kind, LabelClass, Membership, Project, Role
from labelapp.projects.models.attribute import TYPES
from labelapp.projects.models.attribute_definitions import Misfit, read_attributes
from labelapp.projects.models.label_class import SHAPES
from labelapp.projects.models.skeleton import LONGEST_NAME, MOST_POINTS, read_skeleton


class ProjectInput(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    kind = serializers.ChoiceField(Kind.choices, required=False)


class NewProjectInput(ProjectInput):
    classes = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, help_text="Names of its first label classes."
    )

    def validate_classes(self, names: list[str]) -> list[str]:
        if len(set(names)) != len(names):
            raise serializers.ValidationError(_("A class is named twice."))
        return names


class ProjectOutput(serializers.ModelSerializer):
    role = serializers.SerializerMethodField(help_text="The role of the person who asks.")
    images = serializers.IntegerField(source="image_count", help_text="Images outside the trash.")
    labelled = serializers.IntegerField(source="labelled_count", help_text="Of these, labelled or approved.")
    cover = serializers.ListField(child=serializers.CharField(), help_text="Thumbnails of up to four images.")

    class Meta:
        model = Project
        fields = [
            "id",
            "name",
            "description",
            "kind",
            "role",
            "images",
            "labelled",
            "cover",
            "created_at",
            "updated_at",
        ]

    def get_role(self, project: Project) -> str:
        return project.own_role  # type: ignore[attr-defined]


class AttributeFields(serializers.Serializer):
    """An attribute as the documentation shows it; the models read it, and name the place of each problem."""

    name = serializers.CharField(max_length=100)
    type = serializers.ChoiceField(TYPES, default="text")
    options = serializers.ListField(child=serializers.CharField(max_length=200), required=False, help_text="Of select.")
    default = serializers.JSONField(required=False, help_text="Given to new annotations.")
    required = serializers.BooleanField(  # type: ignore[assignment]
        required=False, help_text="An image is not labelled before each annotation of the class has a value."
    )
    mutable = serializers.BooleanField(required=False, help_text="May change from frame to frame of a track.")
    min = serializers.FloatField(required=False, help_text="Of number, as max and step.")
    max = serializers.FloatField(required=False)
    step = serializers.FloatField(required=False)


@extend_schema_field(AttributeFields(many=True))
class AttributesField(serializers.Field):
    """Always whole, also where only some fields of the class are sent."""

    def to_internal_value(self, data) -> list[dict]:
        try:
            return [each.as_json() for each in read_attributes(data)]
        except Misfit as misfit:
            raise serializers.ValidationError(misfit.nested) from None

    def to_representation(self, value) -> list[dict]:
        return value


class SkeletonFields(serializers.Serializer):
    """The points of keypoints, as the documentation shows them; empty where a class has none."""

    class PointFields(serializers.Serializer):
        name = serializers.CharField(max_length=LONGEST_NAME)
        x = serializers.FloatField(required=False, help_text="Its place in a unit box, from 0 to 1.")
        y = serializers.FloatField(required=False)

    points = PointFields(many=True, required=False, help_text=f"In their order, at most {MOST_POINTS}.")
    edges = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()), required=False, help_text="Pairs of points."
    )
    flip = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()), required=False,
        help_text="Pairs that change places in a mirror.",
    )  # fmt: skip


@extend_schema_field(SkeletonFields)
class SkeletonField(serializers.Field):
    """Always whole; {} or null takes it away."""

    def to_internal_value(self, data) -> dict:
        try:
            return read_skeleton(data)
        except Misfit as misfit:
            raise serializers.ValidationError(misfit.nested) from None

    def to_representation(self, value) -> dict:
        return value

    def validate_empty_values(self, data) -> tuple:
        return (True, {}) if data is None else super().validate_empty_values(data)


class ClassInput(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    color = serializers.RegexField(r"^#[0-9a-fA-F]{6}$", required=False, error_messages={"invalid": "Write #rrggbb."})
    key = serializers.RegexField(
        r"^[0-9a-z]?$", required=False, allow_blank=True, error_messages={"invalid": "One of 0-9 and a-z."}
    )
    shapes = serializers.ListField(child=serializers.ChoiceField(SHAPES), required=False)
    attributes = AttributesField(required=False)
    skeleton = SkeletonField(required=False, allow_null=True)

    def validate_color(self, value: str) -> str:
        return value.lower()

    def validate_shapes(self, names: list[str]) -> list[str]:
        return list(dict.fromkeys(names))

    def validate(self, data: dict) -> dict:
        """A name and a key belong to one class of the project only."""
        others = self.context["project"].classes.all()
        if self.context.get("label_class"):
            others = others.exclude(pk=self.context["label_class"].pk)
        if "name" in data and others.filter(name=data["name"]).exists():
            raise serializers.ValidationError({"name": _("There is a class of this name already.")})
        if data.get("key") and (other := others.filter(key=data["key"]).first()):
            raise serializers.ValidationError({"key": _("This key belongs to {name}.").format(name=other.name)})
        return data


class ClassOutput(serializers.ModelSerializer):
    attributes = serializers.ListField(child=AttributeFields(), read_only=True)
    skeleton = SkeletonField(read_only=True)

    class Meta:
        model = LabelClass
        fields = ["id", "name", "color", "key", "position", "shapes", "attributes", "skeleton", "created_at"]


class MemberInput(serializers.Serializer):
    username = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(Role.choices, default=Role.ANNOTATOR)


class RoleInput(serializers.Serializer):
    role = serializers.ChoiceField(Role.choices)


class MemberOutput(serializers.ModelSerializer):
    id = serializers.IntegerField(source="user_id")
    username = serializers.CharField(source="user.username")
    name = serializers.CharField(source="user.display_name")
    is_active = serializers.BooleanField(source="user.is_active", help_text="False: the account is deactivated.")

    class Meta:
        model = Membership
        fields = ["id", "username", "name", "is_active", "role", "created_at"]


class ContributionOutput(serializers.Serializer):
    id = serializers.IntegerField(source="person.pk")
    username = serializers.CharField(source="person.username")
    name = serializers.CharField(source="person.display_name")
    is_active = serializers.BooleanField(source="person.is_active", help_text="False: the account is deactivated.")
    is_member = serializers.BooleanField()
    labelled = serializers.IntegerField(source="work.labelled", help_text="Images.")
    reviewed = serializers.IntegerField(source="work.reviewed", help_text="Images.")
    last_active = serializers.DateTimeField(source="work.last_active", allow_null=True)
