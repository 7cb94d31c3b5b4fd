from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from labelapp.lib import strict_json


class JSONBody(JSONParser):
    """The body of a request; what could be read but not kept is refused here, once for all."""

    def parse(self, stream, media_type=None, parser_context=None):
        # Django counts only what it has read itself before.
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            return strict_json.loads(body.decode("utf-8-sig"))
        except ValueError as error:
            raise ParseError(_("The body is not JSON that can be used: {reason}.").format(reason=error)) from None
