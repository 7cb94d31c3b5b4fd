"""``python -m labelapp.serve.static``: collects the static files, for an image that is built once and started often."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")
    django.setup()
    from labelapp.serve.preparation import collect_static

    collect_static()
