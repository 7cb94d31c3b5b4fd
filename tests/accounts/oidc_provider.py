"""A small but real OpenID Connect provider: Authlib's, with PKCE required, over HTTP on this machine."""

import logging
import threading
import time
from dataclasses import dataclass, field

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector, current_token
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, TokenMixin, grants
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, jsonify, request
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT_ID, CLIENT_SECRET = "labelapp", "client:secret / with signs"


class Client(ClientMixin):
    def __init__(self, provider: "Provider"):
        self._provider = provider

    def get_client_id(self):
        return CLIENT_ID

    def get_default_redirect_uri(self):
        return self._provider.redirect_uri

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri == self._provider.redirect_uri

    def check_client_secret(self, client_secret):
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method, endpoint):
        return method in {"client_secret_basic", "client_secret_post"}

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):
    code: str
    person: dict
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str
    code_challenge_method: str
    auth_time: float = field(default_factory=time.time)

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return self.nonce

    def get_auth_time(self):
        return int(self.auth_time)

    def get_acr(self):
        return None

    def get_amr(self):
        return None


@dataclass
class Token(TokenMixin):
    person: dict
    scope: str

    def check_client(self, client):
        return True

    def get_scope(self):
        return self.scope

    def get_expires_in(self):
        return 3600

    def is_expired(self):
        return False

    def is_revoked(self):
        return False


class Provider:
    """``people``: what it says of each, by their ``sub``; ``asked``: the queries with which people were sent here;
    ``broken``: answers everything with an error.
    """

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.people: dict[str, dict] = {}
        self.asked: list[dict] = []
        self.redirect_uri = ""
        self.broken = False
        self._codes: dict[str, Code] = {}
        self._tokens: dict[str, Token] = {}
        self._key = RSAKey.generate_key(2048, {"kid": "1"})
        self._server = make_server("127.0.0.1", 0, self._app(), threaded=True)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Provider":
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self._server.shutdown()
        self._thread.join(10)

    def _app(self) -> Flask:
        provider, app, client = self, Flask("provider"), Client(self)

        class CodeGrant(grants.AuthorizationCodeGrant):
            TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]

            def save_authorization_code(self, code, request):
                sent = request.payload.data
                provider._codes[code] = Code(
                    code, request.user, sent["redirect_uri"], sent["scope"], sent.get("nonce"),
                    sent["code_challenge"], sent["code_challenge_method"],
                )  # fmt: skip

            def query_authorization_code(self, code, client):
                return provider._codes.get(code)

            def delete_authorization_code(self, authorization_code):
                del provider._codes[authorization_code.code]

            def authenticate_user(self, authorization_code):
                return authorization_code.person

        class Identity(OpenIDCode):
            def exists_nonce(self, nonce, request):
                return False

            def resolve_client_private_key(self, client):
                return provider._key

            def get_client_algorithm(self, client):
                return "RS256"

            def get_client_claims(self, client):
                return {"iss": provider.address}

            def generate_user_info(self, user, scope):
                return UserInfo(user)

        class Validator(BearerTokenValidator):
            def authenticate_token(self, token_string):
                return provider._tokens.get(token_string)

        def save_token(token, request):
            provider._tokens[token["access_token"]] = Token(request.user, token["scope"])

        server = AuthorizationServer(app, query_client={CLIENT_ID: client}.get, save_token=save_token)
        server.register_grant(CodeGrant, [Identity(), CodeChallenge(required=True)])
        bearer = ResourceProtector()
        bearer.register_token_validator(Validator())

        @app.before_request
        def fail_when_broken():
            return ("Out of order", 503) if provider.broken else None

        @app.get("/.well-known/openid-configuration")
        def configuration():
            address = provider.address
            return jsonify(
                issuer=address,
                authorization_endpoint=f"{address}/authorize",
                token_endpoint=f"{address}/token",
                userinfo_endpoint=f"{address}/userinfo",
                jwks_uri=f"{address}/jwks",
                token_endpoint_auth_methods_supported=["client_secret_basic"],
            )

        @app.route("/authorize", methods=["GET", "POST"])
        def authorize():
            """Where people say who they are: here they only name themselves, or say no."""
            if request.method == "GET":
                provider.asked.append(request.args.to_dict())
                return '<form method="post"><input name="sub"><button>Yes</button></form>'
            return server.create_authorization_response(grant_user=provider.people.get(request.form.get("sub", "")))

        @app.post("/token")
        def token():
            return server.create_token_response()

        @app.get("/userinfo")
        @bearer("openid")
        def userinfo():
            return jsonify(current_token.person)

        @app.get("/jwks")
        def keys():
            return jsonify(keys=[provider._key.as_dict(private=False)])

        return app
