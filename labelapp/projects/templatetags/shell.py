"""What the frame of every page needs."""

import json

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from labelapp.projects.addresses import address_of

register = template.Library()

STATUS_NAMES = {
    "queued": _lazy("Queued"), "preparing": _lazy("Preparing"), "running": _lazy("Running"),
    "stopping": _lazy("Stopping"), "completed": _lazy("Completed"), "stopped": _lazy("Stopped"),
    "cancelled": _lazy("Cancelled"), "failed": _lazy("Failed"), "lost": _lazy("Lost"),
}  # fmt: skip

# Bare names that our modules import, and the npm file that serves each.
LIBRARIES = {"idb": "npm/idb.js", "uplot": "npm/uplot.js"}


@register.simple_tag
def import_map() -> SafeString:
    addresses = {"imports": {name: static(path) for name, path in LIBRARIES.items()}}
    return format_html('<script type="importmap">{}</script>', mark_safe(json.dumps(addresses)))


@register.simple_tag
def project_links(project) -> list[dict[str, str]]:
    """The pages of a project, in the order of the loop."""
    return [
        {"section": section, "title": title, "icon": icon, "keys": keys, "href": address}
        for section, name, title, icon, keys in (
            ("overview", "project", _("Overview"), "layout-dashboard", "g o"),
            ("images", "images", _("Images"), "images", "g i"),
            ("label", "label", _("Label"), "tag", "g l"),
            ("versions", "versions", _("Versions"), "layers", "g v"),
            ("runs", "runs", _("Runs"), "chart-spline", "g r"),
            ("models", "models", _("Models"), "brain", "g m"),
            ("exchange", "exchange", _("Import & export"), "arrow-down-up", "g e"),
            ("classes", "classes", _("Classes"), "palette", "g c"),
            ("settings", "project-settings", _("Members & settings"), "settings-2", "g s"),
        )
        if (address := address_of(name, project.pk))
    ]


@register.filter
def status_name(status: str) -> str:
    return str(STATUS_NAMES.get(status, status))


@register.filter
def unlocalized(number: float) -> str:
    """For attributes: a point as decimal sign in every language."""
    return f"{number:.4f}"
