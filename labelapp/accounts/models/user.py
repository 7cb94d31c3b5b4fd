import secrets
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import transaction

TEMPORARY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters that look alike


class PeopleManager(UserManager["User"]):
    def start(self, username: str, password: str) -> "User":
        """Make the first account; it may add people."""
        return self.create_superuser(username, password=password)

    def named(self, username: str) -> "User | None":
        """The active person of this name, however it is capitalised."""
        people = self.filter(username__iexact=username, is_active=True)
        return people.filter(username=username).first() or people.first()

    def invite(self, username: str, **fields) -> tuple["User", str]:
        """Make an account with a temporary password, which is returned once."""
        password = temporary_password()
        return self.create_user(username, password=password, **fields), password


class User(AbstractUser):
    objects: ClassVar[PeopleManager] = PeopleManager()

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username

    @property
    def initials(self) -> str:
        words = self.display_name.replace(".", " ").replace("_", " ").split()
        return "".join(word[0] for word in words[:2]).upper() or "?"

    def change(self, **fields) -> None:
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

    def is_last_admin(self) -> bool:
        others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=self.pk)
        return self.is_superuser and not others.exists()


def temporary_password() -> str:
    return "-".join("".join(secrets.choice(TEMPORARY_ALPHABET) for _ in range(4)) for _ in range(4))
