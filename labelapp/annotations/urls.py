from django.urls import path

from labelapp.annotations import views
from labelapp.annotations.api import (
    annotations,
    archives,
    bulk,
    class_changes,
    classes,
    parts,
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
    path("projects/<int:pk>/files/", parts.FilesView.as_view()),
    path("files/<uuid:pk>/", parts.FileView.as_view()),
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
    path("projects/<int:pk>/classes/<int:class_pk>/usage/", classes.UsageView.as_view()),
    path("projects/<int:pk>/classes/<int:class_pk>/merge/", classes.MergeView.as_view()),
    path("projects/<int:pk>/classes/<int:class_pk>/deletion/", classes.DeletionView.as_view()),
    path("projects/<int:pk>/classes/<int:class_pk>/split/", classes.SplitView.as_view()),
    path("projects/<int:pk>/classes/<int:class_pk>/split/preview/", classes.SplitPreviewView.as_view()),
    path("projects/<int:pk>/classes/<int:class_pk>/attributes/", classes.AttributesView.as_view()),
    path("projects/<int:pk>/classes/<int:class_pk>/attributes/preview/", classes.AttributesPreviewView.as_view()),
    path("projects/<int:pk>/classes/text/", classes.ClassTextView.as_view()),
    path("projects/<int:pk>/classes/text/preview/", classes.ClassTextPreviewView.as_view()),
    path("projects/<int:pk>/class-changes/", class_changes.ClassChangesView.as_view()),
    path("class-changes/<int:pk>/", class_changes.ClassChangeView.as_view()),
    path("class-changes/<int:pk>/undo/", class_changes.ClassChangeUndoView.as_view()),
    path("class-changes/<int:pk>/cancel/", class_changes.ClassChangeCancelView.as_view()),
    path("class-changes/<int:pk>/retry/", class_changes.ClassChangeRetryView.as_view()),
    path("projects/<int:pk>/queue/", queue.QueueView.as_view()),
]
