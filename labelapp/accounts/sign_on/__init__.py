"""Signing in through an OpenID Connect provider, by django-allauth.

Everything here that imports allauth is itself imported only where LABELAPP_OIDC_URL is set.
"""

PROVIDER = "oidc"
APPS = ["allauth", "allauth.account", "allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]


def options(url: str, client_id: str, client_secret: str, name: str) -> dict:
    """Settings of allauth: PKCE always, no e-mails of its own, nobody found by their e-mail address alone."""
    app = {
        "provider_id": PROVIDER,
        "name": name,
        "client_id": client_id,
        "secret": client_secret,
        "settings": {"server_url": url},
    }
    return {
        "ACCOUNT_ADAPTER": "labelapp.accounts.sign_on.adapters.AccountAdapter",
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_UNIQUE_EMAIL": False,  # the adapter refuses an address that is vouched for; others keep nobody out
        "ACCOUNT_USER_DISPLAY": "labelapp.accounts.sign_on.adapters.display_name",
        "SOCIALACCOUNT_ADAPTER": "labelapp.accounts.sign_on.adapters.SignOnAdapter",
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}},
    }
