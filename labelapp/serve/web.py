"""``python -m labelapp.serve.web``: brings database and static files up to date, then answers requests.

One process does both, so that Django is imported once: a second start takes half the time.
"""

import logging
import os
import sys
import tempfile


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")
    os.environ["LABELAPP_WEB_PROCESS"] = "yes"
    import django

    django.setup()
    from django.conf import settings
    from django.db import OperationalError, connection

    from labelapp.accounts.setup import announce_setup
    from labelapp.images.warming import warm_up
    from labelapp.serve import preparation

    try:
        with preparation.without_pool():
            preparation.migrate()
    except OperationalError as error:
        reason = " ".join(str(error).split()).rstrip(".")
        sys.exit(f"Cannot use the database that DATABASE_URL names: {reason}")
    preparation.collect_static()
    preparation.tidy_up()
    host = os.environ.get("LABELAPP_BIND", "127.0.0.1")
    if link := announce_setup():
        say(f"Make the owner's account here, once: {address(host, settings.PORT)}{link}")
    # Never closed: when the last connection to an SQLite file closes, its journal is written back, which takes
    # longer than the request that closed it.
    if connection.vendor == "sqlite":
        connection.ensure_connection()
    warm_up()
    # Django writes bodies that are too large for memory to the system's folder, which may be memory itself.
    tempfile.tempdir = str(settings.FILE_UPLOAD_TEMP_DIR)
    import uvicorn

    uvicorn.run(
        "labelapp.asgi:application",
        host=host,
        port=settings.PORT,
        access_log=False,
        proxy_headers=False,  # LABELAPP_PROXIES and LABELAPP_HTTPS say what may be believed
        log_config=None,  # its lines take the form that LOGGING gives to all
        log_level=os.environ.get("LABELAPP_LOG_LEVEL", "WARNING").lower(),
        # Without it, open event streams would keep the server alive.
        timeout_graceful_shutdown=2,
    )


def say(line: str) -> None:
    """To a person at the terminal; where only a collector listens, as a line like the others."""
    from django.conf import settings

    if settings.LOG_FORMAT == "json":
        logging.getLogger("labelapp.serve").warning(line)
    else:
        print(line, flush=True)


def address(host: str, port: int) -> str:
    return f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0'} else host}:{port}"


if __name__ == "__main__":
    main()
