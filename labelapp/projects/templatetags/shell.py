"""What the frame of every page needs."""

import json

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from labelapp.lib.modules import imported_by
from labelapp.projects.addresses import address_of
from labelapp.projects.models import Role

register = template.Library()

STATUS_NAMES = {
    "queued": _lazy("Queued"), "preparing": _lazy("Preparing"), "running": _lazy("Running"),
    "stopping": _lazy("Stopping"), "completed": _lazy("Completed"), "stopped": _lazy("Stopped"),
    "cancelled": _lazy("Cancelled"), "failed": _lazy("Failed"), "lost": _lazy("Lost"),
}  # fmt: skip

OWNERS_ONLY = {"log"}

# Bare names that our modules import, and the npm file that serves each.
LIBRARIES = {
    "idb": "npm/idb.js",
    "uplot": "npm/uplot.js",
    "polyclip-ts": "npm/polyclip.js",
    "splaytree-ts": "npm/splaytree.js",
    "bignumber.js": "npm/bignumber.js",
}


@register.simple_tag
def import_map() -> SafeString:
    return format_html('<script type="importmap">{}</script>', mark_safe(import_map_text()))


@register.simple_tag
def module_preloads(path: str) -> SafeString:
    """``{% module_preloads "js/label/page.js" %}``: for a page that has many modules."""
    rows = ((static(module),) for module in imported_by(path))
    return format_html_join("\n  ", '<link rel="modulepreload" href="{}">', rows)


def import_map_text() -> str:
    return json.dumps({"imports": {name: static(path) for name, path in LIBRARIES.items()}})


@register.simple_tag(takes_context=True)
def project_links(context, project) -> list[dict[str, str]]:
    """The pages of a project that are open to the person, in the order of the loop."""
    owner = role_in(context, project) == Role.OWNER
    return [
        {"section": section, "title": title, "icon": icon, "keys": keys, "href": address}
        for section, name, title, icon, keys in (
            ("overview", "project", _("Overview"), "layout-dashboard", "g o"),
            ("images", "images", _("Images"), "images", "g i"),
            ("label", "label", _("Label"), "tag", "g l"),
            ("assignments", "assignments", _("Assignments"), "users-round", "g w"),
            ("versions", "versions", _("Versions"), "layers", "g v"),
            ("runs", "runs", _("Runs"), "chart-spline", "g r"),
            ("models", "models", _("Models"), "brain", "g m"),
            ("exchange", "exchange", _("Import & export"), "arrow-down-up", "g e"),
            ("jobs", "jobs", _("Jobs"), "list-checks", "g j"),
            ("classes", "classes", _("Classes"), "palette", "g c"),
            ("members", "members", _("Members"), "users", "g u"),
            ("settings", "project-settings", _("Settings"), "settings-2", "g s"),
            ("log", "project-log", _("Log"), "scroll-text", "g a"),
        )
        if (address := address_of(name, project.pk)) and (owner or section not in OWNERS_ONLY)
    ]


def role_in(context, project) -> str | None:
    """Known already where the project was looked up through the person."""
    return getattr(project, "own_role", None) or project.role_of(context["request"].user)


@register.filter
def status_name(status: str) -> str:
    return str(STATUS_NAMES.get(status, status))


@register.filter
def unlocalized(number: float) -> str:
    """For attributes: a point as decimal sign in every language."""
    return f"{number:.4f}"
