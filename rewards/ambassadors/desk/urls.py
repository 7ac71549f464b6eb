"""Addresses of the programme below the desk's own."""

from django.urls import path

from rewards.ambassadors.desk import board, charter, notices, people

app_name = "ambassadors_desk"

urlpatterns = [
    path("", people.people, name="people"),
    path("member/<int:pk>/", people.person, name="person"),
    path("charter/", charter.charter, name="charter"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("figures/", board.board, name="board"),
]
