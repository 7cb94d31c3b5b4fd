from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from labelapp.annotations.api.archives import ArchiveOutput, OutcomeOutput
from labelapp.annotations.intake import Intake, Sent, rendered
from labelapp.annotations.uploads import ClassFrom
from labelapp.images.api.images import ImagesView
from labelapp.images.api.uploads import own_upload
from labelapp.images.models import FileMark
from labelapp.lib.numbers import whole_number
from labelapp.projects.access import project_for
from labelapp.projects.errors import TooLarge
from labelapp.projects.models import AuditEntry
from labelapp.projects.space import Space


class UploadResult(OutcomeOutput):
    archive = ArchiveOutput(required=False, help_text="Of a ZIP: how far its unpacking is.")
    results = OutcomeOutput(many=True, required=False, help_text="Of a ZIP that is unpacked: its members.")


class ProjectImagesView(ImagesView):
    """The list of the images room, and uploading, which may label too."""

    parser_classes = [MultiPartParser]

    class UploadInput(serializers.Serializer):
        files = serializers.ListField(child=serializers.FileField(allow_empty_file=True), allow_empty=False)
        paths = serializers.ListField(
            child=serializers.CharField(allow_blank=True, trim_whitespace=False), required=False,
            help_text="Relative path of each file, in the same order.",
        )  # fmt: skip
        class_from = serializers.ChoiceField(ClassFrom.choices, default=ClassFrom.NONE)
        upload = serializers.IntegerField(
            required=False, min_value=1, help_text="Id of the upload that they belong to; needs `modified`."
        )
        modified = serializers.ListField(
            child=serializers.IntegerField(min_value=0, max_value=2**53), required=False,
            help_text="When each file was last changed, in milliseconds since 1970, in the same order.",
        )  # fmt: skip

        def validate(self, attrs):
            for name in ("paths", "modified"):
                if len(attrs.get(name, attrs["files"])) != len(attrs["files"]):
                    raise ValidationError({name: [_("There must be as many as files, or none.")]})
            if "upload" in attrs and not {"modified", "paths"} <= set(attrs):
                raise ValidationError({"modified": [_("An upload needs the path of each file and its time.")]})
            return attrs

    class UploadReport(serializers.Serializer):
        results = UploadResult(many=True)

    @extend_schema(
        operation_id="images_upload", request={"multipart/form-data": UploadInput}, responses={200: UploadReport}
    )
    def post(self, request, pk: int):
        project = project_for(request.user, pk, "label")
        Space(project).require(whole_number(request.META.get("CONTENT_LENGTH")) or 0)
        body = self.UploadInput(data=received(request))
        body.is_valid(raise_exception=True)
        given = body.validated_data
        upload = own_upload(request.user, given["upload"], project) if "upload" in given else None
        class_from = upload.class_from if upload else given["class_from"]
        taken = Intake(project, request.user, class_from, upload).take(sent(given))
        added = sum(each.outcome.status == "added" for each in taken)
        if added and upload is None:  # one that belongs to an upload is written down with it
            AuditEntry.objects.note(request.user, "image.added", project, images=added)
        return Response({"results": [rendered(each) for each in taken]})


def sent(given: dict) -> list[Sent]:
    files = given["files"]
    names = given.get("paths") or [file.name for file in files]
    times = given.get("modified", [None] * len(files))
    return [
        Sent(name or file.name, file, None if time is None else FileMark(name, file.size, time))
        for name, file, time in zip(names, files, times, strict=True)
    ]


def received(request) -> dict:
    """The form as a plain dict of lists; a request beyond the limits is said to be too large."""
    try:
        data = request.data
    except TooManyFilesSent as error:
        raise TooLarge(
            _("At most {count} files are taken in one request.").format(count=settings.DATA_UPLOAD_MAX_NUMBER_FILES)
        ) from error
    except (RequestDataTooBig, SuspiciousOperation) as error:
        raise TooLarge from error
    if not isinstance(data, QueryDict):
        data = QueryDict()  # an empty body
    form = {"files": data.getlist("files")}
    if "paths" in data:
        form["paths"] = [path.replace("\0", "") for path in data.getlist("paths")]
    if "modified" in data:
        form["modified"] = data.getlist("modified")
    return form | {name: data[name] for name in ("class_from", "upload") if name in data}
