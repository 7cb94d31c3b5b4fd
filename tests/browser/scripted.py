import requests


class Scripted:
    """Speaks to the site's API as its owner."""

    def __init__(self, site):
        self.address, self.session = site.address, requests.Session()
        self.session.headers["Authorization"] = f"Token {site.token}"

    def call(self, method: str, path: str, **options) -> dict:
        answer = self.session.request(method, self.address + path, timeout=60, **options)
        assert answer.ok, answer.text[:1000]
        return answer.json()
