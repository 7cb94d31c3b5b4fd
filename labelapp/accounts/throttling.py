from rest_framework.throttling import SimpleRateThrottle


class SignInThrottle(SimpleRateThrottle):
    """Tries to sign in, per address they come from; the page and the API count together."""

    scope = "sign-in"

    def admits(self, request) -> bool:
        """For pages, which are no API views."""
        return self.allow_request(request, view=None)  # type: ignore[arg-type]

    def get_cache_key(self, request, view) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
