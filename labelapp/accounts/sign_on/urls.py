from django.urls import path

from labelapp.accounts.sign_on import views

# allauth looks the second one up by its name.
pages = [
    path("sign-in/<str:provider_id>/login/", views.login, name="openid_connect_login"),
    path("sign-in/<str:provider_id>/callback/", views.callback, name="openid_connect_callback"),
]
