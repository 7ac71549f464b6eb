"""Addresses of support for customers."""

from django.urls import path

from community.tickets.views import help as help_pages
from community.tickets.views import tickets, topics

app_name = "tickets"

urlpatterns = [
    path("get-help/", help_pages.words, name="help"),
    path("get-help/answers/", help_pages.answers, name="answers"),
    path("get-help/ticket/", help_pages.new_ticket, name="new"),
    path("get-help/sent/<str:token>/", help_pages.sent, name="sent"),
    path("get-help/question/<int:pk>/", topics.from_question, name="from_question"),
    path("get-help/question/<int:pk>/offer/", topics.offer, name="offer"),
    path("get-help/question/<int:pk>/decline/", topics.decline, name="decline_offer"),
    path("me/tickets/", tickets.my_tickets, name="mine"),
    path("tickets/<str:key>/", tickets.ticket, name="ticket"),
    path("tickets/<str:key>/confirm/", tickets.confirm, name="confirm"),
    path("tickets/<str:key>/close/", tickets.close, name="close"),
    path("tickets/<str:key>/proposal/<int:pk>/", tickets.decide, name="decide"),
    path("tickets/<str:key>/file/<str:file_key>/", tickets.file, name="file"),
]
