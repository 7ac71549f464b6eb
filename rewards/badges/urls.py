"""Addresses of badges."""

from django.urls import path

from rewards.badges import proof_views, views

app_name = "badges"

urlpatterns = [
    path("badges/", views.badges, name="badges"),
    path("badges/verify/", proof_views.verify, name="verify"),
    path("badges/awards/<uuid:key>/", proof_views.award, name="award"),
    path("badges/<slug:slug>/", views.badge, name="badge"),
    path("me/badges/", views.mine, name="mine"),
]
