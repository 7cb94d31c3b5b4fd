from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("The username or the password is wrong. Both tell capital from small letters."),
        "inactive": _("This account is deactivated. Ask a site admin."),
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


class NewAccountForm(forms.Form):
    """An account for somebody who was invited; whether name and password can be used is decided by the manager."""

    name = forms.CharField(label=_("Your name"), max_length=150, help_text=_("As others see it beside your work."))
    username = forms.CharField(label=_("Username"), max_length=150, help_text=_("With which you sign in."))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        help_text=_("At least 8 characters; a few unrelated words work well."),
    )

    @property
    def account(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("username", "password", "name")}

    def add_problems(self, problems) -> None:
        for field, texts in problems.items():
            self.add_error(field if field in self.fields else None, [str(text) for text in texts])
