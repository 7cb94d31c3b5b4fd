from django.urls import path

from training import views
from training.api import (
    measurements,
    model_exports,
    models,
    predict,
    predictions,
    reports,
    runs,
    samples,
    tools,
    trials,
)
from training.live import run_events

pages = [
    path("projects/<int:pk>/runs/", views.RunsPage.as_view(), name="runs"),
    path("projects/<int:pk>/runs/new/", views.NewRunPage.as_view(), name="run-new"),
    path("projects/<int:pk>/runs/compare/", views.CompareRunsPage.as_view(), name="runs-compare"),
    path("runs/<int:pk>/", views.RunPage.as_view(), name="run"),
    path("runs/<int:pk>/metrics/", views.RunMetricsPage.as_view(), name="run-metrics"),
    path("projects/<int:pk>/models/", views.ModelsPage.as_view(), name="models"),
    path("models/<int:pk>/", views.ModelPage.as_view(), name="model"),
]

api = [
    path("presets/", tools.PresetsView.as_view()),
    path("measurements/", measurements.MeasurementsView.as_view()),
    path("workers/", tools.WorkersView.as_view()),
    path("runs/schema/", tools.SchemaView.as_view()),
    path("runs/schedule/", tools.ScheduleView.as_view()),
    path("projects/<int:pk>/augmentations/preview/", tools.AugmentationPreviewView.as_view()),
    path("projects/<int:pk>/measurements/", measurements.ProjectMeasurementsView.as_view()),
    path("projects/<int:pk>/runs/", runs.RunsView.as_view()),
    path("runs/<int:pk>/", runs.RunView.as_view()),
    path("runs/<int:pk>/stop/", runs.StopRun.as_view()),
    path("runs/<int:pk>/cancel/", runs.CancelRun.as_view()),
    path("runs/<int:pk>/resume/", runs.ResumeRun.as_view()),
    path("runs/<int:pk>/events/", run_events),
    path("runs/<int:pk>/metrics/", reports.MetricsView.as_view()),
    path("runs/<int:pk>/predictions/", reports.PredictionsView.as_view()),
    path("runs/<int:pk>/samples/", samples.SamplesView.as_view()),
    path("runs/<int:pk>/tensorboard/", reports.TensorBoardView.as_view()),
    path("runs/<int:pk>/log/", reports.LogView.as_view()),
    path("projects/<int:pk>/trials/", trials.TrialsView.as_view()),
    path("trials/<int:pk>/", trials.TrialView.as_view()),
    path("trials/<int:pk>/cancel/", trials.CancelTrial.as_view()),
    path("trials/<int:pk>/retry/", trials.RetryTrial.as_view()),
    path("projects/<int:pk>/models/", models.ModelsView.as_view()),
    path("models/<int:pk>/", models.ModelView.as_view()),
    path("models/<int:pk>/files/<str:kind>/", models.ModelFileView.as_view()),
    path("models/<int:pk>/predict/", predict.ModelPredictView.as_view()),
    path("models/<int:pk>/exports/", model_exports.ModelExportsView.as_view()),
    path("models/<int:pk>/exports/<int:export>/", model_exports.ModelExportView.as_view()),
    path("models/<int:pk>/exports/<int:export>/cancel/", model_exports.CancelModelExport.as_view()),
    path("models/<int:pk>/exports/<int:export>/retry/", model_exports.RetryModelExport.as_view()),
    path("projects/<int:pk>/predictions/", predictions.PredictionsView.as_view()),
    path("predictions/<int:pk>/", predictions.PredictionView.as_view()),
    path("predictions/<int:pk>/cancel/", predictions.CancelPrediction.as_view()),
    path("predictions/<int:pk>/retry/", predictions.RetryPrediction.as_view()),
]
