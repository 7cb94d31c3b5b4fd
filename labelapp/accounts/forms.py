from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("The username or the password is wrong. Both tell capital from small letters."),
        "inactive": _("This account is switched off. Ask a site admin."),
    }


class SetupForm(forms.Form):
    """Username and password of the first account."""

    username = forms.CharField(label=_("Username"), max_length=150, validators=[UnicodeUsernameValidator()])
    password = forms.CharField(
        label=_("Password"), strip=False, help_text=_("At least 8 characters; a few unrelated words work well.")
    )
    again = forms.CharField(label=_("The same once more"), strip=False)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if {"password", "again"} <= cleaned.keys() and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return cleaned
