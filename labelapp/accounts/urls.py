from django.contrib.auth.views import LogoutView
from django.urls import path

from labelapp.accounts import views
from labelapp.accounts.api import me, people, sign_in, tokens

pages = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("setup/", views.SetupHint.as_view(), name="setup"),
    path("setup/<str:token>/", views.Setup.as_view(), name="setup-link"),
    path("profile/", views.Profile.as_view(), name="profile"),
    path("people/", views.People.as_view(), name="people"),
]
api = [
    path("auth/token/", sign_in.SignIn.as_view(), name="api-sign-in"),
    path("me/", me.Me.as_view(), name="api-me"),
    path("me/password/", me.Password.as_view(), name="api-password"),
    path("me/sessions/", me.Sessions.as_view(), name="api-sessions"),
    path("me/sign-on/", me.SignOn.as_view(), name="api-sign-on"),
    path("me/tokens/", tokens.Tokens.as_view(), name="api-tokens"),
    path("me/tokens/<int:pk>/", tokens.OneToken.as_view(), name="api-token"),
    path("people/", people.People.as_view(), name="api-people"),
    path("people/<int:pk>/", people.Person.as_view(), name="api-person"),
    path("people/<int:pk>/deactivation/", people.PersonDeactivation.as_view(), name="api-person-deactivation"),
    path("people/<int:pk>/password/", people.PersonPassword.as_view(), name="api-person-password"),
]
