import os
from typing import Any

from asgiref.sync import sync_to_async
from django import setup
from django.core.handlers.asgi import ASGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")
setup(set_prefix=False)

from labelapp.gate import Gate  # noqa: E402  (models can be imported only now)


class OneThreadHandler(ASGIHandler):
    """Goes through all middleware and the view in one thread.

    Django itself changes the thread at every one of them, which takes half of the time of a save: of our middleware
    some can only be called synchronously, others it would rather await.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: Any) -> Any:
        return await sync_to_async(self.get_response)(request)


application = Gate(OneThreadHandler())
