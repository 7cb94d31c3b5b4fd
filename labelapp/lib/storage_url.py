"""``LABELAPP_STORAGE_URL`` as Django's storage: a disk by default, an S3-compatible object store where one is named."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from labelapp.lib import environment as env

DISK = {"BACKEND": "labelapp.lib.disk_storage.DiskStorage"}
FORM = "s3://KEY:SECRET@HOST:PORT/BUCKET/FOLDER?region=REGION&tls=no"
PARAMETERS = {"region", "tls", "addressing"}


def storage(name: str) -> dict[str, Any]:
    """The entry for ``STORAGES``. Key and secret may also come as NAME's siblings, each of them from a file.

    Without a host the store is Amazon's; without a key the machine's own role is used.
    """
    url = env.text(name)
    return object_store(name, url) if url else DISK


def object_store(name: str, url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        query = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError as error:
        raise env.EnvironmentProblem(f"{name} cannot be read ({error}); it looks like {FORM}") from None
    bucket, _, folder = parts.path.strip("/").partition("/")
    if parts.scheme != "s3" or not bucket:
        raise env.EnvironmentProblem(f"{name} must look like {FORM}")
    if unknown := sorted(set(query) - PARAMETERS):
        raise env.EnvironmentProblem(f"{name} knows region, tls and addressing, but not {', '.join(unknown)}")
    tls = query.get("tls", "yes")
    if tls not in ("yes", "no"):
        raise env.EnvironmentProblem(f"{name}: tls must be yes or no, not {tls!r}")
    addressing = query.get("addressing", "path" if host else "auto")
    if addressing not in ("path", "virtual", "auto"):
        raise env.EnvironmentProblem(f"{name}: addressing must be path, virtual or auto, not {addressing!r}")
    key, secret = (unquote(each) if each else None for each in (parts.username, parts.password))
    prefix = name.removesuffix("_URL")
    key, secret = env.text(f"{prefix}_KEY") or key, env.text(f"{prefix}_SECRET") or secret
    if bool(key) != bool(secret):
        raise env.EnvironmentProblem(f"{name} needs a key and a secret, or neither ({prefix}_KEY, {prefix}_SECRET)")
    options: dict[str, Any] = {
        "bucket_name": bucket, "location": folder, "access_key": key, "secret_key": secret,
        "region_name": query.get("region", "us-east-1"), "addressing_style": addressing,
    }  # fmt: skip
    if host:
        scheme = "https" if tls == "yes" else "http"
        address = f"[{host}]" if ":" in host else host
        options["endpoint_url"] = f"{scheme}://{address}" + (f":{port}" if port else "")
    return {"BACKEND": "labelapp.lib.object_storage.ObjectStorage", "OPTIONS": options}
