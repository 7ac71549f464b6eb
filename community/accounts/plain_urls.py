"""Addresses of people that carry no language: they stand in stored text, or where Wagtail puts them."""

from django.urls import path

from community.accounts import views

urlpatterns = [
    path("m/<str:username>", views.mentioned, name="mentioned"),
    path("admin/login/", views.desk_login),
]
