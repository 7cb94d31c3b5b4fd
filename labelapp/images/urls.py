from django.urls import path

from labelapp.images import views
from labelapp.images.api import bulk, counts, deletions, files, ids, image, thumbnails, tiles, uploads

pages = [
    path("projects/<int:pk>/images/", views.GalleryPage.as_view(), name="images"),
    path("projects/<int:pk>/images/add/", views.UploadPage.as_view(), name="upload"),
    path("projects/<int:pk>/uploads/<int:upload>/", views.UploadReportPage.as_view(), name="upload-report"),
]

# The list and the upload share one address, which is in the annotations room: an upload may label what it adds.
api = [
    path("projects/<int:pk>/images/ids/", ids.ImageIdsView.as_view()),
    path("projects/<int:pk>/images/counts/", counts.ImageCountsView.as_view()),
    path("projects/<int:pk>/images/bulk/", bulk.BulkView.as_view()),
    path("projects/<int:pk>/trash/", bulk.TrashView.as_view()),
    path("projects/<int:pk>/thumbnails/retry/", thumbnails.RetryThumbnailsView.as_view(), name="api-retry-thumbnails"),
    path("deletions/<int:pk>/", deletions.DeletionView.as_view()),
    path("deletions/<int:pk>/cancel/", deletions.CancelDeletionView.as_view()),
    path("deletions/<int:pk>/retry/", deletions.RetryDeletionView.as_view()),
    path("projects/<int:pk>/uploads/", uploads.UploadsView.as_view()),
    path("uploads/<int:pk>/", uploads.UploadView.as_view()),
    path("uploads/<int:pk>/known/", uploads.KnownFilesView.as_view()),
    path("uploads/<int:pk>/files/", uploads.ArrivalsView.as_view(), name="api-upload-files"),
    path("uploads/<int:pk>/pause/", uploads.PauseView.as_view()),
    path("uploads/<int:pk>/finish/", uploads.FinishView.as_view()),
    path("uploads/<int:pk>/cancel/", uploads.CancelUploadView.as_view()),
    path("uploads/<int:pk>/retry/", uploads.RetryUploadView.as_view()),
    path("images/<int:pk>/", image.ImageView.as_view()),
    path("images/<int:pk>/trash/", image.ImageTrashView.as_view()),
    path("images/<int:pk>/file/", files.OriginalView.as_view()),
    path("images/<int:pk>/thumbnail/", files.ThumbnailView.as_view()),
    path("images/<int:pk>/display/", files.DisplayView.as_view()),
    path("images/<int:pk>/tiles/", tiles.TilesView.as_view()),
    path("images/<int:pk>/tiles/<int:level>/<int:column>/<int:row>/", tiles.TileView.as_view()),
]
