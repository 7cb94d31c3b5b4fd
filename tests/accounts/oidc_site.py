"""A site that people sign on to through a provider, and a browser without a picture."""

import html
import os
import re
import subprocess
import sys
import time
from urllib.parse import urljoin

import requests

from tests.accounts.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider
from tests.site import ROOT, free_port

SERVE = """
import django, os, uvicorn
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("ensure_owner", verbosity=0)
uvicorn.run("labelapp.asgi:application", port=int(os.environ["LABELAPP_PORT"]), log_level="warning")
"""
PASSWORD = "correct horse battery"


class Site:
    """Database and web server with sign-on configured; no workers, which it does not need."""

    def __init__(self, folder, provider: Provider, **more: str):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LABELAPP_")}
        inherited.pop("DATABASE_URL", None)
        self.environment = inherited | {
            "DJANGO_SETTINGS_MODULE": "labelapp.settings",
            "LABELAPP_DATA_DIR": str(folder),
            "LABELAPP_PORT": str(self.port),
            "LABELAPP_DEBUG": "yes",  # so that static files need not be collected
            "LABELAPP_ADMIN_USERNAME": "owner",
            "LABELAPP_ADMIN_PASSWORD": PASSWORD,
            "LABELAPP_SIGN_IN_RATE": "1000/min",
            "LABELAPP_OIDC_URL": provider.address,
            "LABELAPP_OIDC_CLIENT_ID": CLIENT_ID,
            "LABELAPP_OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "LABELAPP_OIDC_NAME": "Team login",
            **more,
        }

    def __enter__(self) -> "Site":
        self.process = subprocess.Popen([sys.executable, "-c", SERVE], cwd=ROOT, env=self.environment)
        for _try in range(600):
            assert self.process.poll() is None, "The site ended."
            try:
                requests.get(f"{self.address}/healthz", timeout=5)
                return self
            except requests.RequestException:
                time.sleep(0.1)
        raise AssertionError("The site did not come up.")

    def __exit__(self, *_error) -> None:
        self.process.terminate()
        self.process.wait(20)


class Browser:
    """Keeps cookies, follows redirects and sends forms, as a person's browser does."""

    def __init__(self, site: Site, provider: Provider):
        self.site, self.provider, self.session = site, provider, requests.Session()

    def get(self, path: str) -> requests.Response:
        return self.session.get(urljoin(self.site.address, path), timeout=30)

    def post(self, path: str, **fields: str) -> requests.Response:
        self.get("/sign-in/")
        fields["csrfmiddlewaretoken"] = self.session.cookies["csrftoken"]
        address = urljoin(self.site.address, path)
        return self.session.post(address, fields, headers={"Referer": address}, timeout=30)

    def sign_in(self, username: str, password: str = PASSWORD) -> requests.Response:
        return self.post("/sign-in/", username=username, password=password)

    def sign_on(self, sub: str, **fields: str) -> requests.Response:
        """Press the button, say who one is at the provider, and arrive wherever the site leads."""
        return self.session.post(self.go_there(**fields), {"sub": sub}, timeout=30)

    def go_there(self, **fields: str) -> str:
        """The address of the page at the provider to which the button leads."""
        leaving = self.post("/sign-in/oidc/login/", **fields)
        address = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', leaving.text)
        assert address, leaving.text
        there = self.session.get(html.unescape(address[1]), timeout=30)
        assert there.url.startswith(self.provider.address)
        return there.url

    def me(self) -> dict:
        return self.get("/api/me/").json()

    def api(self, method: str, path: str, **body):
        headers = {"X-CSRFToken": self.session.cookies["csrftoken"], "Referer": self.site.address}
        return self.session.request(method, urljoin(self.site.address, path), json=body, headers=headers, timeout=30)
