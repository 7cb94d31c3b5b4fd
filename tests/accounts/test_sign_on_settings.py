"""What is configured of signing on, and what not."""

import os
import subprocess
import sys

from tests.site import ROOT


def test_without_configuration_nothing_of_it_is_imported_or_shown(client, db):
    code = "import django, sys; django.setup(); import labelapp.urls; print('allauth' in sys.modules)"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LABELAPP_OIDC")}
    environment["DJANGO_SETTINGS_MODULE"] = "labelapp.settings"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert run.stdout.strip() == "False", run.stderr
    assert "Sign in with" not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/oidc/login/").status_code == 404


def test_what_is_missing_stops_the_start_with_one_line(tmp_path):
    environment = os.environ | {"LABELAPP_OIDC_URL": "https://login.example.org", "LABELAPP_DATA_DIR": str(tmp_path)}
    check = [sys.executable, "manage.py", "check"]
    run = subprocess.run(check, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert run.returncode != 0
    assert run.stderr.strip() == "LABELAPP_OIDC_CLIENT_ID is missing"
