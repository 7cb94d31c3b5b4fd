"""A real S3 server on this machine, for tests: moto's, in a process of its own, with an empty bucket."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tests.site import free_port

BUCKET = "labelapp"
SECONDS_TO_COME_UP = 30


@contextmanager
def object_store() -> Iterator[str]:
    """Yields the LABELAPP_STORAGE_URL of a folder in the bucket."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        make_bucket(f"http://127.0.0.1:{port}")
        yield f"s3://key:a%2Fsecret@127.0.0.1:{port}/{BUCKET}/site?region=eu-central-1&tls=no"
    finally:
        server.terminate()
        server.wait(10)


def make_bucket(address: str) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=address,
        aws_access_key_id="key",
        aws_secret_access_key="a/secret",
        region_name="eu-central-1",
    )
    deadline = time.monotonic() + SECONDS_TO_COME_UP
    while True:
        try:
            client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
            return
        except (BotoCoreError, ClientError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
