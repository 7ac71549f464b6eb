"""Addresses of ranks."""

from django.urls import path

from rewards.ranks import views

app_name = "ranks"

urlpatterns = [path("ranks/", views.ladder, name="ladder")]
