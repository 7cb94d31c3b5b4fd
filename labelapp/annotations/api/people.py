from rest_framework import serializers


class PersonOutput(serializers.Serializer):
    """Somebody, as lists name them."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="listed_name")
