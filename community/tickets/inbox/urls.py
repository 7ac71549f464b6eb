"""Addresses of the inbox, below the desk's own."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from community.tickets.inbox import propose, queue, ticket

app_name = "tickets_desk"

urlpatterns = [
    path("", require_admin_access(queue.QueueView.as_view()), name="queue"),
    path("<int:pk>/", require_admin_access(ticket.TicketView.as_view()), name="ticket"),
    path("<int:pk>/reply/", require_admin_access(ticket.reply), name="reply"),
    path("<int:pk>/note/", require_admin_access(ticket.note), name="note"),
    path("<int:pk>/assign/", require_admin_access(ticket.assign), name="assign"),
    path("<int:pk>/close/", require_admin_access(ticket.close), name="close"),
    path("<int:pk>/link/", require_admin_access(ticket.link), name="link"),
    path("<int:pk>/propose/", require_admin_access(propose.ProposeView.as_view()), name="propose"),
    path("<int:pk>/file/<str:file_key>/", require_admin_access(ticket.file), name="file"),
]
