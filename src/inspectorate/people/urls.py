"""Signing in and out, and passwords. The names are those that allauth looks for."""

from django.urls import path, re_path

from inspectorate.people import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/inactive/", views.inactive, name="account_inactive"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/reset/", views.forgotten_password, name="account_reset_password"),
    path("password/reset/sent/", views.link_sent, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
    path("password/reset/set/", views.password_set, name="account_reset_password_from_key_done"),
]
