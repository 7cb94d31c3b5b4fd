import hashlib
import ipaddress
import unicodedata

from rest_framework.throttling import BaseThrottle, SimpleRateThrottle

KNOWN_SECONDS = 30 * 24 * 3600


class SignInThrottle(SimpleRateThrottle):
    """Tries to sign in, per address they come from; the page and the API count together."""

    scope = "sign-in"

    def admits(self, request) -> bool:
        """For pages, which are no API views."""
        return self.allow_request(request, view=None)  # type: ignore[arg-type]

    def get_cache_key(self, request, view) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}

    def get_ident(self, request) -> str:
        """The address; of IPv6 the first half, for the other half is everybody's to choose."""
        ident = super().get_ident(request)
        try:
            address = ipaddress.ip_address(ident or "")
        except ValueError:
            return str(ident)
        if address.version == 4 or address.ipv4_mapped:
            return str(address.ipv4_mapped or address) if address.version == 6 else str(address)
        return str(ipaddress.ip_network((address, 64), strict=False))


class AccountThrottle(SignInThrottle):
    """Wrong passwords for one account, from wherever they come.

    Where somebody has signed in to it before, the person is not shut out by what others try elsewhere.
    """

    scope = "account"
    duration: int

    def allow_request(self, request, view) -> bool:
        self.known = self.cache.get(self._known_key(request)) is not None
        return self.known or super().allow_request(request, view)

    def throttle_success(self) -> bool:
        return True  # counted is what fails

    def get_cache_key(self, request, view) -> str:
        return self.cache_format % {"scope": self.scope, "ident": account_of(request)}

    def failed(self, request) -> None:
        if not self.known:
            self.cache.set(self.key, [self.now, *self.history], self.duration)

    def succeeded(self, request) -> None:
        self.cache.set(self._known_key(request), True, KNOWN_SECONDS)

    def _known_key(self, request) -> str:
        return f"known-{account_of(request)}-{self.get_ident(request)}"


def account_of(request) -> str:
    """A key of the account that is named, however it is written."""
    sent = getattr(request, "data", None) or request.POST
    name = sent.get("username") if hasattr(sent, "get") else None
    folded = unicodedata.normalize("NFKC", str(name or "")).casefold()
    return hashlib.sha256(folded.encode(errors="replace")).hexdigest()


class InvitationThrottle(SignInThrottle):
    """How often somebody may open and use links of invitations."""

    scope = "invitation"


def address_of(request) -> str:
    """The address that a request comes from; what a client says of itself is believed only behind known proxies."""
    return str(BaseThrottle().get_ident(request))
