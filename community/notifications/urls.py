"""Addresses of notifications."""

from django.urls import path

from community.notifications import views

app_name = "notifications"
urlpatterns = [
    path("me/notifications/", views.notification_list, name="list"),
    path("me/notifications/read/", views.read_all, name="read_all"),
    path("me/notifications/<int:pk>/", views.open_notification, name="open"),
    path("me/emails/", views.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
