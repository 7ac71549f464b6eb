"""Addresses of search."""

from django.urls import path

from search import views

app_name = "search"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.suggestions, name="suggestions"),
    path("search/confirm/", views.confirm, name="confirm"),
    path("search/same-problem/", views.same_problem, name="same_problem"),
    path("search/measurement/", views.measurement, name="measurement"),
    path("search/open/<str:token>/<slug:kind>/<str:object_id>/", views.opened, name="open"),
]
