import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.models import AbstractUser, UserManager
from django.core import exceptions
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from labelapp.accounts.log import note
from labelapp.accounts.models.leaving import OnlyOwner, StillNeeded

if TYPE_CHECKING:
    from labelapp.accounts.models.token import Token

SESSION_SALT = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"  # Django's own
TEMPORARY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters that look alike


class PeopleManager(UserManager["User"]):
    def start(self, username: str, password: str) -> "User":
        """Make the first account; it may add people."""
        return self.create_superuser(username, password=password)

    def named(self, username: str) -> "User | None":
        """The active person of this name, however it is capitalised."""
        username = self.model.normalize_username(username)
        people = self.filter(username__iexact=username, is_active=True)
        return people.filter(username=username).first() or people.first()

    def has(self, username: str) -> bool:
        """Whether somebody has this name, active or not; names that are written otherwise would be taken for it."""
        return self.filter(username__iexact=self.model.normalize_username(username)).exists()

    def register(self, username: str, password: str, name: str = "") -> "User":
        """Make an account for somebody who chooses their own name and password.

        Raises:
            ValidationError: says at ``username`` or ``password`` why they cannot be used.
        """
        person = self.model(username=self.model.normalize_username(username), first_name=name)
        problems: dict[str, list[str]] = {}
        try:
            person.clean_fields(exclude=["password"])
        except exceptions.ValidationError as found:
            problems |= found.message_dict
        if self.has(username):
            problems["username"] = [taken()]
        try:
            password_validation.validate_password(password, person)
        except exceptions.ValidationError as found:
            problems["password"] = list(found.messages)
        if problems:
            raise ValidationError(problems)
        person.set_password(password)
        with once():
            person.save(force_insert=True)
        return person

    def invite(self, username: str, **fields) -> tuple["User", str]:
        """Make an account with a temporary password, which is returned once.

        Raises:
            ValidationError: somebody has the name.
        """
        password = temporary_password()
        vouched = bool(fields.get("email"))
        with once():
            return self.create_user(username, password=password, email_vouched=vouched, **fields), password


class User(AbstractUser):
    # Whether the address is from a site admin, or from the sign-on service, which has verified it: only then does it
    # keep somebody else who has it from getting an account.
    email_vouched = models.BooleanField(default=False, editable=False)
    session_salt = models.CharField(max_length=32, blank=True, editable=False)  # another one ends every session

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta(AbstractUser.Meta):
        constraints = [models.UniqueConstraint(Lower("username"), name="username_once_in_whatever_capitals")]

    acting_token: "Token | None" = None  # with which the request came that this instance was made for

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username

    @property
    def listed_name(self) -> str:
        """As lists show who did something."""
        return self.display_name if self.is_active else _("{name} (deactivated)").format(name=self.display_name)

    @property
    def administers_site(self) -> bool:
        """Whether they may do what only site admins do, also with the token with which they act."""
        return self.is_superuser and (self.acting_token is None or self.acting_token.project_id is None)

    @property
    def initials(self) -> str:
        words = self.display_name.replace(".", " ").replace("_", " ").split()
        return "".join(word[0] for word in words[:2]).upper() or "?"

    def change(self, by: "User | None" = None, **fields) -> None:
        if fields.get("email", self.email) != self.email:
            fields["email_vouched"] = by is not None and by.administers_site
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))

    def reset_password(self) -> str:
        """Give a new temporary password, which is returned once; tokens that somebody may have got end with the old."""
        password = temporary_password()
        self.set_password(password)
        with transaction.atomic():
            self.save(update_fields=["password"])
            self.tokens.all().delete()
        return password

    def deactivate(self, actor, successor=None) -> None:
        """End sign-in, sessions, tokens and open invitations at once; their name stays on their work.

        Args:
            actor: The site admin who does it.
            successor: Becomes owner of the projects that nobody else owns.

        Raises:
            StillNeeded: the only site admin; or the only owner of projects, which ``extra`` names, and no successor.
        """
        if not self.is_active:
            return
        with transaction.atomic():
            self.stay_if_last_admin()
            # The relations come from a room to the right.
            self.memberships.all().lock_projects()
            alone = self.memberships.all().only_owners()
            if successor is not None:
                alone.hand_over(actor, successor)
            elif alone:
                raise OnlyOwner(self, [each.project for each in alone])
            self.is_active = False
            self.save(update_fields=["is_active"])
            self.end_sessions()
            self.tokens.all().delete()
            self.invitations.all().revoke()
            self.assignments.all().release()
            note(actor, "person.deactivated", target=self)

    def reactivate(self, actor) -> None:
        if self.is_active:
            return
        with transaction.atomic():
            self.is_active = True
            self.save(update_fields=["is_active"])
            note(actor, "person.reactivated", target=self)

    def stay_if_last_admin(self) -> None:
        """To be asked in the transaction in which they go: of two who go at once one has to see the other gone."""
        admins = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
        if [each.pk for each in admins.select_for_update(no_key=True)] == [self.pk]:
            raise StillNeeded(_("This is the only site admin. Make somebody else one first."))

    def end_sessions(self) -> None:
        """Sign them out everywhere; tokens stay."""
        self.session_salt = secrets.token_hex(16)
        self.save(update_fields=["session_salt"])

    def get_session_auth_hash(self) -> str:
        return self._session_hash()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return (self._session_hash(secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str | bytes | None = None) -> str:
        text = self.password + self.session_salt
        return salted_hmac(SESSION_SALT, text, secret=secret, algorithm="sha256").hexdigest()


@contextmanager
def once() -> Iterator[None]:
    """Two make an account of one name at the same moment: the second is told that it is taken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ValidationError({"username": [taken()]}) from error


def taken() -> str:
    return _("Somebody has this username already.")


def temporary_password() -> str:
    return "-".join("".join(secrets.choice(TEMPORARY_ALPHABET) for _ in range(4)) for _ in range(4))
