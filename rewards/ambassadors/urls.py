"""Addresses of the programme."""

from django.urls import path

from rewards.ambassadors.views import desk, notices, programme, room

app_name = "ambassadors"

urlpatterns = [
    path("ambassadors/", programme.programme, name="programme"),
    path("ambassadors/me/", programme.standing, name="standing"),
    path("ambassadors/me/apply/", programme.send_application, name="apply"),
    path("ambassadors/me/agree/", programme.agree, name="agree"),
    path("ambassadors/me/<slug:to>/", programme.move, name="move"),
    path("ambassadors/desk/", desk.desk, name="desk"),
    path("ambassadors/desk/preferences/", desk.preferences, name="preferences"),
    path("ambassadors/answering/<int:pk>/", desk.answer, name="answer"),
    path("ambassadors/answering/<int:pk>/stop/", desk.leave, name="stop_answering"),
    path("ambassadors/room/", room.room, name="room"),
    path("ambassadors/room/<int:pk>/remove/", room.remove, name="remove"),
    path("ambassadors/notices/<int:pk>/", notices.notice, name="notice"),
]
