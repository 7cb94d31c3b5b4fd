from django.urls import path

from labelapp.versions import views
from labelapp.versions.api import diff, versions

pages: list = [
    path("projects/<int:pk>/versions/", views.VersionsPage.as_view(), name="versions"),
    path("versions/<int:pk>/", views.VersionPage.as_view(), name="version"),
]
api: list = [
    path("projects/<int:pk>/versions/", versions.Versions.as_view(), name="api-versions"),
    path("projects/<int:pk>/versions/preview/", versions.VersionPreview.as_view(), name="api-version-preview"),
    path("versions/<int:pk>/", versions.OneVersion.as_view(), name="api-version"),
    path("versions/<int:pk>/cancel/", versions.VersionCancel.as_view(), name="api-version-cancel"),
    path("versions/<int:pk>/retry/", versions.VersionRetry.as_view(), name="api-version-retry"),
    path("versions/<int:pk>/diff/", diff.Diff.as_view(), name="api-version-diff"),
]
