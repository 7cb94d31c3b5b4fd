def shell(request):
    """What every page's frame needs: the person's projects for the sidebar and the command palette."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    from labelapp.projects.models import Project

    return {"shell_projects": Project.objects.visible_to(request.user).only("id", "name").order_by("name")[:100]}
