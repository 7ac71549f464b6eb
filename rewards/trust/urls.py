"""Addresses of trust."""

from django.urls import path

from rewards.trust import views

app_name = "trust"

urlpatterns = [
    path("me/trust/", views.mine, name="mine"),
    path("me/reading/<int:pk>/", views.reading, name="reading"),
]
