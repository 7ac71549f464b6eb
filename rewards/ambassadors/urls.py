"""Addresses of ambassadors."""

from django.urls import URLPattern

app_name = "ambassadors"

urlpatterns: list[URLPattern] = []
