"""Trouble of the machine, not of the work: it may be over in a moment, and then the same work succeeds."""

import errno

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _


class Lacking(Exception):
    """The machine lacks what the work needs, for now; the text says what, for a person."""


def passing_trouble(error: BaseException) -> str:
    """What is the matter, for a person who can act on it; empty when the error is none of the machine's."""
    if isinstance(error, Lacking):
        return str(error)
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or (isinstance(error, OperationalError) and "full" in str(error)):
        return _("The disk is full. Make room, then try again.")
    if isinstance(error, (OperationalError, InterfaceError)):
        return _("The database did not answer. Try again when it does.")
    return ""
