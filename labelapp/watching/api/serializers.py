from rest_framework import serializers

from labelapp.watching.states import State


class PartOutput(serializers.Serializer):
    state = serializers.ChoiceField(State.choices, help_text="Of the worst in it.")


class ServiceOutput(serializers.Serializer):
    name = serializers.ChoiceField(["database", "redis", "storage"])
    state = serializers.ChoiceField(State.choices)
    ms = serializers.FloatField(allow_null=True, help_text="Milliseconds until it answered; null when it did not.")
    problem = serializers.CharField(allow_blank=True)


class ServicesOutput(PartOutput):
    services = ServiceOutput(many=True)


class TaskQueueOutput(serializers.Serializer):
    name = serializers.CharField()
    length = serializers.IntegerField()
    oldest_seconds = serializers.FloatField(allow_null=True, help_text="Null when empty, or when it is not known.")
    workers = serializers.IntegerField(help_text="Living ones that take from it.")
    state = serializers.ChoiceField(State.choices)
    problem = serializers.CharField(allow_blank=True)


class QueuesOutput(PartOutput):
    queues = TaskQueueOutput(many=True)


class TaskOutput(serializers.Serializer):
    task = serializers.CharField()
    title = serializers.CharField()
    href = serializers.CharField(allow_blank=True, help_text="Empty where one may not follow it.")
    since = serializers.FloatField(allow_null=True, help_text="Seconds since 1970.")


class WorkerStatusOutput(serializers.Serializer):
    name = serializers.CharField()
    kind = serializers.CharField(help_text="worker or beat")
    node = serializers.CharField(allow_blank=True)
    pid = serializers.IntegerField()
    queues = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(State.choices)
    problem = serializers.CharField(allow_blank=True)
    alive = serializers.BooleanField()
    ended = serializers.BooleanField(help_text="It ended as it was asked to.")
    cpus = serializers.IntegerField()
    memory_bytes = serializers.IntegerField()
    usage = serializers.DictField(help_text="Of its node: cpu (0 to 100), memory, memory_total, gpus.")
    gpus = serializers.ListField(child=serializers.DictField())
    version = serializers.CharField(allow_blank=True)
    clock_offset = serializers.FloatField(allow_null=True, help_text="Seconds ahead of Redis.")
    started_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField()
    doing = TaskOutput(many=True)


class WorkersOutput(PartOutput):
    beats = serializers.IntegerField(help_text="Living ones; one is right.")
    problem = serializers.CharField(allow_blank=True)
    workers = WorkerStatusOutput(many=True)


class ProjectNameOutput(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField(allow_blank=True, help_text="Empty where one is no member.")
    href = serializers.CharField(allow_blank=True)


class StuckOutput(serializers.Serializer):
    title = serializers.CharField()
    status = serializers.CharField()
    status_name = serializers.CharField(help_text="As people call it.")
    project = ProjectNameOutput()
    href = serializers.CharField(allow_blank=True)
    created_by = serializers.CharField()
    since = serializers.DateTimeField()
    reason = serializers.CharField()


class WorkCountOutput(serializers.Serializer):
    kind = serializers.CharField()
    name = serializers.CharField()
    running = serializers.IntegerField()
    waiting = serializers.IntegerField()
    failed = serializers.IntegerField(help_text="In the last 24 hours.")


class SiteWorkOutput(PartOutput):
    counts = WorkCountOutput(many=True)
    stuck = StuckOutput(many=True)
    more = serializers.IntegerField(help_text="So many more are stuck.")


class DiskOutput(serializers.Serializer):
    names = serializers.ListField(child=serializers.CharField(), help_text="What is kept on it.")
    path = serializers.CharField()
    total = serializers.IntegerField()
    free = serializers.IntegerField()
    state = serializers.ChoiceField(State.choices)


class SpaceOutput(PartOutput):
    disks = DiskOutput(many=True)
    storage = serializers.CharField()


class TableOutput(serializers.Serializer):
    name = serializers.CharField()
    rows = serializers.IntegerField(allow_null=True, help_text="About.")
    bytes = serializers.IntegerField(allow_null=True)


class CountsOutput(serializers.Serializer):
    projects = serializers.IntegerField()
    images = serializers.IntegerField()
    annotations = serializers.IntegerField()
    people = serializers.IntegerField()


class DataOutput(PartOutput):
    backed_up_at = serializers.DateTimeField(allow_null=True, help_text="The last time that the site made a backup.")
    bytes = serializers.IntegerField()
    tables = TableOutput(many=True)
    counts = CountsOutput()


class VersionOutput(serializers.Serializer):
    name = serializers.CharField()
    version = serializers.CharField(allow_blank=True, help_text="Empty when it is not known or not there.")


class VersionsOutput(PartOutput):
    versions = VersionOutput(many=True)
    unapplied_migrations = serializers.ListField(child=serializers.CharField())
    node = serializers.CharField()


class FindingOutput(serializers.Serializer):
    subject = serializers.CharField()
    state = serializers.ChoiceField(State.choices)
    text = serializers.CharField()
    mend = serializers.CharField()


class FindingsOutput(PartOutput):
    checked = serializers.IntegerField()
    findings = FindingOutput(many=True)
