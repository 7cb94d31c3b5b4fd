"""Is what people did safe elsewhere?"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labelapp.images.models import Image
from labelapp.watching.finding import Finding, warning, well
from labelapp.watching.parts.data import backed_up_at

AT_LEAST_EVERY = timedelta(days=7)


def check() -> Iterator[Finding]:
    made, name = backed_up_at(), _("backup")
    due = timezone.now() - AT_LEAST_EVERY
    if made is not None and made > due:
        yield well(name, _("The last one was made in the last 7 days."))
    elif made is not None:
        days = (timezone.now() - made).days
        text = ngettext("The last one is {days} day old.", "The last one is {days} days old.", days)
        yield warning(name, text.format(days=days), mend())
    elif Image.objects.filter(created_at__lt=due).exists():
        yield warning(name, _("There has never been one."), mend())
    else:
        yield well(name, _("Nothing is old enough to need one."))


def mend() -> str:
    return _("Let the server run manage.py backup every night; docs/server.md says how.")
