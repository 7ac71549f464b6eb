"""Addresses of ranks."""

from django.urls import URLPattern

app_name = "ranks"

urlpatterns: list[URLPattern] = []
