"""Addresses of people."""

from django.urls import path

from community.accounts import views

app_name = "accounts"
urlpatterns = [
    path("members/<str:username>/", views.member_page, name="member"),
    path("me/", views.profile_settings, name="settings"),
    path("me/picture/", views.portrait_settings, name="portrait"),
    path("me/pseudonym/", views.username_settings, name="username"),
    path("me/erase/", views.erase_settings, name="erase"),
    path("me/kept/", views.kept, name="kept"),
    path("me/desk/", views.desk_login, name="desk_login"),
]
