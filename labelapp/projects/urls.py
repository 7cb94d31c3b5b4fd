from django.urls import path

from labelapp.projects import views
from labelapp.projects.api import classes, invitations, join, log, members, projects, storage, trash, work

pages = [
    path("", views.ProjectsPage.as_view(), name="projects"),
    path("projects/<int:pk>/", views.ProjectPage.as_view(), name="project"),
    path("projects/trash/", views.TrashPage.as_view(), name="projects-trash"),
    path("projects/<int:pk>/classes/", views.ClassesPage.as_view(), name="classes"),
    path("projects/<int:pk>/settings/", views.SettingsPage.as_view(), name="project-settings"),
    path("projects/<int:pk>/jobs/", views.JobsPage.as_view(), name="jobs"),
    path("projects/<int:pk>/log/", views.ProjectLogPage.as_view(), name="project-log"),
    path("log/", views.SiteLogPage.as_view(), name="site-log"),
    path("projects/<int:pk>/members/", views.MembersPage.as_view(), name="members"),
    path("join/<str:secret>/", views.JoinPage.as_view(), name="join"),
    path("join/<str:secret>/sign-in/", views.JoinSignIn.as_view(), name="join-sign-in"),
    path("icons.svg", views.sprite, name="icon-sprite"),
]

api = [
    path("projects/", projects.ProjectsView.as_view()),
    path("projects/trash/", trash.TrashedProjectsView.as_view()),
    path("projects/trash/<int:pk>/", trash.TrashedProjectView.as_view()),
    path("projects/trash/<int:pk>/restore/", trash.RestoreProjectView.as_view()),
    path("projects/<int:pk>/", projects.ProjectView.as_view()),
    path("projects/<int:pk>/storage/", storage.StorageView.as_view()),
    path("projects/<int:pk>/storage/quota/", storage.QuotaView.as_view()),
    path("projects/<int:pk>/classes/", classes.ClassesView.as_view()),
    path("projects/<int:pk>/classes/order/", classes.ClassOrderView.as_view()),
    path("projects/<int:pk>/classes/<int:class_pk>/", classes.ClassView.as_view()),
    path("projects/<int:pk>/members/", members.MembersView.as_view()),
    path("projects/<int:pk>/members/contributions/", members.ContributionsView.as_view()),
    path("projects/<int:pk>/members/<int:user_pk>/", members.MemberView.as_view()),
    path("projects/<int:pk>/jobs/", work.WorkView.as_view(), name="api-jobs"),
    path("projects/<int:pk>/log/", log.ProjectLogView.as_view(), name="api-project-log"),
    path("log/", log.SiteLogView.as_view(), name="api-site-log"),
    path("projects/<int:pk>/invitations/", invitations.ProjectInvitationsView.as_view()),
    path("invitations/", invitations.SiteInvitationsView.as_view()),
    path("invitations/<int:pk>/", invitations.InvitationView.as_view()),
    path("invitations/<int:pk>/link/", invitations.InvitationLinkView.as_view()),
    path("join/<str:secret>/", join.JoinView.as_view()),
]
