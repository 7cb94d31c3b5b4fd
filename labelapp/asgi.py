import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")
django_application = get_asgi_application()

from labelapp.gate import Gate  # noqa: E402  (models can be imported only now)

application = Gate(django_application)
