"""Addresses of proofs that carry no language: they stand in files that people take along."""

from django.urls import path

from rewards.badges import proof_views

urlpatterns = [
    path("badges/awards/<uuid:key>.json", proof_views.award_json, name="award_json"),
    path("badges/awards/<uuid:key>.jwt", proof_views.award_token, name="award_token"),
    path("badges/awards/<uuid:key>.image", proof_views.award_image, name="award_image"),
    path("badges/awards/<uuid:key>/status.json", proof_views.award_status, name="award_status"),
    path("badges/issuer.json", proof_views.badge_issuer, name="badge_issuer"),
    path("badges/keys/<str:thumbprint>.json", proof_views.badge_key, name="badge_key"),
    path("badges/pictures/<slug:slug>.image", proof_views.badge_picture, name="badge_picture"),
]
