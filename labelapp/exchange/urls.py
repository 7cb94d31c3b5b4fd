from django.urls import path

from labelapp.exchange import views
from labelapp.exchange.api import exports, formats, imports

pages: list = [path("projects/<int:pk>/exchange/", views.exchange, name="exchange")]
api: list = [
    path("formats/", formats.Formats.as_view(), name="api-formats"),
    path("projects/<int:pk>/exports/", exports.Exports.as_view(), name="api-exports"),
    path("projects/<int:pk>/exports/estimate/", exports.ExportEstimate.as_view(), name="api-export-estimate"),
    path("exports/<int:pk>/", exports.OneExport.as_view(), name="api-export"),
    path("exports/<int:pk>/file/", exports.ExportFile.as_view(), name="api-export-file"),
    path("exports/<int:pk>/cancel/", exports.ExportCancel.as_view(), name="api-export-cancel"),
    path("exports/<int:pk>/retry/", exports.ExportRetry.as_view(), name="api-export-retry"),
    path("projects/<int:pk>/imports/", imports.Imports.as_view(), name="api-imports"),
    path("imports/<int:pk>/", imports.OneImport.as_view(), name="api-import"),
    path("imports/<int:pk>/apply/", imports.ImportApply.as_view(), name="api-import-apply"),
    path("imports/<int:pk>/cancel/", imports.ImportCancel.as_view(), name="api-import-cancel"),
    path("imports/<int:pk>/retry/", imports.ImportRetry.as_view(), name="api-import-retry"),
]
