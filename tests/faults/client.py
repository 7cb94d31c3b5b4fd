import time
from typing import Any
from urllib.parse import urlsplit

import requests

PATIENCE_SECONDS = 300.0
PAUSE_SECONDS = 0.25


class GaveUp(Exception):
    """The site did not come back within any patience."""


class Refusal(Exception):
    """An answer that asking again will not change."""

    def __init__(self, response: requests.Response):
        super().__init__(f"{response.request.method} {response.url}: {response.status_code} {response.text[:300]}")
        self.status = response.status_code


class Client:
    """Asks again until there is an answer, as the pages do: no connection, 5xx and 429 are none, nor is a full disk."""

    def __init__(self, address: str, token: str = ""):
        self.address = address
        self.token = token
        self._session = requests.Session()

    def call(self, method: str, path: str, **options: Any) -> Any:
        response = self.answer(method, path, **options)
        return response.json() if response.headers.get("Content-Type", "").startswith("application/json") else response

    def answer(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Authorization": f"Token {self.token}"} if self.token else {}
        deadline, last = time.monotonic() + PATIENCE_SECONDS, "no answer"
        while time.monotonic() < deadline:
            try:
                response = self._session.request(method, self.own(path), headers=headers, timeout=45, **options)
            except requests.RequestException as error:
                last = repr(error)
            else:
                if response.status_code < 400:
                    return response
                no_room = response.status_code == 413 and "missing_bytes" in response.text
                if response.status_code < 500 and response.status_code != 429 and not no_room:
                    raise Refusal(response)
                last = f"{response.status_code} {response.text[:300]}"
            time.sleep(PAUSE_SECONDS)
        raise GaveUp(f"{method} {path}: {last}")

    def sign_in(self, username: str, password: str) -> "Client":
        answer = self.call("POST", "/api/auth/token/", json={"username": username, "password": password})
        return Client(self.address, answer["token"])

    def own(self, url: str) -> str:
        """At our own address: links in answers name the one by which the site thinks that it was asked."""
        parts = urlsplit(url)
        return f"{self.address}{parts.path}{'?' if parts.query else ''}{parts.query}"

    def pages(self, path: str) -> list[dict]:
        rows: list[dict] = []
        address: str | None = path
        while address:
            page = self.call("GET", address)
            rows += page["results"]
            address = page["next"]
        return rows
