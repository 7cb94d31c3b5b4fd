from django.urls import path

from labelapp.annotations import views
from labelapp.annotations.api import (
    annotations,
    archives,
    bulk,
    queue,
    reviews,
    revisions,
    sample,
    suggestions,
    uploads,
)

pages = [
    path("projects/<int:pk>/label/", views.LabelPage.as_view(), name="label"),
]

api = [
    path("projects/sample/", sample.SampleView.as_view()),
    path("projects/<int:pk>/images/", uploads.ProjectImagesView.as_view()),
    path("archives/<int:pk>/", archives.ArchiveView.as_view()),
    path("archives/<int:pk>/cancel/", archives.ArchiveCancelView.as_view()),
    path("archives/<int:pk>/retry/", archives.ArchiveRetryView.as_view()),
    path("images/<int:pk>/annotations/", annotations.AnnotationsView.as_view()),
    path("images/<int:pk>/revisions/", revisions.RevisionsView.as_view()),
    path("images/<int:pk>/revisions/<int:number>/", revisions.RevisionView.as_view()),
    path("images/<int:pk>/revisions/<int:number>/restore/", revisions.RestoreView.as_view()),
    path("images/<int:pk>/approval/", reviews.ApprovalView.as_view()),
    path("images/<int:pk>/sending-back/", reviews.SendingBackView.as_view()),
    path("images/<int:pk>/reviews/", reviews.ReviewsView.as_view()),
    path("images/<int:pk>/suggestions/", suggestions.SuggestionsView.as_view()),
    path("suggestions/<uuid:pk>/acceptance/", suggestions.AcceptanceView.as_view()),
    path("suggestions/<uuid:pk>/refusal/", suggestions.RefusalView.as_view()),
    path("projects/<int:pk>/suggestions/acceptance/", suggestions.AcceptanceAboveView.as_view()),
    path("projects/<int:pk>/annotations/bulk/", bulk.BulkTagView.as_view()),
    path("projects/<int:pk>/annotations/bulk/<uuid:key>/", bulk.BulkChangeView.as_view()),
    path("projects/<int:pk>/queue/", queue.QueueView.as_view()),
]
