from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from labelapp.formats.registry import FORMATS
from labelapp.images.models import Split
from labelapp.projects.access import project_for


@login_required
def exchange(request, pk: int):
    project = project_for(request.user, pk)
    context = {
        "project": project,
        "section": "exchange",
        "formats": FORMATS.values(),
        "classes": project.classes.all(),
        "splits": Split,
        "may_import": project.allows(request.user, "label"),
    }
    return render(request, "exchange/exchange.html", context)
