"""Files in an S3-compatible object store, with the verbs of ``stored.py``."""

import contextlib
import shutil
import tempfile
import threading
from datetime import datetime
from typing import IO, Any

from botocore.config import Config
from botocore.exceptions import ClientError
from django.conf import settings
from django.core.files import File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

IN_MEMORY = 8 << 20
DELETED_AT_ONCE = 1000  # as many as the protocol takes


class ObjectStorage(S3Storage):
    """As django-storages has it, but one request where that needs two or three, and one client for all threads.

    Django answers every request in a thread of its own: a client for each would load its service description and shake
    hands again, which takes longer than most files do.
    """

    def __init__(self, **options: Any):
        config = Config(
            s3={"addressing_style": options.get("addressing_style", "auto")},
            signature_version="s3v4",
            max_pool_connections=50,
            connect_timeout=5,
            read_timeout=60,
            retries={"mode": "standard", "max_attempts": 4},
            # Stores other than Amazon's do not all know the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(**options, client_config=config, file_overwrite=False, max_memory_size=IN_MEMORY)
        self._lock = threading.Lock()
        self._shared: Any = None

    @property
    def connection(self) -> Any:
        with self._lock:
            if self._shared is None:
                self._shared = self._create_session().resource(
                    "s3",
                    region_name=self.region_name,
                    endpoint_url=self.endpoint_url,
                    config=self.client_config,
                    verify=self.verify,
                )
            return self._shared

    @property
    def client(self) -> Any:
        return self.connection.meta.client

    def keep(self, name: str, content: File, size: int) -> None:
        address = self._address(name)
        try:
            there = self.client.head_object(**address)
        except ClientError as error:
            if not missing(error):
                raise
        else:
            if there["ContentLength"] == size:
                # Copied onto itself it gets a new time.
                self.client.copy_object(
                    **address,
                    CopySource=address,
                    MetadataDirective="REPLACE",
                    ContentType=there.get("ContentType", self.default_content_type),
                )
                return
        self.replace(name, content)

    def replace(self, name: str, content: File) -> None:
        content.seek(0)
        self._save(name, content)

    def reader(self, name: str, start: int = 0) -> IO[bytes]:
        span = {"Range": f"bytes={start}-"} if start else {}
        try:
            return self.client.get_object(**self._address(name), **span)["Body"]
        except ClientError as error:
            if missing(error):
                raise FileNotFoundError(name) from error
            raise

    def discard_old(self, name: str, before: datetime) -> bool:
        try:
            if self.get_modified_time(name) >= before:
                return False
        except FileNotFoundError:
            return True
        self.delete(name)
        return True

    def remove_folder(self, name: str) -> None:
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket_name,
            Prefix=f"{self._address(name)['Key']}/",
            PaginationConfig={"PageSize": DELETED_AT_ONCE},
        )
        for page in pages:
            if keys := [{"Key": each["Key"]} for each in page.get("Contents", ())]:
                answer = self.client.delete_objects(Bucket=self.bucket_name, Delete={"Objects": keys, "Quiet": True})
                if errors := answer.get("Errors"):
                    raise OSError(f"{errors[0]['Key']} could not be deleted: {errors[0].get('Message', '')}")

    def get_modified_time(self, name: str) -> datetime:
        try:
            return super().get_modified_time(name)
        except ClientError as error:
            if missing(error):
                raise FileNotFoundError(name) from error
            raise

    def _open(self, name: str, mode: str = "rb") -> File:
        """For reading, the file is copied to this machine, so that it can be searched."""
        if "w" in mode:
            return super()._open(name, mode)
        copy = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(settings.FILE_UPLOAD_TEMP_DIR))  # noqa: SIM115
        with contextlib.closing(self.reader(name)) as source:
            shutil.copyfileobj(source, copy, 1 << 20)
        copy.seek(0)
        return File(copy, name)

    def _save(self, name: str, content: File) -> str:
        if content.size > IN_MEMORY:
            return super()._save(name, content)
        content.seek(0)
        self.client.put_object(
            **self._address(name), Body=content.read(), **self._get_write_parameters(clean_name(name), content)
        )
        return clean_name(name)

    def _address(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(clean_name(name))}


def missing(error: ClientError) -> bool:
    return error.response["ResponseMetadata"]["HTTPStatusCode"] == 404
