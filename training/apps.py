from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    audit_kinds = {
        "run": _("Runs"),
        "model": _("Models"),
        "modelexport": _("Models in other formats"),
        "prediction": _("Auto-labelling"),
        "trial": _("Trials"),
    }
    audit_pages = {"run": "run", "model": "model"}
    audit_verbs = {
        "model.deleted": _("deleted the model {target}"),
        "model.downloaded": _("downloaded the model {target}"),
        "model.renamed": _("renamed the model {target} to {name}"),
        "modelexport.cancelled": _("cancelled: {target}"),
        "modelexport.deleted": _("deleted: {target}"),
        "modelexport.retried": _("tried again: {target}"),
        "modelexport.started": _("started: {target}"),
        "prediction.cancelled": _("cancelled: {target}"),
        "prediction.retried": _("tried again: {target}"),
        "prediction.started": _("started: {target}"),
        "run.cancelled": _("cancelled the run {target}"),
        "run.deleted": _("deleted the run {target}"),
        "run.renamed": _("renamed the run {target} to {name}"),
        "run.resumed": _("resumed the run {target}"),
        "run.started": _("started the run {target} on version {version}"),
        "run.stopped": _("stopped the run {target}"),
        "trial.cancelled": _("cancelled: {target}"),
        "trial.deleted": _("deleted: {target}"),
        "trial.retried": _("tried again: {target}"),
        "trial.started": _("started on version {version}: {target}"),
    }
