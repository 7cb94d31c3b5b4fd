from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from labelapp.lib import strict_json

MOST_BYTES = 64 << 20  # read, it takes a dozen times that in memory, and nobody else is answered meanwhile


class JSONBody(JSONParser):
    """The body of a request; what could be read but not kept is refused here, once for all."""

    def parse(self, stream, media_type=None, parser_context=None):
        from labelapp.projects.errors import TooLarge  # which needs the framework, which needs this

        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLarge(_("The body is larger than {limit} MB. Send it in parts.").format(limit=MOST_BYTES >> 20))
        try:
            return strict_json.loads(body.decode("utf-8-sig"))
        except ValueError as error:
            raise ParseError(_("The body is not JSON that can be used: {reason}.").format(reason=error)) from None
