from labelapp.lib import icons
from labelapp.projects.models import Project

THEMES = {"light", "dark"}


def shell(request):
    """What every page's frame needs: theme, sidebar, and the person's projects."""
    context = {
        "theme": request.COOKIES.get("theme") if request.COOKIES.get("theme") in THEMES else "",
        "sidebar": "collapsed" if request.COOKIES.get("sidebar") == "collapsed" else "",
        "icons_version": icons.sprite()[1],
    }
    if getattr(request, "user", None) and request.user.is_authenticated:
        context["shell_projects"] = Project.objects.visible_to(request.user).only("id", "name").order_by("name")[:100]
    return context
