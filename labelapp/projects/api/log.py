from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from labelapp.projects import audit
from labelapp.projects.access import project_for
from labelapp.projects.models import AuditEntry
from labelapp.projects.schema import page_of


class LogFilters(serializers.Serializer):
    person = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1, help_text="Id of who did it.")
    kind = serializers.RegexField(r"^[a-z_]{1,40}$", required=False, help_text="Of what it was done to: run, member …")
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)
    search = serializers.CharField(required=False, max_length=300, help_text="In the name of what it was done to.")

    def narrow(self, entries):
        given = self.validated_data
        if "person" in given:
            entries = entries.filter(actor=given["person"])
        if "kind" in given:
            entries = entries.filter(verb__startswith=given["kind"] + ".")
        if "since" in given:
            entries = entries.filter(at__gte=given["since"])
        if "until" in given:
            entries = entries.filter(at__lt=given["until"])
        if "search" in given:
            entries = entries.filter(target__icontains=given["search"])
        return entries


class EntryOutput(serializers.ModelSerializer):
    person = serializers.SerializerMethodField(help_text="Who did it; null when the site itself did.")
    text = serializers.SerializerMethodField(help_text="What was done, as a sentence behind the name.")
    address = serializers.SerializerMethodField(help_text="Page of what it was done to; it may be gone.")

    class Meta:
        model = AuditEntry
        fields = ["id", "at", "person", "verb", "text", "target", "target_id", "address", "detail"]

    class Person(serializers.Serializer):
        id = serializers.IntegerField()
        name = serializers.CharField()
        initials = serializers.CharField()
        active = serializers.BooleanField()

    @extend_schema(responses=Person)
    def get_person(self, entry: AuditEntry) -> dict | None:
        actor = entry.actor
        if actor is None:
            return None
        return {"id": actor.pk, "name": actor.display_name, "initials": actor.initials, "active": actor.is_active}

    def get_text(self, entry: AuditEntry) -> str:
        return audit.sentence(entry)

    def get_address(self, entry: AuditEntry) -> str:
        return audit.address(entry)


class LogView(GenericAPIView):
    serializer_class = EntryOutput

    def page(self, request, entries) -> Response:
        filters = LogFilters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        page = self.paginate_queryset(filters.narrow(entries.select_related("actor")))
        return self.get_paginated_response(EntryOutput(page, many=True).data)


class ProjectLogView(LogView):
    @extend_schema(operation_id="project_log", parameters=[LogFilters], responses=page_of(EntryOutput))
    def get(self, request, pk: int) -> Response:
        """Who did what in the project, newest first; for its owners."""
        project = project_for(request.user, pk, "manage")
        return self.page(request, project.audit_entries.all())


class SiteLogView(LogView):
    site_wide = True

    @extend_schema(operation_id="site_log", parameters=[LogFilters], responses=page_of(EntryOutput))
    def get(self, request) -> Response:
        """What was done that belongs to no project; for site admins."""
        if not request.user.administers_site:
            raise PermissionDenied(_("Only site admins can do this."))
        return self.page(request, AuditEntry.objects.filter(project=None))
