import ipaddress
import unicodedata

from rest_framework.throttling import BaseThrottle, SimpleRateThrottle

from labelapp.accounts.tries import Tries, key_of, remembered

KNOWN_SECONDS = 30 * 24 * 3600


class SignInThrottle(SimpleRateThrottle):
    """Tries to sign in, per address they come from; the page and the API count together."""

    scope = "sign-in"
    num_requests: int
    duration: int
    tries: Tries

    def admits(self, request) -> bool:
        """For pages, which are no API views."""
        return self.allow_request(request, view=None)

    def allow_request(self, request, view) -> bool:
        self.tries = Tries(f"{self.scope} {self.subject(request)}", self.duration)
        return self.tries.add() <= self.num_requests

    def wait(self) -> float:
        return self.tries.seconds_left

    def subject(self, request) -> str:
        """Whose tries are counted together."""
        return self.get_ident(request)

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
    """Wrong passwords for one account, from wherever they come; asked once the address may try.

    A try is counted before it is known to be wrong, so that many at once find no gap. Where somebody has signed in to
    the account before, the person is not shut out by what others try elsewhere.
    """

    scope = "account"

    def allow_request(self, request, view) -> bool:
        address = SignInThrottle()
        if not address.allow_request(request, view):
            self.tries = address.tries
            return False
        self.known = remembered(lambda cache: self._known_key(request) in cache)
        return self.known or super().allow_request(request, view)

    def subject(self, request) -> str:
        return name_of(request).casefold()

    def succeeded(self, request) -> None:
        if not self.known:
            self.tries.take_back()
        remembered(lambda cache: cache.set(self._known_key(request), 1, KNOWN_SECONDS))

    def _known_key(self, request) -> str:
        """By the name as it signs in: others that look alike are counted together with it, but known for themselves."""
        return key_of(f"known {name_of(request)} {self.get_ident(request)}")


class OwnPasswordThrottle(SignInThrottle):
    """Wrong passwords of a person who is signed in: whoever has got hold of a session must not find out the password.

    Apart from those at the door, which others could use up.
    """

    scope = "account"

    def subject(self, request) -> str:
        return f"own password of {request.user.pk}"


class InvitationThrottle(SignInThrottle):
    """How often somebody may open and use links of invitations."""

    scope = "invitation"


def name_of(request) -> str:
    """The username that was sent, as accounts have theirs."""
    sent = getattr(request, "data", None) or request.POST
    name = sent.get("username") if hasattr(sent, "get") else None
    return unicodedata.normalize("NFKC", str(name or ""))


def address_of(request) -> str:
    """The address that a request comes from; what a client says of itself is believed only behind known proxies."""
    return str(BaseThrottle().get_ident(request))
