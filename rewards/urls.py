"""Addresses of rewards."""

from django.urls import path

from rewards import views

app_name = "rewards"

urlpatterns = [
    path("leaderboard/", views.leaderboard, name="leaderboard"),
    path("me/reputation/", views.reputation, name="reputation"),
]
