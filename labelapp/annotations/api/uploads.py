import time
from dataclasses import asdict

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
from labelapp.annotations.models import Archive
from labelapp.annotations.uploads import ClassFrom, admit
from labelapp.images.api.images import ImagesView
from labelapp.images.arrival import Outcome, clean, receive_all
from labelapp.images.decoding import Refused
from labelapp.projects.access import project_for
from labelapp.projects.errors import TooLarge
from labelapp.projects.models import JobStatus


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

        def validate(self, attrs):
            if len(attrs.get("paths", attrs["files"])) != len(attrs["files"]):
                raise ValidationError({"paths": [_("There must be as many paths as files, or none.")]})
            return attrs

    class UploadReport(serializers.Serializer):
        class UploadResult(OutcomeOutput):
            archive = ArchiveOutput(required=False, help_text="Of a ZIP: how far its unpacking is.")
            results = OutcomeOutput(many=True, required=False, help_text="Of a ZIP that is unpacked: its members.")

        results = UploadResult(many=True)

    @extend_schema(
        operation_id="images_upload", request={"multipart/form-data": UploadInput}, responses={200: UploadReport}
    )
    def post(self, request, pk: int):
        project = project_for(request.user, pk, "label")
        body = self.UploadInput(data=received(request))
        body.is_valid(raise_exception=True)
        files, class_from = body.validated_data["files"], body.validated_data["class_from"]
        names = body.validated_data.get("paths") or [file.name for file in files]
        pairs = [(name or file.name, file) for name, file in zip(names, files, strict=True)]
        results = self._images(project, request.user, pairs, class_from)
        for index, (name, file) in enumerate(pairs):
            if name.lower().endswith(".zip"):
                results[index] = self._archive(project, request.user, name, file, class_from)
        return Response({"results": [results[index] for index in range(len(pairs))]})

    def _images(self, project, user, pairs: list, class_from: str) -> dict[int, dict]:
        indexes = [index for index, (name, _file) in enumerate(pairs) if not name.lower().endswith(".zip")]
        arrivals = receive_all(pairs[index] for index in indexes)
        outcomes = admit(project, user, arrivals, class_from) if arrivals else []
        return dict(zip(indexes, map(asdict, outcomes), strict=True))

    def _archive(self, project, user, name: str, file, class_from: str) -> dict:
        try:
            archive = Archive.objects.open(project, user, clean(name)[:1000], file, class_from)
        except Refused as refusal:
            return asdict(Outcome.refused(clean(name), str(refusal)))
        archive = ended(archive, settings.ARCHIVE_WAIT_SECONDS)
        result: dict = asdict(outcome_of(archive))
        result["archive"] = ArchiveOutput(archive).data
        if archive.finished:
            result["results"] = archive.results
        return result


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
    if "class_from" in data:
        form["class_from"] = data["class_from"]
    return form


def outcome_of(archive: Archive) -> Outcome:
    """A ZIP counts as added unless it is known that nothing of it was taken."""
    if archive.status == JobStatus.FAILED:
        return Outcome.refused(archive.name, archive.error)
    if archive.finished and all(each["status"] == "refused" for each in archive.results):
        return Outcome.refused(archive.name, _("None of the files in the ZIP could be added."))
    return Outcome(archive.name, "added")


def ended(archive: Archive, patience: float) -> Archive:
    """The row once it has ended, or as it is when the patience is over: small ZIPs answer like files do."""
    deadline = time.monotonic() + patience
    while not archive.finished and time.monotonic() < deadline:
        time.sleep(0.1)
        archive.refresh_from_db(fields=["status", "progress", "error"])
    archive.refresh_from_db()
    return archive
