from django.utils.translation import gettext as _
from rest_framework import serializers

from labelapp.projects.models import Kind, LabelClass, Membership, Project, Role
from labelapp.projects.models.label_class import SHAPES

ATTRIBUTE_TYPES = ["select", "checkbox", "number", "text"]


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


class AttributeInput(serializers.Serializer):
    name = serializers.CharField(max_length=100)
    type = serializers.ChoiceField(ATTRIBUTE_TYPES, default="text")
    options = serializers.ListField(child=serializers.CharField(max_length=200), required=False)
    default = serializers.JSONField(required=False)
    required = serializers.BooleanField(required=False)  # type: ignore[assignment]

    def validate(self, data: dict) -> dict:
        if data.get("type") == "select" and not data.get("options"):
            raise serializers.ValidationError({"options": _("A select needs at least one option.")})
        return data


class ClassInput(serializers.Serializer):
    name = serializers.CharField(max_length=200)
    color = serializers.RegexField(r"^#[0-9a-fA-F]{6}$", required=False, error_messages={"invalid": "Write #rrggbb."})
    key = serializers.RegexField(
        r"^[0-9a-z]?$", required=False, allow_blank=True, error_messages={"invalid": "One of 0-9 and a-z."}
    )
    shapes = serializers.ListField(child=serializers.ChoiceField(SHAPES), required=False)
    attributes = AttributeInput(many=True, required=False)

    def validate_color(self, value: str) -> str:
        return value.lower()

    def validate_shapes(self, names: list[str]) -> list[str]:
        return list(dict.fromkeys(names))

    def validate_attributes(self, attributes: list[dict]) -> list[dict]:
        # Whole, also where only some fields of the class are sent.
        given = AttributeInput(data=self.initial_data["attributes"], many=True)
        given.is_valid(raise_exception=True)
        attributes = given.validated_data
        names = [each["name"] for each in attributes]
        if len(set(names)) != len(names):
            raise serializers.ValidationError(_("An attribute is named twice."))
        return attributes

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
    class Meta:
        model = LabelClass
        fields = ["id", "name", "color", "key", "position", "shapes", "attributes", "created_at"]


class MemberInput(serializers.Serializer):
    username = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(Role.choices, default=Role.ANNOTATOR)


class RoleInput(serializers.Serializer):
    role = serializers.ChoiceField(Role.choices)


class MemberOutput(serializers.ModelSerializer):
    id = serializers.IntegerField(source="user_id")
    username = serializers.CharField(source="user.username")
    name = serializers.CharField(source="user.display_name")

    class Meta:
        model = Membership
        fields = ["id", "username", "name", "role", "created_at"]
