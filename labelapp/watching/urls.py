from django.urls import path

from labelapp.watching import views
from labelapp.watching.api import status

pages = [
    path("status/", views.StatusPage.as_view(), name="status"),
    path("metrics", views.metrics, name="metrics"),
]

api = [
    path("status/", status.StatusView.as_view()),
    *(path(f"status/{part.name}/", part.as_view()) for part in status.PARTS),
]
