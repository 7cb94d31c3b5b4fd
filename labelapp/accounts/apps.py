from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "labelapp.accounts"
    audit_kinds = {"person": _("People"), "token": _("Tokens")}
    audit_verbs = {
        "person.added": _("added the person {target}"),
        "person.changed": _("changed the account of {target}"),
        "person.connected": _("connected their account with the sign-on service"),
        "person.deactivated": _("deactivated {target}"),
        "person.disconnected": _("disconnected their account from the sign-on service"),
        "person.password_changed": _("changed their password"),
        "person.password_replaced": _("gave {target} a new password"),
        "person.reactivated": _("reactivated {target}"),
        "person.registered": _("made their account by an invitation"),
        "person.signed_on": _("got their account by signing on"),
        "person.signed_out": _("signed out everywhere else"),
        "token.made": _("made the token {target}"),
        "token.revoked": _("revoked the token {target}"),
    }
